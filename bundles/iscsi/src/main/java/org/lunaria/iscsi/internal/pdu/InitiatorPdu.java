package org.lunaria.iscsi.internal.pdu;

import java.nio.ByteBuffer;

/**
 * What the PDUs of an initiator share (RFC 7143 11.2.1, 11.2.2.1). Data-Out and SNACK have no CmdSN: there the field is
 * reserved.
 */
public abstract sealed class InitiatorPdu<P extends InitiatorPdu<P>> extends Pdu<P>
        permits ScsiCommandPdu,
                TaskManagementRequestPdu,
                DataOutPdu,
                TextRequestPdu,
                LoginRequestPdu,
                LogoutRequestPdu,
                SnackRequestPdu,
                NopOutPdu {
    private static final int CMD_SN_OFFSET = 24;
    private static final int EXP_STAT_SN_OFFSET = 28;

    InitiatorPdu(Opcode opcode) {
        super(opcode);
    }

    /** ExpStatSN of a header at an offset, whatever PDU of an initiator it is. */
    public static long expStatSN(ByteBuffer bytes, int at) {
        return bytes.getInt(at + EXP_STAT_SN_OFFSET) & 0xFFFFFFFFL;
    }

    /** Whether it is for immediate delivery: its CmdSN is then not used up. */
    public final boolean immediate() {
        return opcodeBit(IMMEDIATE_BIT);
    }

    public final P immediate(boolean set) {
        return opcodeBit(IMMEDIATE_BIT, set);
    }

    /** The F bit (in a Login Request the T bit). */
    public final boolean isFinal() {
        return flag(FINAL_BIT);
    }

    public final P isFinal(boolean set) {
        return flag(FINAL_BIT, set);
    }

    public final long cmdSN() {
        return getInt(CMD_SN_OFFSET);
    }

    public final P cmdSN(long number) {
        return putInt(CMD_SN_OFFSET, number);
    }

    public final long expStatSN() {
        return getInt(EXP_STAT_SN_OFFSET);
    }

    public final P expStatSN(long number) {
        return putInt(EXP_STAT_SN_OFFSET, number);
    }
}
