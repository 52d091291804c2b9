package org.lunaria.posix;

import static org.lunaria.backend.BlockBackend.Fault.INTERNAL;
import static org.lunaria.backend.BlockBackend.Fault.NO_SPACE;
import static org.lunaria.backend.BlockBackend.Fault.OFFLINE;
import static org.lunaria.backend.BlockBackend.Fault.READ_ERROR;
import static org.lunaria.backend.BlockBackend.Fault.READ_ONLY;
import static org.lunaria.backend.BlockBackend.Fault.UNSUPPORTED;
import static org.lunaria.backend.BlockBackend.Fault.WRITE_ERROR;

import org.lunaria.backend.BlockBackend.Fault;

/**
 * The error numbers of Linux that files and block devices meet, what people call them, and what each means for a store that is read
 * or written. The one table that knows both.
 */
public enum Errno {
    EPERM(1, "operation not permitted", READ_ONLY, READ_ONLY),
    ENOENT(2, "no such file or directory", OFFLINE, OFFLINE),
    EINTR(4, "interrupted", INTERNAL, INTERNAL),
    EIO(5, "input/output error", READ_ERROR, WRITE_ERROR),
    ENXIO(6, "no such device or address", OFFLINE, OFFLINE),
    EBADF(9, "the file is closed", OFFLINE, OFFLINE),
    EAGAIN(11, "would have to wait", INTERNAL, INTERNAL),
    ENOMEM(12, "out of memory", INTERNAL, INTERNAL),
    EACCES(13, "permission denied", READ_ONLY, READ_ONLY),
    EBUSY(16, "in use", INTERNAL, INTERNAL),
    EEXIST(17, "file exists", INTERNAL, INTERNAL),
    ENODEV(19, "no such device", OFFLINE, OFFLINE),
    ENOTDIR(20, "not a directory", OFFLINE, OFFLINE),
    EISDIR(21, "is a directory", INTERNAL, INTERNAL),
    EINVAL(22, "invalid argument", INTERNAL, INTERNAL),
    ENFILE(23, "too many open files in the system", INTERNAL, INTERNAL),
    EMFILE(24, "too many open files", INTERNAL, INTERNAL),
    ENOTTY(25, "not a function of this file system", UNSUPPORTED, UNSUPPORTED),
    EFBIG(27, "the file is too large for its file system or for a limit of the process", NO_SPACE, NO_SPACE),
    ENOSPC(28, "no space left", NO_SPACE, NO_SPACE),
    EROFS(30, "read-only file system", READ_ONLY, READ_ONLY),
    ENAMETOOLONG(36, "file name too long", INTERNAL, INTERNAL),
    ENOSYS(38, "not a function of this kernel", UNSUPPORTED, UNSUPPORTED),
    ELOOP(40, "too many symbolic links", OFFLINE, OFFLINE),
    EBADE(52, "another host has reserved the device", READ_ERROR, WRITE_ERROR),
    ENODATA(61, "the medium is bad there", READ_ERROR, WRITE_ERROR),
    ENOLINK(67, "the link to the device is severed", OFFLINE, OFFLINE),
    EILSEQ(84, "the device found a wrong checksum", READ_ERROR, WRITE_ERROR),
    EOPNOTSUPP(95, "not a function of this file system", UNSUPPORTED, UNSUPPORTED),
    ETIMEDOUT(110, "no answer in time", READ_ERROR, WRITE_ERROR),
    ESTALE(116, "the file is gone from its server", OFFLINE, OFFLINE),
    EREMOTEIO(121, "remote input/output error", READ_ERROR, WRITE_ERROR),
    EDQUOT(122, "disk quota exceeded", NO_SPACE, NO_SPACE),
    ENOMEDIUM(123, "no medium", OFFLINE, OFFLINE);

    private static final int TABLE = 128;
    private static final Errno[] BY_NUMBER = new Errno[TABLE];

    static {
        for (Errno each : values()) {
            BY_NUMBER[each.number] = each;
        }
    }

    private final int number;
    private final String text;
    private final Fault whenReading;
    private final Fault whenWriting;

    Errno(int number, String text, Fault whenReading, Fault whenWriting) {
        this.number = number;
        this.text = text;
        this.whenReading = whenReading;
        this.whenWriting = whenWriting;
    }

    public int number() {
        return number;
    }

    /** Whether a call's result is this error. */
    public boolean is(long result) {
        return result == -number;
    }

    /** What a negative result says, for people: "no space left (ENOSPC)". */
    public static String text(long result) {
        Errno errno = known(result);
        return errno == null ? "error " + -result : errno.text + " (" + errno + ")";
    }

    public static Fault whenReading(long result) {
        Errno errno = known(result);
        return errno == null ? INTERNAL : errno.whenReading;
    }

    public static Fault whenWriting(long result) {
        Errno errno = known(result);
        return errno == null ? INTERNAL : errno.whenWriting;
    }

    private static Errno known(long result) {
        return result > -TABLE && result < 0 ? BY_NUMBER[(int) -result] : null;
    }
}
