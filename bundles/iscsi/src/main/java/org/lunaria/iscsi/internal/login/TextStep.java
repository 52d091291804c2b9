package org.lunaria.iscsi.internal.login;

/** What is to be done when a Text Request has been looked at. */
public sealed interface TextStep {

    /**
     * Send a Text Response (RFC 7143 11.11).
     *
     * @param isFinal the F bit
     * @param continues the C bit: the text goes on in the next response
     * @param initiatorTaskTag that of the request
     * @param targetTransferTag 0xffffffff in the last response, else what the next request is to carry
     * @param data the data segment without padding; nobody changes the array
     */
    record Answer(boolean isFinal, boolean continues, long initiatorTaskTag, long targetTransferTag, byte[] data)
            implements TextStep {}

    /** Send a Reject with the reason Protocol Error (RFC 7143 11.17.1); the negotiation is forgotten. */
    record ProtocolError(String why) implements TextStep {}
}
