package org.lunaria.scsi;

/**
 * What a command came to: SAM's Command Complete (SAM-5 5.1). Immutable; the array is not to be changed.
 *
 * @param status of the command
 * @param sense sense data for CHECK CONDITION, in the format that the unit is set to; else empty
 * @param residual bytes of the initiator's buffer less the bytes that the command moved or wanted to move: above 0 the
 *     initiator's buffer was larger (underflow), below 0 the command had more (overflow)
 */
public record TaskResult(ScsiStatus status, byte[] sense, long residual) {
    private static final byte[] NO_SENSE = {};

    /** GOOD, and every byte moved. Shared. */
    public static final TaskResult GOOD = new TaskResult(ScsiStatus.GOOD, NO_SENSE, 0);

    public static TaskResult of(ScsiStatus status, long residual) {
        return status == ScsiStatus.GOOD && residual == 0 ? GOOD : new TaskResult(status, NO_SENSE, residual);
    }
}
