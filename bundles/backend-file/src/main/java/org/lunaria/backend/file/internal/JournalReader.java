package org.lunaria.backend.file.internal;

import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.stream.Stream;
import org.lunaria.backend.BlockBackend.Failure;
import org.lunaria.backend.file.internal.JournalFormat.Checkpoint;
import org.lunaria.backend.file.internal.JournalFormat.Entry;
import org.lunaria.posix.Errno;
import org.lunaria.posix.FileCalls;
import org.lunaria.posix.Glibc;

/** Reads the journal of a volume, from its first entry to the last that counts. Confined to one thread; may block. */
final class JournalReader {

    private final FileCalls calls;
    private final int fd;
    private final ByteBuffer block = ByteBuffer.allocateDirect(JournalFormat.BLOCK_BYTES);
    private final Optional<Checkpoint> newest;
    private final boolean blank;

    /** The next entry, and how many were before it. */
    private long at = JournalFormat.LOG_OFFSET;

    private int index;

    private JournalReader(FileCalls calls, int fd) throws Failure {
        this.calls = calls;
        this.fd = fd;
        Optional<Checkpoint> found = Optional.empty();
        boolean allBlank = true;
        for (int place = 0; place < JournalFormat.CHECKPOINTS; place++) {
            block.clear().put(new byte[JournalFormat.BLOCK_BYTES]).clear();
            fill(block, (long) place * JournalFormat.BLOCK_BYTES);
            allBlank &= JournalFormat.isBlank(block);
            found = Stream.concat(found.stream(), Checkpoint.get(block).stream())
                    .max((one, other) -> Long.compare(one.generation(), other.generation()));
        }
        newest = found;
        blank = allBlank;
    }

    /** Reads the checkpoints of an open file. */
    static JournalReader of(FileCalls calls, int fd) throws Failure {
        return new JournalReader(calls, fd);
    }

    /** The checkpoint that counts; none in a file that never became a journal, or is none any more. */
    Optional<Checkpoint> newest() {
        return newest;
    }

    /** Whether no checkpoint was ever written. */
    boolean isBlank() {
        return blank;
    }

    /**
     * The next entry that counts.
     *
     * @param data room for the largest; holds the entry's data then, from 0 to its limit
     */
    Optional<Entry> next(ByteBuffer data) throws Failure {
        if (newest.isEmpty() || !fill(block.clear(), at)) {
            return Optional.empty();
        }
        Optional<Entry> entry = Entry.get(block).filter(this::follows);
        if (entry.isEmpty() || entry.get().lengthBytes() > data.capacity()) {
            return Optional.empty();
        }
        data.clear().limit(entry.get().lengthBytes());
        if (!fill(data, at + JournalFormat.BLOCK_BYTES)
                || JournalFormat.checksum(data) != entry.get().checksum()) {
            return Optional.empty();
        }
        at += Entry.spaceBytes(entry.get().lengthBytes());
        index++;
        return entry;
    }

    private boolean follows(Entry entry) {
        Checkpoint last = newest.orElseThrow();
        return entry.key() == last.key()
                && entry.index() == index
                && entry.lengthBytes() > 0
                && entry.offset() >= 0
                && entry.lengthBytes() <= last.sizeBytes() - entry.offset();
    }

    /** Fills a buffer from 0 to its limit; says whether the file has so much. What cannot be read may count: a failure. */
    private boolean fill(ByteBuffer target, long offset) throws Failure {
        int done = 0;
        while (done < target.limit()) {
            long result = calls.read(fd, Glibc.address(target) + done, target.limit() - done, offset + done, 0);
            if (result < 0) {
                throw new Failure(Errno.whenReading(result), offset + done, Errno.text(result));
            }
            if (result == 0) {
                return false;
            }
            done += (int) result;
        }
        return true;
    }
}
