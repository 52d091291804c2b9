package org.lunaria.iscsi.internal.pdu;

/** NOP-In (RFC 7143 11.19). */
public final class NopInPdu extends TargetPdu<NopInPdu> {
    public NopInPdu() {
        super(Opcode.NOP_IN);
    }

    @Override
    NopInPdu self() {
        return this;
    }

    /** Reserved unless the target wants an answer. */
    public long targetTransferTag() {
        return targetTransferTagField();
    }

    public NopInPdu targetTransferTag(long tag) {
        return targetTransferTagField(tag);
    }
}
