package org.lunaria.scsi.internal.page;

import java.util.Optional;
import org.lunaria.scsi.SenseCode;

/**
 * What came of a self-test: a parameter of the Self-Test Results log page (SPC-4 7.3.16.2). Immutable.
 *
 * @param testCode SELF-TEST CODE that it was begun with
 * @param hours ACCUMULATED POWER ON HOURS when it ended
 * @param failedLba where it failed; -1 when it did not, or not at a block
 * @param cause of a failure
 */
public record SelfTestResult(int testCode, Outcome outcome, int hours, long failedLba, Optional<SenseCode> cause) {

    /** SELF-TEST RESULTS (SPC-4 table 413). */
    public enum Outcome {
        PASSED(0x0, 0),
        ABORTED_BY_SEND_DIAGNOSTIC(0x1, 0),
        ABORTED_OTHERWISE(0x2, 0),
        /** What the unit saves cannot be read: the first segment. */
        SAVED_VALUES_FAILED(0x5, 1),
        /** The store cannot make durable what was written: the second segment. */
        FLUSH_FAILED(0x6, 2),
        /** A block cannot be read: the third segment. */
        READ_FAILED(0x7, 3),
        IN_PROGRESS(0xF, 0);

        private final int code;
        private final int segment;

        Outcome(int code, int segment) {
            this.code = code;
            this.segment = segment;
        }

        public boolean isFailure() {
            return segment > 0;
        }
    }

    public static final long NO_LBA = -1;

    static final int PARAMETER_BYTES = 20;

    private static final int MAX_HOURS = 0xFFFF;

    /** DU, TSD, ETC and TMC are zero; FORMAT AND LINKING: a list in binary. */
    private static final int BINARY_LIST = 0x03;

    /** A parameter that no self-test has come to yet. */
    static byte[] unused(int parameter) {
        byte[] bytes = new byte[PARAMETER_BYTES];
        BitField.bytes(0, 2).put(bytes, parameter);
        bytes[2] = BINARY_LIST;
        bytes[3] = PARAMETER_BYTES - 4;
        return bytes;
    }

    byte[] encode(int parameter) {
        byte[] bytes = unused(parameter);
        bytes[4] = (byte) (testCode << 5 | outcome.code);
        bytes[5] = (byte) outcome.segment;
        BitField.bytes(6, 2).put(bytes, Math.min(hours, MAX_HOURS));
        BitField.bytes(8, 8).put(bytes, failedLba);
        cause.ifPresent(code -> {
            bytes[16] = (byte) code.key().code();
            bytes[17] = (byte) code.asc();
            bytes[18] = (byte) code.ascq();
        });
        return bytes;
    }
}
