package org.lunaria.iscsi.internal.pdu;

/** Login Request (RFC 7143 11.12). The F bit of other PDUs is its T bit. */
public final class LoginRequestPdu extends InitiatorPdu<LoginRequestPdu> {
    private static final int CONTINUE_BIT = 0x40;
    private static final int NEXT_STAGE_MASK = 0x03;
    private static final int VERSION_MAX_OFFSET = 2;
    private static final int VERSION_MIN_OFFSET = 3;
    private static final int TSIH_OFFSET = 14;
    private static final int CID_OFFSET = 20;

    private static final int ISID_OFFSET = 8;
    private static final int ISID_BYTES = 6;
    private static final int CURRENT_STAGE_MASK = 0x0C;
    private static final int CURRENT_STAGE_SHIFT = 2;

    public LoginRequestPdu() {
        super(Opcode.LOGIN_REQUEST);
    }

    @Override
    LoginRequestPdu self() {
        return this;
    }

    /** The C bit: the text goes on in the next PDU. */
    public boolean continues() {
        return flag(CONTINUE_BIT);
    }

    public LoginRequestPdu continues(boolean set) {
        return flag(CONTINUE_BIT, set);
    }

    /** Next stage, 0 to 3. */
    public int nextStage() {
        return flags() & NEXT_STAGE_MASK;
    }

    public LoginRequestPdu nextStage(int value) {
        return flags(flags() & ~NEXT_STAGE_MASK | value);
    }

    public int versionMax() {
        return getByte(VERSION_MAX_OFFSET);
    }

    public LoginRequestPdu versionMax(int value) {
        return putByte(VERSION_MAX_OFFSET, value);
    }

    public int versionMin() {
        return getByte(VERSION_MIN_OFFSET);
    }

    public LoginRequestPdu versionMin(int value) {
        return putByte(VERSION_MIN_OFFSET, value);
    }

    /** Target session identifying handle. */
    public int tsih() {
        return getShort(TSIH_OFFSET);
    }

    public LoginRequestPdu tsih(int value) {
        return putShort(TSIH_OFFSET, value);
    }

    /** Connection identifier. */
    public int cid() {
        return getShort(CID_OFFSET);
    }

    public LoginRequestPdu cid(int value) {
        return putShort(CID_OFFSET, value);
    }

    /** The six bytes of the initiator's part of the session identifier. */
    public byte[] isid() {
        return getBytes(ISID_OFFSET, ISID_BYTES);
    }

    public LoginRequestPdu isid(byte[] isid) {
        return putBytes(ISID_OFFSET, isid, ISID_BYTES);
    }

    /** Current stage, 0 to 3. */
    public int currentStage() {
        return (flags() & CURRENT_STAGE_MASK) >> CURRENT_STAGE_SHIFT;
    }

    public LoginRequestPdu currentStage(int stage) {
        return flags(flags() & ~CURRENT_STAGE_MASK | stage << CURRENT_STAGE_SHIFT);
    }
}
