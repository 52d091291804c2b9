package org.lunaria.backend.file.internal;

import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.zip.CRC32C;

/**
 * What stands in the journal of a volume's atomic writes, a file beside the volume's: two checkpoints of a block each, the
 * newer of which counts, then entries one after the other, each a block that tells of it and its data in whole blocks. Blocks
 * have {@value #BLOCK_BYTES} bytes, so that no write of one touches what is durable of another; what tells fits a sector.
 *
 * <p>An entry counts if it has the key of the checkpoint, follows the one before it, and its checksums are right; with the
 * first that does not the journal ends. So a new checkpoint, with a key that was never there, makes all entries void at
 * once. The key is random because data of initiators stands where a later entry may be looked for: nobody can write one.
 *
 * <p>Big-endian. Stateless.
 */
final class JournalFormat {

    /** What the journal is called: as the volume's file, and this. */
    static final String SUFFIX = ".journal";

    static final int BLOCK_BYTES = 4096;
    static final int CHECKPOINTS = 2;
    static final int LOG_OFFSET = CHECKPOINTS * BLOCK_BYTES;

    /** The most data of an entry. */
    static final int MOST_DATA_BYTES = 1 << 20;

    /** How much of a block tells something; the rest is zero. */
    private static final int TELLING_BYTES = 64;

    private static final int CHECKSUM_AT = TELLING_BYTES - Integer.BYTES;
    private static final long CHECKPOINT = 0x4C554E_41_43484B31L; // LUNACHK1
    private static final long ENTRY = 0x4C554E_41_454E5431L; // LUNAENT1

    private JournalFormat() {}

    /**
     * @param generation counts checkpoints; its parity says where it stands
     * @param key of the entries that follow
     * @param inode of the volume's file
     * @param sizeBytes of the volume
     */
    record Checkpoint(long generation, long key, long inode, long sizeBytes) {

        long place() {
            return (generation & 1) * BLOCK_BYTES;
        }

        void put(ByteBuffer block) {
            block.putLong(CHECKPOINT)
                    .putLong(generation)
                    .putLong(key)
                    .putLong(inode)
                    .putLong(sizeBytes);
            seal(block);
        }

        static Optional<Checkpoint> get(ByteBuffer block) {
            if (!isSealed(block, CHECKPOINT)) {
                return Optional.empty();
            }
            return Optional.of(
                    new Checkpoint(block.getLong(8), block.getLong(16), block.getLong(24), block.getLong(32)));
        }
    }

    /**
     * @param index which of the entries with the key, from 0 on
     * @param offset first byte in the volume
     * @param checksum of the data
     */
    record Entry(long key, int index, long offset, int lengthBytes, int checksum) {

        /** The place in the journal that it takes. */
        static int spaceBytes(int lengthBytes) {
            return BLOCK_BYTES + (lengthBytes + BLOCK_BYTES - 1) / BLOCK_BYTES * BLOCK_BYTES;
        }

        void put(ByteBuffer block) {
            block.putLong(ENTRY)
                    .putLong(key)
                    .putLong(offset)
                    .putInt(index)
                    .putInt(lengthBytes)
                    .putInt(checksum);
            seal(block);
        }

        static Optional<Entry> get(ByteBuffer block) {
            if (!isSealed(block, ENTRY)) {
                return Optional.empty();
            }
            return Optional.of(new Entry(
                    block.getLong(8), block.getInt(24), block.getLong(16), block.getInt(28), block.getInt(32)));
        }
    }

    static int checksum(ByteBuffer bytes) {
        CRC32C crc = new CRC32C();
        crc.update(bytes.duplicate());
        return (int) crc.getValue();
    }

    /** Whether a block is as one that nothing was ever written to. */
    static boolean isBlank(ByteBuffer block) {
        for (int at = 0; at < BLOCK_BYTES; at += Long.BYTES) {
            if (block.getLong(at) != 0) {
                return false;
            }
        }
        return true;
    }

    private static void seal(ByteBuffer block) {
        while (block.position() < CHECKSUM_AT) {
            block.put((byte) 0);
        }
        block.putInt(checksum(block.slice(0, CHECKSUM_AT))).rewind();
    }

    private static boolean isSealed(ByteBuffer block, long kind) {
        return block.getLong(0) == kind && block.getInt(CHECKSUM_AT) == checksum(block.slice(0, CHECKSUM_AT));
    }
}
