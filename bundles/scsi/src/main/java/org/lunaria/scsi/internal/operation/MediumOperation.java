package org.lunaria.scsi.internal.operation;

import java.util.ArrayList;
import java.util.List;
import org.lunaria.scsi.SenseCode;

/**
 * What is to be done to the whole medium, the whole store of it (SBC-4 4.11, 4.33). Immutable: nobody changes the pattern.
 *
 * @param unrestricted AUSE: whether EXIT FAILURE MODE ends its failure
 * @param passCount how often a pattern is written
 * @param inverts whether it is inverted between two passes, so that the last one writes it as it is
 * @param pattern of a logical block, repeated where it is shorter; none for an operation that writes none
 */
public record MediumOperation(Kind kind, boolean unrestricted, int passCount, boolean inverts, byte[] pattern) {

    /** Which operation. */
    public enum Kind {
        OVERWRITE("sanitize by overwriting", SenseCode.SANITIZE_IN_PROGRESS, SenseCode.SANITIZE_COMMAND_FAILED),
        BLOCK_ERASE("sanitize by block erase", SenseCode.SANITIZE_IN_PROGRESS, SenseCode.SANITIZE_COMMAND_FAILED),
        /** Nobody knows which, since what was saved of it cannot be read: it counts as one of SANITIZE that has failed. */
        UNKNOWN(
                "what may have been a sanitize operation",
                SenseCode.SANITIZE_IN_PROGRESS,
                SenseCode.SANITIZE_COMMAND_FAILED),
        FORMAT("format", SenseCode.FORMAT_IN_PROGRESS, SenseCode.MEDIUM_FORMAT_CORRUPTED);

        private final String text;
        private final SenseCode inProgress;
        private final SenseCode failed;

        Kind(String text, SenseCode inProgress, SenseCode failed) {
            this.text = text;
            this.inProgress = inProgress;
            this.failed = failed;
        }

        /** For people. */
        public String text() {
            return text;
        }

        /** Whether it is one of SANITIZE. */
        public boolean isSanitize() {
            return switch (this) {
                case OVERWRITE, BLOCK_ERASE, UNKNOWN -> true;
                case FORMAT -> false;
            };
        }

        /** What commands are refused with while it is under way. */
        public SenseCode inProgress() {
            return inProgress;
        }

        /** What commands are refused with after it has failed. */
        public SenseCode failed() {
            return failed;
        }
    }

    /** A run over the whole medium. */
    enum Pass {
        PATTERN,
        INVERSE,
        /** Zeroes over all that takes space, as bytes that are written: nothing of them is left to the store's cleverness. */
        ZEROES,
        /** Makes all that takes space read as zeroes, in whatever way the store likes best. */
        CLEAR,
        /** Gives the space back, once the zeroes are durable. For a store that can do that. */
        DEALLOCATE
    }

    private static final byte[] NONE = {};

    public static MediumOperation overwrite(boolean unrestricted, int passCount, boolean inverts, byte[] pattern) {
        return new MediumOperation(Kind.OVERWRITE, unrestricted, passCount, inverts, pattern);
    }

    public static MediumOperation blockErase(boolean unrestricted) {
        return new MediumOperation(Kind.BLOCK_ERASE, unrestricted, 0, false, NONE);
    }

    /** Not to be begun. Only what destroys everything leads out of its failure. */
    public static MediumOperation unknown() {
        return new MediumOperation(Kind.UNKNOWN, false, 0, false, NONE);
    }

    /** @param pattern zeroes where it is empty */
    public static MediumOperation format(byte[] pattern) {
        return new MediumOperation(Kind.FORMAT, true, 1, false, pattern);
    }

    List<Pass> passes() {
        return switch (kind) {
            case BLOCK_ERASE, UNKNOWN -> List.of(Pass.ZEROES, Pass.DEALLOCATE);
            case FORMAT -> isZero() ? List.of(Pass.CLEAR, Pass.DEALLOCATE) : List.of(Pass.PATTERN);
            case OVERWRITE -> {
                List<Pass> passes = new ArrayList<>();
                for (int left = passCount - 1; left >= 0; left--) {
                    passes.add(inverts && left % 2 != 0 ? Pass.INVERSE : Pass.PATTERN);
                }
                yield passes;
            }
        };
    }

    /** Blocks that read as zeroes are to be unmapped (SBC-4 4.33.3.1, LBPRZ). */
    private boolean isZero() {
        for (byte value : pattern) {
            if (value != 0) {
                return false;
            }
        }
        return true;
    }
}
