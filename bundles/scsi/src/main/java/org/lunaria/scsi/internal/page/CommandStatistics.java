package org.lunaria.scsi.internal.page;

/**
 * What read and write commands a unit was sent and how long it took (SPC-4 7.3.6; table 375 says which commands those are).
 * Immutable.
 *
 * @param receivedBlocks with write commands
 * @param transmittedBlocks with read commands
 * @param readNanos from a command's arrival to its end, of all together
 * @param idleNanos without any command of any kind
 */
public record CommandStatistics(
        long reads,
        long writes,
        long receivedBlocks,
        long transmittedBlocks,
        long readNanos,
        long writeNanos,
        long idleNanos) {
    public static final CommandStatistics ZERO = new CommandStatistics(0, 0, 0, 0, 0, 0, 0);

    /** What has come since then. */
    public CommandStatistics since(CommandStatistics then) {
        return new CommandStatistics(
                reads - then.reads,
                writes - then.writes,
                receivedBlocks - then.receivedBlocks,
                transmittedBlocks - then.transmittedBlocks,
                readNanos - then.readNanos,
                writeNanos - then.writeNanos,
                idleNanos - then.idleNanos);
    }
}
