package org.lunaria.backend.file.internal;

import static org.lunaria.posix.FileCalls.F_SETFL;
import static org.lunaria.posix.FileCalls.LOCK_EX;
import static org.lunaria.posix.FileCalls.LOCK_NB;
import static org.lunaria.posix.FileCalls.O_CLOEXEC;
import static org.lunaria.posix.FileCalls.O_CREAT;
import static org.lunaria.posix.FileCalls.O_DIRECT;
import static org.lunaria.posix.FileCalls.O_EXCL;
import static org.lunaria.posix.FileCalls.O_NOATIME;
import static org.lunaria.posix.FileCalls.O_RDONLY;
import static org.lunaria.posix.FileCalls.O_RDWR;
import static org.lunaria.posix.FileCalls.SEEK_END;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.lunaria.posix.Errno;
import org.lunaria.posix.FileCalls;
import org.lunaria.settings.InvalidSetting;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Opens or makes the file of a volume, locks it against every other opener, finishes the atomic writes of the last one, and
 * finds out what its file system can.
 *
 * <p>Each refusal is an {@link InvalidSetting} of one sentence, and leaves things as they were: what was made is
 * removed again. Bytes that are there are never overwritten, nor is a file that holds any made longer or shorter.
 * Confined to the thread that opens. May block.
 */
final class FileOpener {

    private static final Logger LOG = LoggerFactory.getLogger(FileOpener.class);
    private static final int OWNER_ONLY = 0600;
    private static final int PAGE_BYTES = 4096;

    /** What was there before; tells what a refusal has to undo. */
    private enum Origin {
        /** Nothing. */
        MISSING,
        /** A file without a byte, as a crash leaves behind between making a file and giving it its size. */
        EMPTY,
        FILLED
    }

    private final FileCalls calls;
    private final FileSettings settings;
    private final String path;
    private Origin origin = Origin.FILLED;
    private boolean writable = true;
    private int fd = -1;

    private FileOpener(FileCalls calls, FileSettings settings) {
        this.calls = calls;
        this.settings = settings;
        this.path = settings.path().toString();
    }

    /** Opens what the settings ask for. */
    static VolumeFile open(FileCalls calls, FileSettings settings) {
        return new FileOpener(calls, settings).open();
    }

    private VolumeFile open() {
        checkPath(settings.path());
        openOrMake();
        boolean done = false;
        try {
            lock();
            VolumeFile file = describe(size());
            if (file.preallocated() && writable) {
                preallocate(file);
            }
            if (origin != Origin.FILLED) {
                makeDurable();
            }
            VolumeFile ready = passCache(finishAtomicWrites(file));
            done = true;
            return ready;
        } finally {
            if (!done) {
                undo();
            }
        }
    }

    private void checkPath(Path file) {
        Path folder = file.getParent();
        if (!Files.isDirectory(folder)) {
            throw settings.invalid("path", "the folder " + folder + " does not exist; make it first");
        }
        if (Files.isDirectory(file)) {
            throw settings.invalid("path", "this is a folder; give the path of a file in it");
        }
        if (Files.exists(file) && !Files.isRegularFile(file)) {
            throw settings.invalid("path", "this is no regular file; give the path of one");
        }
    }

    private void openOrMake() {
        fd = calls.open(path, O_RDWR | O_CLOEXEC, 0);
        if (Errno.ENOENT.is(fd)) {
            if (!settings.create()) {
                throw settings.invalid("path", "there is no such file; set create = true and sizeBytes to make it");
            }
            origin = Origin.MISSING;
            fd = calls.open(path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, OWNER_ONLY);
        } else if (Errno.EACCES.is(fd) || Errno.EPERM.is(fd) || Errno.EROFS.is(fd)) {
            writable = false;
            fd = calls.open(path, O_RDONLY | O_CLOEXEC, 0);
        }
        if (fd < 0) {
            throw settings.invalid(
                    "path",
                    "the file cannot be opened: " + Errno.text(fd) + "; give the appliance's user the right to");
        }
        // A read that notes its time waits for the journal, RWF_NOWAIT or not. Only a file's owner may switch that off.
        calls.fcntl(fd, F_SETFL, O_NOATIME);
    }

    /** A lock of the open file, not of the process: it keeps out a second opener in this process as well. */
    private void lock() {
        int locked = calls.flock(fd, LOCK_EX | LOCK_NB);
        if (Errno.EAGAIN.is(locked)) {
            origin = Origin.FILLED;
            throw settings.invalid("path", "the file is in use by another volume or program; choose another file");
        }
        if (locked < 0) {
            throw settings.invalid(
                    "path", "the file cannot be locked: " + Errno.text(locked) + "; choose another file");
        }
    }

    private long size() {
        long size = calls.lseek(fd, 0, SEEK_END);
        if (size < 0) {
            throw settings.invalid(
                    "path", "the file's size is not to be had: " + Errno.text(size) + "; choose another");
        }
        if (size == 0 && settings.create() && writable) {
            return sized();
        }
        boolean ofTheFile = settings.sizeBytes() == FileSettings.SIZE_OF_THE_FILE;
        if (ofTheFile && (size == 0 || size % FileSettings.BLOCK_BYTES != 0)) {
            throw settings.invalid(
                    "path",
                    "the file has " + size + " bytes; give one that has a multiple of " + FileSettings.BLOCK_BYTES);
        }
        boolean fits = settings.create() ? size == settings.sizeBytes() : size >= settings.sizeBytes();
        if (!ofTheFile && !fits) {
            throw settings.invalid("sizeBytes", "the file " + path + " has " + size + " bytes; give that number");
        }
        if (!ofTheFile && size > settings.sizeBytes()) {
            LOG.warn(
                    "{}: the file {} has grown to {} bytes, and is served so; set sizeBytes to that",
                    settings.source(),
                    path,
                    size);
        }
        return size;
    }

    private long sized() {
        if (origin == Origin.FILLED) {
            origin = Origin.EMPTY;
        }
        int result = calls.ftruncate(fd, settings.sizeBytes());
        if (result < 0) {
            throw settings.invalid("sizeBytes", Errno.text(result) + "; give a smaller number");
        }
        return settings.sizeBytes();
    }

    private void preallocate(VolumeFile file) {
        if (origin != Origin.FILLED && file.fileSystem().copiesOnWrite()) {
            throw settings.invalid(
                    "preallocate",
                    file.fileSystem().type() + " writes elsewhere each time, and uses no space that was taken before; "
                            + "choose a folder on ext4 or XFS, or set preallocate = false");
        }
        new Preallocation(calls, settings, file).take(origin != Origin.FILLED);
    }

    /** Syncs the file, and the folder that names it. */
    private void makeDurable() {
        int folder = calls.open(settings.path().getParent().toString(), O_RDONLY | O_CLOEXEC, 0);
        int result = folder < 0 ? folder : Math.min(calls.fsync(fd), calls.fsync(folder));
        if (folder >= 0) {
            calls.close(folder);
        }
        if (result < 0) {
            throw settings.invalid(
                    "path", "the new file cannot be made durable: " + Errno.text(result) + "; choose another folder");
        }
    }

    private VolumeFile describe(long sizeBytes) {
        try {
            FileSystem fileSystem = FileSystem.of(calls, fd, settings.path(), sizeBytes);
            return new VolumeFile(
                    settings.id(),
                    settings.path(),
                    fd,
                    sizeBytes,
                    fileSystem,
                    writable,
                    settings.preallocate(),
                    settings.sync(),
                    Optional.empty(),
                    false,
                    ((Number) Files.getAttribute(settings.path(), "unix:ino")).longValue());
        } catch (IOException e) {
            throw settings.invalid("path", "its file system cannot be asked (" + e.getMessage() + "); choose another");
        }
    }

    private VolumeFile finishAtomicWrites(VolumeFile file) {
        try {
            boolean journal = Recovery.finish(calls, file, origin != Origin.FILLED);
            Path path = Path.of(Journal.path(file));
            boolean possible = journal && (Files.isWritable(path) || Files.isWritable(path.getParent()));
            if (!possible && file.writable()) {
                LOG.warn("{} writes nothing atomically: {} is, or can be, no journal", file, path);
            }
            return file.withJournal(possible);
        } catch (Recovery.Refusal e) {
            throw settings.invalid("path", e.getMessage());
        }
    }

    /** At the end of all, so that nothing before it needs aligned memory. */
    private VolumeFile passCache(VolumeFile file) {
        if (!settings.direct()) {
            return file;
        }
        FileSystem fileSystem = file.fileSystem();
        if (fileSystem.isInMemory()) {
            throw settings.invalid(
                    "direct",
                    "the file system of " + path + " is in memory (" + fileSystem.type()
                            + "), where there is no cache to pass; set direct = false");
        }
        // Smaller ones may lie anywhere on the disk, and a page of the volume would be written by parts.
        if (fileSystem.blockBytes() < PAGE_BYTES) {
            throw settings.invalid(
                    "direct",
                    "the file system of " + path + " has blocks of " + fileSystem.blockBytes()
                            + " bytes, and that needs " + PAGE_BYTES
                            + "; make it with such blocks (mkfs.ext4 -b 4096), or set direct = false");
        }
        int result = calls.fcntl(fd, F_SETFL, O_DIRECT | O_NOATIME);
        if (Errno.EPERM.is(result)) {
            result = calls.fcntl(fd, F_SETFL, O_DIRECT);
        }
        return (result < 0 ? Optional.<Alignment>empty() : Alignment.of(calls, fd))
                .map(file::withDirect)
                .orElseThrow(() -> settings.invalid(
                        "direct",
                        "the file system of " + path + " (" + fileSystem.type()
                                + ") does not read and write past its cache; set direct = false"));
    }

    private void undo() {
        if (origin == Origin.EMPTY) {
            calls.ftruncate(fd, 0);
        }
        if (origin == Origin.MISSING) {
            calls.unlink(path);
        }
        calls.close(fd);
    }
}
