package org.lunaria.iscsi.internal.session;

/**
 * ExpCmdSN and MaxCmdSN of a session (RFC 7143 4.2.2.1): which commands may come. Confined to the session's thread.
 *
 * <p>What is under way is taken off the window, so that a session never has more than {@link #commands} tasks. The window
 * never closes backwards, and one command may come as long as at most one is under way: an initiator that nobody answers
 * any more would never learn that it opened again.
 */
final class CommandWindow {
    private final int commands;
    private long expCmdSN;
    private long maxCmdSN;

    /**
     * @param cmdSN that the first command will carry
     * @param commands that may be under way; with 0 the window is closed
     * @param room how many of them there is memory for at first
     */
    CommandWindow(long cmdSN, int commands, int room) {
        this.commands = commands;
        expCmdSN = cmdSN;
        maxCmdSN = SerialNumber.plus(cmdSN, -1);
        open(0, room);
    }

    /** The most commands that may be under way. */
    int commands() {
        return commands;
    }

    long expCmdSN() {
        return expCmdSN;
    }

    long maxCmdSN() {
        return maxCmdSN;
    }

    /** Whether a number is one of those that may come: neither used up nor beyond MaxCmdSN. */
    boolean contains(long cmdSN) {
        return !SerialNumber.isBefore(cmdSN, expCmdSN) && !SerialNumber.isBefore(maxCmdSN, cmdSN);
    }

    /** The command with ExpCmdSN is there. */
    void advance() {
        expCmdSN = SerialNumber.plus(expCmdSN, 1);
    }

    /**
     * Moves MaxCmdSN as far as it may go now.
     *
     * @param underWay commands that were received and not answered
     * @param room how many more there is memory for; less than 1 for none
     */
    void open(int underWay, int room) {
        int least = underWay <= 1 ? 1 : 0;
        int more = Math.min(commands - underWay, Math.max(room, least));
        long next = SerialNumber.plus(expCmdSN, more - 1L);
        if (SerialNumber.isBefore(maxCmdSN, next)) {
            maxCmdSN = next;
        }
    }
}
