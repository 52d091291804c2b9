package org.lunaria.iscsi.internal.pdu;

/** What the PDUs of a target share: F bit and sequence numbers (RFC 7143 11.2.1, 11.4.7 to 11.4.9). */
public abstract sealed class TargetPdu<P extends TargetPdu<P>> extends Pdu<P>
        permits ScsiResponsePdu,
                TaskManagementResponsePdu,
                DataInPdu,
                ReadyToTransferPdu,
                AsyncMessagePdu,
                TextResponsePdu,
                LoginResponsePdu,
                LogoutResponsePdu,
                RejectPdu,
                NopInPdu {
    private static final int STAT_SN_OFFSET = 24;
    private static final int EXP_CMD_SN_OFFSET = 28;
    private static final int MAX_CMD_SN_OFFSET = 32;

    TargetPdu(Opcode opcode) {
        super(opcode);
    }

    /** The F bit (in a Login Response the T bit). */
    public final boolean isFinal() {
        return flag(FINAL_BIT);
    }

    public final P isFinal(boolean set) {
        return flag(FINAL_BIT, set);
    }

    public final long statSN() {
        return getInt(STAT_SN_OFFSET);
    }

    public final P statSN(long number) {
        return putInt(STAT_SN_OFFSET, number);
    }

    public final long expCmdSN() {
        return getInt(EXP_CMD_SN_OFFSET);
    }

    public final P expCmdSN(long number) {
        return putInt(EXP_CMD_SN_OFFSET, number);
    }

    public final long maxCmdSN() {
        return getInt(MAX_CMD_SN_OFFSET);
    }

    public final P maxCmdSN(long number) {
        return putInt(MAX_CMD_SN_OFFSET, number);
    }
}
