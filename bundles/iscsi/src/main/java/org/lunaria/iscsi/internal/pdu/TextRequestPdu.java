package org.lunaria.iscsi.internal.pdu;

/** Text Request (RFC 7143 11.10). */
public final class TextRequestPdu extends InitiatorPdu<TextRequestPdu> {
    private static final int CONTINUE_BIT = 0x40;

    public TextRequestPdu() {
        super(Opcode.TEXT_REQUEST);
    }

    @Override
    TextRequestPdu self() {
        return this;
    }

    /** The C bit: the text goes on in the next Text Request. */
    public boolean continues() {
        return flag(CONTINUE_BIT);
    }

    public TextRequestPdu continues(boolean set) {
        return flag(CONTINUE_BIT, set);
    }

    public long targetTransferTag() {
        return targetTransferTagField();
    }

    public TextRequestPdu targetTransferTag(long tag) {
        return targetTransferTagField(tag);
    }
}
