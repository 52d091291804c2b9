package org.lunaria.iscsi.internal.pdu;

/** Login Response (RFC 7143 11.13). The F bit of other PDUs is its T bit. */
public final class LoginResponsePdu extends TargetPdu<LoginResponsePdu> {
    private static final int CONTINUE_BIT = 0x40;
    private static final int NEXT_STAGE_MASK = 0x03;
    private static final int VERSION_MAX_OFFSET = 2;
    private static final int VERSION_ACTIVE_OFFSET = 3;
    private static final int TSIH_OFFSET = 14;
    private static final int STATUS_CLASS_OFFSET = 36;
    private static final int STATUS_DETAIL_OFFSET = 37;

    private static final int ISID_OFFSET = 8;
    private static final int ISID_BYTES = 6;
    private static final int CURRENT_STAGE_MASK = 0x0C;
    private static final int CURRENT_STAGE_SHIFT = 2;

    public LoginResponsePdu() {
        super(Opcode.LOGIN_RESPONSE);
    }

    @Override
    LoginResponsePdu self() {
        return this;
    }

    /** The C bit: the text goes on in the next PDU. */
    public boolean continues() {
        return flag(CONTINUE_BIT);
    }

    public LoginResponsePdu continues(boolean set) {
        return flag(CONTINUE_BIT, set);
    }

    /** Next stage, 0 to 3. */
    public int nextStage() {
        return flags() & NEXT_STAGE_MASK;
    }

    public LoginResponsePdu nextStage(int value) {
        return flags(flags() & ~NEXT_STAGE_MASK | value);
    }

    public int versionMax() {
        return getByte(VERSION_MAX_OFFSET);
    }

    public LoginResponsePdu versionMax(int value) {
        return putByte(VERSION_MAX_OFFSET, value);
    }

    public int versionActive() {
        return getByte(VERSION_ACTIVE_OFFSET);
    }

    public LoginResponsePdu versionActive(int value) {
        return putByte(VERSION_ACTIVE_OFFSET, value);
    }

    /** Target session identifying handle. */
    public int tsih() {
        return getShort(TSIH_OFFSET);
    }

    public LoginResponsePdu tsih(int value) {
        return putShort(TSIH_OFFSET, value);
    }

    public int statusClass() {
        return getByte(STATUS_CLASS_OFFSET);
    }

    public LoginResponsePdu statusClass(int value) {
        return putByte(STATUS_CLASS_OFFSET, value);
    }

    public int statusDetail() {
        return getByte(STATUS_DETAIL_OFFSET);
    }

    public LoginResponsePdu statusDetail(int value) {
        return putByte(STATUS_DETAIL_OFFSET, value);
    }

    /** The six bytes of the initiator's part of the session identifier. */
    public byte[] isid() {
        return getBytes(ISID_OFFSET, ISID_BYTES);
    }

    public LoginResponsePdu isid(byte[] isid) {
        return putBytes(ISID_OFFSET, isid, ISID_BYTES);
    }

    /** Current stage, 0 to 3. */
    public int currentStage() {
        return (flags() & CURRENT_STAGE_MASK) >> CURRENT_STAGE_SHIFT;
    }

    public LoginResponsePdu currentStage(int stage) {
        return flags(flags() & ~CURRENT_STAGE_MASK | stage << CURRENT_STAGE_SHIFT);
    }
}
