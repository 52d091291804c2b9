package org.lunaria.scsi;

/**
 * Sense keys with additional sense codes, in the standard's own words (SPC-5 annex F). The one table of them: what the
 * engine answers, what tests compare and what the log shows comes from here.
 */
public enum SenseCode {
    NO_ADDITIONAL_SENSE_INFORMATION(Key.NO_SENSE, 0x00, 0x00),

    LOGICAL_UNIT_NOT_READY_CAUSE_NOT_REPORTABLE(Key.NOT_READY, 0x04, 0x00),
    LOGICAL_UNIT_IS_IN_PROCESS_OF_BECOMING_READY(Key.NOT_READY, 0x04, 0x01),
    LOGICAL_UNIT_NOT_READY_INITIALIZING_COMMAND_REQUIRED(Key.NOT_READY, 0x04, 0x02),
    MEDIUM_NOT_PRESENT(Key.NOT_READY, 0x3A, 0x00),

    UNRECOVERED_READ_ERROR(Key.MEDIUM_ERROR, 0x11, 0x00),
    WRITE_ERROR(Key.MEDIUM_ERROR, 0x0C, 0x00),

    INTERNAL_TARGET_FAILURE(Key.HARDWARE_ERROR, 0x44, 0x00),

    INVALID_FIELD_IN_COMMAND_INFORMATION_UNIT(Key.ILLEGAL_REQUEST, 0x0E, 0x03),
    PARAMETER_LIST_LENGTH_ERROR(Key.ILLEGAL_REQUEST, 0x1A, 0x00),
    INVALID_COMMAND_OPERATION_CODE(Key.ILLEGAL_REQUEST, 0x20, 0x00),
    LOGICAL_BLOCK_ADDRESS_OUT_OF_RANGE(Key.ILLEGAL_REQUEST, 0x21, 0x00),
    INVALID_FIELD_IN_CDB(Key.ILLEGAL_REQUEST, 0x24, 0x00),
    LOGICAL_UNIT_NOT_SUPPORTED(Key.ILLEGAL_REQUEST, 0x25, 0x00),
    INVALID_FIELD_IN_PARAMETER_LIST(Key.ILLEGAL_REQUEST, 0x26, 0x00),
    SAVING_PARAMETERS_NOT_SUPPORTED(Key.ILLEGAL_REQUEST, 0x39, 0x00),
    INVALID_MESSAGE_ERROR(Key.ILLEGAL_REQUEST, 0x49, 0x00),
    MEDIUM_REMOVAL_PREVENTED(Key.ILLEGAL_REQUEST, 0x53, 0x02),

    POWER_ON_RESET_OR_BUS_DEVICE_RESET_OCCURRED(Key.UNIT_ATTENTION, 0x29, 0x00),
    BUS_DEVICE_RESET_FUNCTION_OCCURRED(Key.UNIT_ATTENTION, 0x29, 0x03),
    I_T_NEXUS_LOSS_OCCURRED(Key.UNIT_ATTENTION, 0x29, 0x07),
    MODE_PARAMETERS_CHANGED(Key.UNIT_ATTENTION, 0x2A, 0x01),
    CAPACITY_DATA_HAS_CHANGED(Key.UNIT_ATTENTION, 0x2A, 0x09),
    COMMANDS_CLEARED_BY_ANOTHER_INITIATOR(Key.UNIT_ATTENTION, 0x2F, 0x00),
    INQUIRY_DATA_HAS_CHANGED(Key.UNIT_ATTENTION, 0x3F, 0x03),
    REPORTED_LUNS_DATA_HAS_CHANGED(Key.UNIT_ATTENTION, 0x3F, 0x0E),
    MEDIUM_MAY_HAVE_CHANGED(Key.UNIT_ATTENTION, 0x28, 0x00),

    WRITE_PROTECTED(Key.DATA_PROTECT, 0x27, 0x00),
    SPACE_ALLOCATION_FAILED_WRITE_PROTECT(Key.DATA_PROTECT, 0x27, 0x07),

    OVERLAPPED_COMMANDS_ATTEMPTED(Key.ABORTED_COMMAND, 0x4E, 0x00),
    MISCOMPARE_DURING_VERIFY_OPERATION(Key.MISCOMPARE, 0x1D, 0x00);

    /** Sense keys (SPC-5 4.4.8). */
    public enum Key {
        NO_SENSE(0x0),
        RECOVERED_ERROR(0x1),
        NOT_READY(0x2),
        MEDIUM_ERROR(0x3),
        HARDWARE_ERROR(0x4),
        ILLEGAL_REQUEST(0x5),
        UNIT_ATTENTION(0x6),
        DATA_PROTECT(0x7),
        ABORTED_COMMAND(0xB),
        MISCOMPARE(0xE);

        private final int code;

        Key(int code) {
            this.code = code;
        }

        public int code() {
            return code;
        }
    }

    private final Key key;
    private final int asc;
    private final int ascq;

    SenseCode(Key key, int asc, int ascq) {
        this.key = key;
        this.asc = asc;
        this.ascq = ascq;
    }

    public Key key() {
        return key;
    }

    /** Additional sense code. */
    public int asc() {
        return asc;
    }

    /** Additional sense code qualifier. */
    public int ascq() {
        return ascq;
    }
}
