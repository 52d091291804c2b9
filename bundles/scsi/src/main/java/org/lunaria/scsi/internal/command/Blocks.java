package org.lunaria.scsi.internal.command;

/**
 * A range of logical blocks. Immutable.
 *
 * @param lbaFirst not negative
 * @param count of blocks, not negative; with none it overlaps nothing
 */
public record Blocks(long lbaFirst, long count) {
    public static final Blocks NONE = new Blocks(0, 0);

    /** Those of any medium. */
    public static final Blocks ALL = new Blocks(0, Long.MAX_VALUE);

    public boolean overlaps(Blocks other) {
        return lbaFirst - other.lbaFirst < other.count
                && other.lbaFirst - lbaFirst < count
                && count > 0
                && other.count > 0;
    }
}
