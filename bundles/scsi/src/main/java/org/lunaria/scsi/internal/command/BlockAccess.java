package org.lunaria.scsi.internal.command;

import java.util.Set;
import org.lunaria.scsi.internal.page.BitField;

/**
 * Which blocks a command moves, compares or changes, as far as its CDB tells: what a command that claims blocks must not
 * meet. It comes from the fields and traits of the command's row. Immutable.
 */
final class BlockAccess {

    private enum Extent {
        /** The contents of no block; or it sees to them itself. */
        NONE,
        /** Those that its CDB names. */
        RANGE,
        /** Its parameter list names them, or it works on the whole medium. */
        ALL
    }

    private final Extent extent;
    private final BitField lbaFirst;
    private final BitField count;
    private final int blocksForZero;

    BlockAccess(Cdb cdb, Set<Trait> traits) {
        lbaFirst = cdb.optionalPlace(FieldName.LOGICAL_BLOCK_ADDRESS);
        count = count(cdb, traits);
        blocksForZero = Read.blocksForZero(cdb);
        extent = extent(traits);
    }

    private Extent extent(Set<Trait> traits) {
        if (traits.contains(Trait.CLAIMS_BLOCKS)
                || traits.contains(Trait.SENDS_COMMANDS)
                || traits.contains(Trait.WAITS_FOR_NOBODY)) {
            return Extent.NONE;
        }
        if (lbaFirst.bits() > 0 && count.bits() > 0) {
            return Extent.RANGE;
        }
        return traits.contains(Trait.MEDIUM_WRITE) ? Extent.ALL : Extent.NONE;
    }

    /** NUMBER OF LOGICAL BLOCKS of a command that does not write is what it flushes: the contents stay. */
    private static BitField count(Cdb cdb, Set<Trait> traits) {
        BitField moved = cdb.optionalPlace(FieldName.TRANSFER_LENGTH);
        if (moved.bits() > 0) {
            return moved;
        }
        return cdb.optionalPlace(
                traits.contains(Trait.MEDIUM_WRITE)
                        ? FieldName.NUMBER_OF_LOGICAL_BLOCKS
                        : FieldName.VERIFICATION_LENGTH);
    }

    /** A range that is on no medium is none: its command will be refused. */
    Blocks of(byte[] cdb) {
        return switch (extent) {
            case NONE -> Blocks.NONE;
            case RANGE -> range(cdb);
            case ALL -> Blocks.ALL;
        };
    }

    private Blocks range(byte[] cdb) {
        long first = lbaFirst.get(cdb);
        long length = count.get(cdb);
        return first < 0 ? Blocks.NONE : new Blocks(first, length == 0 ? blocksForZero : length);
    }
}
