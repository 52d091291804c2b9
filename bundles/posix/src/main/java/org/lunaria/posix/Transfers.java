package org.lunaria.posix;

import static org.lunaria.posix.FileCalls.RWF_NOWAIT;

import org.lunaria.backend.BlockBackend.Failure;
import org.lunaria.backend.BlockBackend.Fault;

/**
 * Moves bytes between memory and one file, either at once or with waiting. Thread-safe.
 *
 * <p>"At once" is what a network I/O thread may do: it moves what needs no waiting and says how much that was. It
 * reports no errors: what it could not do is done with waiting by a worker, and that one reports.
 */
public final class Transfers {

    /** How a file may be used by a thread that must not wait. */
    private enum AtOnce {
        /** Each call is a copy in memory. */
        ALWAYS,
        /** With {@link FileCalls#RWF_NOWAIT}: what is in the page cache. */
        WHEN_CACHED,
        /** The file system does not know {@link FileCalls#RWF_NOWAIT}. */
        NEVER
    }

    private final FileCalls calls;
    private final OpenFile file;
    private volatile AtOnce reads;
    private volatile AtOnce writes;

    /** @param copies whether each call is a copy in memory, which never waits */
    public Transfers(FileCalls calls, OpenFile file, boolean copies) {
        this.calls = calls;
        this.file = file;
        this.reads = copies ? AtOnce.ALWAYS : AtOnce.WHEN_CACHED;
        this.writes = reads;
    }

    /** Reads at once; the number of bytes read, maybe 0. */
    public int readAtOnce(long address, int length, long offset) {
        AtOnce how = reads;
        if (how == AtOnce.NEVER) {
            return 0;
        }
        long result = calls.read(file.fd(), address, length, offset, flags(how));
        if (unknown(result)) {
            reads = AtOnce.NEVER;
        }
        return (int) Math.max(0, result);
    }

    /** Writes at once; the number of bytes written, maybe 0. */
    public int writeAtOnce(long address, int length, long offset) {
        AtOnce how = writes;
        if (how == AtOnce.NEVER) {
            return 0;
        }
        long result = calls.write(file.fd(), address, length, offset, flags(how));
        if (unknown(result)) {
            writes = AtOnce.NEVER;
        }
        return (int) Math.max(0, result);
    }

    /** Reads all. May block. */
    public void read(long address, int length, long offset) throws Failure {
        int done = 0;
        while (done < length) {
            long result = calls.read(file.fd(), address + done, length - done, offset + done, 0);
            if (result < 0) {
                throw new Failure(
                        Errno.whenReading(result), offset + done, message("read", length, offset, Errno.text(result)));
            }
            if (result == 0) {
                throw new Failure(
                        Fault.READ_ERROR, offset + done, message("read", length, offset, "the file ends before"));
            }
            done += (int) result;
        }
    }

    /** Writes all. May block. */
    public void write(long address, int length, long offset) throws Failure {
        write(address, length, offset, 0);
    }

    /**
     * Writes all. May block.
     *
     * @param flags of each call, as {@link FileCalls#RWF_DSYNC}
     */
    public void write(long address, int length, long offset, int flags) throws Failure {
        int done = 0;
        while (done < length) {
            long result = calls.write(file.fd(), address + done, length - done, offset + done, flags);
            if (result <= 0) {
                throw new Failure(
                        Errno.whenWriting(result), offset + done, message("write", length, offset, Errno.text(result)));
            }
            done += (int) result;
        }
    }

    private String message(String operation, long length, long offset, String cause) {
        return file + ": " + operation + " of " + length + " bytes at " + offset + ": " + cause;
    }

    private static int flags(AtOnce how) {
        return how == AtOnce.WHEN_CACHED ? RWF_NOWAIT : 0;
    }

    private static boolean unknown(long result) {
        return Errno.EOPNOTSUPP.is(result) || Errno.ENOSYS.is(result) || Errno.EINVAL.is(result);
    }
}
