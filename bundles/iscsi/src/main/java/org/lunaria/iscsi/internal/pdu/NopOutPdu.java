package org.lunaria.iscsi.internal.pdu;

/** NOP-Out (RFC 7143 11.18). */
public final class NopOutPdu extends InitiatorPdu<NopOutPdu> {
    public NopOutPdu() {
        super(Opcode.NOP_OUT);
    }

    @Override
    NopOutPdu self() {
        return this;
    }

    /** The tag of the NOP-In that it answers, or reserved. */
    public long targetTransferTag() {
        return targetTransferTagField();
    }

    public NopOutPdu targetTransferTag(long tag) {
        return targetTransferTagField(tag);
    }
}
