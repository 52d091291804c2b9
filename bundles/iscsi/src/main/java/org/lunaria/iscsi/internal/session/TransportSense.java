package org.lunaria.iscsi.internal.session;

import org.lunaria.scsi.ScsiStatus;
import org.lunaria.scsi.TaskResult;

/** Sense data that the transport itself answers, all ABORTED COMMAND (RFC 7143 11.4.7.2). */
enum TransportSense {
    UNEXPECTED_UNSOLICITED_DATA(0x0C, 0x0C),
    INCORRECT_AMOUNT_OF_DATA(0x0C, 0x0D),
    PROTOCOL_SERVICE_CRC_ERROR(0x47, 0x05);

    private static final int CURRENT_FIXED = 0x70;
    private static final int CURRENT_DESCRIPTOR = 0x72;
    private static final int ABORTED_COMMAND = 0x0B;
    private static final int FIXED_BYTES = 18;
    private static final int DESCRIPTOR_BYTES = 8;

    private final byte[] fixed = new byte[FIXED_BYTES];
    private final byte[] descriptor = new byte[DESCRIPTOR_BYTES];

    TransportSense(int asc, int ascq) {
        fixed[0] = CURRENT_FIXED;
        fixed[2] = ABORTED_COMMAND;
        fixed[7] = FIXED_BYTES - 8;
        fixed[12] = (byte) asc;
        fixed[13] = (byte) ascq;
        descriptor[0] = CURRENT_DESCRIPTOR;
        descriptor[1] = ABORTED_COMMAND;
        descriptor[2] = (byte) asc;
        descriptor[3] = (byte) ascq;
    }

    /** CHECK CONDITION with the sense data in the format of the unit that the command is for (SPC-5 4.4.2, 4.4.3). */
    TaskResult result(Session session, long lun) {
        return new TaskResult(ScsiStatus.CHECK_CONDITION, session.hasDescriptorSense(lun) ? descriptor : fixed, 0);
    }
}
