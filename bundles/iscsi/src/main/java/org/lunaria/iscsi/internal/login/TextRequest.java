package org.lunaria.iscsi.internal.login;

/**
 * The fields of a Text Request PDU (RFC 7143 11.10). Nobody changes the array.
 *
 * @param isFinal the F bit
 * @param continues the C bit: the text goes on in the next request
 * @param initiatorTaskTag unsigned
 * @param targetTransferTag unsigned; 0xffffffff in the first request of a negotiation
 * @param data the data segment without padding
 */
public record TextRequest(
        boolean isFinal, boolean continues, long initiatorTaskTag, long targetTransferTag, byte[] data) {}
