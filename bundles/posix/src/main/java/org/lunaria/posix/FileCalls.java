package org.lunaria.posix;

/**
 * Linux's calls on files, under their own names: man section 2 says what each does. A result below 0 is the negated
 * {@link Errno}; a call that a signal interrupted is made again and never gives EINTR.
 *
 * <p>An {@code address} is one of memory that the caller keeps reachable during the call. Thread-safe. All but the
 * calls with {@link #RWF_NOWAIT} may block.
 *
 * <p>The types and constants are those of Linux on x86-64 and aarch64.
 */
public interface FileCalls {

    int O_RDONLY = 0;
    int O_RDWR = 2;
    int O_CREAT = 0x40;
    int O_EXCL = 0x80;
    /** Past the page cache; of the constants here the only one that differs. */
    int O_DIRECT = System.getProperty("os.arch").equals("aarch64") ? 0x10000 : 0x4000;

    int O_NOATIME = 0x40000;
    int O_CLOEXEC = 0x80000;

    int F_SETFL = 4;

    int LOCK_EX = 2;
    int LOCK_NB = 4;

    int SEEK_END = 2;
    int SEEK_DATA = 3;
    int SEEK_HOLE = 4;

    int FALLOC_FL_KEEP_SIZE = 1;
    int FALLOC_FL_PUNCH_HOLE = 2;
    int FALLOC_FL_ZERO_RANGE = 0x10;

    /** Do what needs no waiting; else EAGAIN, or EOPNOTSUPP where the file system does not know how. */
    int RWF_NOWAIT = 8;

    /** Do not return before what this call writes is durable. */
    int RWF_DSYNC = 2;

    long FS_IOC_FIEMAP = 0xC020660BL;

    int open(String path, int flags, int mode);

    int close(int fd);

    /** pread(2), or preadv2(2) when there are flags. */
    long read(int fd, long address, long count, long offset, int flags);

    /** pwrite(2), or pwritev2(2) when there are flags. */
    long write(int fd, long address, long count, long offset, int flags);

    int fsync(int fd);

    int fdatasync(int fd);

    int fallocate(int fd, int mode, long offset, long length);

    int ftruncate(int fd, long length);

    long lseek(int fd, long offset, int whence);

    int fcntl(int fd, int command, int argument);

    int flock(int fd, int operation);

    int ioctl(int fd, long request, long address);

    int unlink(String path);

    /** statx(2) of an open file: {@code AT_EMPTY_PATH}, all that costs nothing, and the alignment of O_DIRECT. */
    int statx(int fd, long address);

    /** fstatvfs(3). */
    int fstatvfs(int fd, long address);
}
