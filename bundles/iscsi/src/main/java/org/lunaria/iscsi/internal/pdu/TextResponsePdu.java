package org.lunaria.iscsi.internal.pdu;

/** Text Response (RFC 7143 11.11). */
public final class TextResponsePdu extends TargetPdu<TextResponsePdu> {
    private static final int CONTINUE_BIT = 0x40;

    public TextResponsePdu() {
        super(Opcode.TEXT_RESPONSE);
    }

    @Override
    TextResponsePdu self() {
        return this;
    }

    /** The C bit: the text goes on in the next Text Response. */
    public boolean continues() {
        return flag(CONTINUE_BIT);
    }

    public TextResponsePdu continues(boolean set) {
        return flag(CONTINUE_BIT, set);
    }

    public long targetTransferTag() {
        return targetTransferTagField();
    }

    public TextResponsePdu targetTransferTag(long tag) {
        return targetTransferTagField(tag);
    }
}
