package org.lunaria.backend.file.internal;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lunaria.backend.TestIo;
import org.lunaria.posix.Errno;
import org.lunaria.posix.FaultyCalls;
import org.lunaria.posix.FileCalls;
import org.lunaria.posix.Glibc;
import org.lunaria.settings.InvalidSetting;

class FileOpenerTest {

    private static final int SIZE = 1 << 20;

    private final FaultyCalls calls = new FaultyCalls();

    @TempDir
    private Path folder;

    @Test
    void aNewFileIsSparseOwnerOnlyAndDurable() throws IOException {
        Path path = folder.resolve("new.img");
        close(FileOpener.open(calls, Config.creating(path, SIZE)));
        assertEquals(SIZE, Files.size(path));
        assertEquals(0, FileBackendContract.usedBytes(path));
        assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(path)));
        assertEquals(2, calls.count("fsync"), "the file and its folder");
    }

    @Test
    void theDescriptorIsNotInheritedAndReadsNoteNoTime() throws IOException {
        VolumeFile file = FileOpener.open(calls, Config.creating(folder.resolve("new.img"), SIZE));
        String info = Files.readString(Path.of("/proc/self/fdinfo/" + file.fd()));
        int flags = Integer.parseInt(
                info.lines()
                        .filter(line -> line.startsWith("flags:"))
                        .findFirst()
                        .orElseThrow()
                        .substring(6)
                        .trim(),
                8);
        int expected = FileCalls.O_CLOEXEC | FileCalls.O_NOATIME | FileCalls.O_RDWR;
        assertEquals(expected, flags & expected);
        close(file);
    }

    @Test
    void aPreallocatedFileHasItsSpaceAndKeepsIt() throws IOException {
        Path path = folder.resolve("thick.img");
        VolumeFile file = FileOpener.open(calls, Config.creating(path, SIZE, "preallocate", true));
        assertTrue(FileBackendContract.usedBytes(path) >= SIZE);
        assertFalse(file.punchesHoles());
        close(file);
    }

    @Test
    void createOpensAFileThatIsThereAndKeepsItsBytes() throws IOException {
        Path path = folder.resolve("old.img");
        byte[] bytes = TestIo.pattern(1, SIZE);
        Files.write(path, bytes);
        VolumeFile file = FileOpener.open(calls, Config.creating(path, SIZE));
        assertEquals(SIZE, file.sizeBytes());
        close(file);
        assertArrayEquals(bytes, Files.readAllBytes(path));
    }

    @Test
    void withoutASizeTheFileTellsIt() throws IOException {
        Path path = Files.write(folder.resolve("old.img"), new byte[SIZE]);
        VolumeFile file = FileOpener.open(calls, Config.settings(path));
        assertEquals(SIZE, file.sizeBytes());
        assertTrue(file.writable());
        close(file);
    }

    @Test
    void anEmptyFileThatACrashLeftIsMadeAsIfItWereMissing() throws IOException {
        Path path = Files.createFile(folder.resolve("crashed.img"));
        close(FileOpener.open(calls, Config.creating(path, SIZE)));
        assertEquals(SIZE, Files.size(path));
    }

    @Test
    void aMissingFolderIsRefused() {
        refused("the folder " + folder.resolve("no") + " does not exist; make it first.", "no/disk.img");
    }

    @Test
    void aFolderIsRefused() throws IOException {
        Files.createDirectory(folder.resolve("folder"));
        refused("this is a folder; give the path of a file in it.", "folder");
    }

    @Test
    void whatIsNoRegularFileIsRefused() {
        InvalidSetting thrown =
                assertThrows(InvalidSetting.class, () -> FileOpener.open(calls, Config.settings(Path.of("/dev/zero"))));
        assertEquals(
                "org.lunaria.backend.file disk-1: path = /dev/zero: this is no regular file; give the path of one.",
                thrown.getMessage());
    }

    @Test
    void aMissingFileIsRefusedWithoutCreate() {
        refused("there is no such file; set create = true and sizeBytes to make it.", "missing.img");
        assertFalse(Files.exists(folder.resolve("missing.img")));
    }

    @Test
    void aFileOfAnotherSizeIsRefusedAndStays() throws IOException {
        Path path = Files.write(folder.resolve("old.img"), new byte[SIZE]);
        refused("has 1048576 bytes; give that number.", "old.img", "create", true, "sizeBytes", 2 * SIZE);
        assertEquals(SIZE, Files.size(path));
    }

    @Test
    void aFileThatHasGrownSinceItWasMadeIsServedAsItIs() throws IOException {
        Path path = Files.write(folder.resolve("old.img"), new byte[SIZE]);
        refused("has 1048576 bytes; give that number.", "old.img", "create", true, "sizeBytes", SIZE / 2);
        VolumeFile file = FileOpener.open(calls, Config.settings(path, "sizeBytes", SIZE / 2));
        assertEquals(SIZE, file.sizeBytes());
        close(file);
        refused("has 1048576 bytes; give that number.", "old.img", "sizeBytes", 2 * SIZE);
    }

    @Test
    void aFileSystemThatTellsNoAlignmentIsTried() throws IOException {
        Path path = Files.write(folder.resolve("old.img"), new byte[SIZE]);
        calls.fail("statx", Errno.ENOSYS);
        VolumeFile file = FileOpener.open(calls, Config.settings(path, "direct", true));
        assertEquals(Optional.of(new Alignment(512, 512)), file.direct());
        close(file);
        calls.fail("read", Errno.EINVAL);
        refused("does not read and write past its cache; set direct = false.", "old.img", "direct", true);
    }

    @Test
    void whereTheCacheCannotBePassedDirectIsRefusedAndNothingIsLeft() throws IOException {
        calls.fail("fcntl", Errno.EINVAL);
        Object[] asked = {"create", true, "sizeBytes", SIZE, "direct", true};
        refused("(ext4) does not read and write past its cache; set direct = false.", "new.img", asked);
        assertFalse(Files.exists(folder.resolve("new.img")));
        try (Mounted memory = Mounted.tmpfs(SIZE)) {
            refused("is in memory (tmpfs), where there is no cache to pass; set direct = false.", memory, asked);
        }
        try (Mounted small = Mounted.ext(4, 8 << 20, "-b", "1024")) {
            refused("has blocks of 1024 bytes, and that needs 4096; make it with such blocks", small, asked);
        }
    }

    @Test
    void moreSpaceThanAnAdministratorWaitsForIsNotWrittenHere() throws IOException {
        calls.fail("fallocate", Errno.EOPNOTSUPP);
        long size = 2 * Preallocation.MOST_WRITTEN_BYTES;
        String end = "count=512) and set create = false, or set preallocate = false.";
        refused(end, "new.img", "create", true, "sizeBytes", size, "preallocate", true);
        assertFalse(Files.exists(folder.resolve("new.img")));
    }

    @Test
    void aFileWhoseSpaceWasWrittenIsPreallocatedWhereSpaceCannotBeTaken() throws IOException {
        Path path = Files.write(folder.resolve("old.img"), TestIo.pattern(1, SIZE));
        calls.fail("fallocate", Errno.EOPNOTSUPP);
        close(FileOpener.open(calls, Config.settings(path, "preallocate", true)));
        assertArrayEquals(TestIo.pattern(1, SIZE), Files.readAllBytes(path));
        assertEquals(0, calls.count("write"));
    }

    @Test
    void holesOfAFileThatIsThereAreWrittenAndItsBytesStay() throws IOException {
        Path path = folder.resolve("holes.img");
        try (RandomAccessFile file = new RandomAccessFile(path.toFile(), "rw")) {
            file.setLength(SIZE);
            file.seek(64 * 1024);
            file.write(TestIo.pattern(1, 8192));
        }
        byte[] before = Files.readAllBytes(path);
        calls.fail("fallocate", Errno.EOPNOTSUPP);
        close(FileOpener.open(calls, Config.settings(path, "preallocate", true)));
        assertArrayEquals(before, Files.readAllBytes(path));
        assertTrue(FileBackendContract.usedBytes(path) >= SIZE);
    }

    @Test
    void aFileOfAnOddSizeIsRefused() throws IOException {
        Files.write(folder.resolve("odd.img"), new byte[1000]);
        refused("the file has 1000 bytes; give one that has a multiple of 512.", "odd.img");
    }

    @Test
    void aSecondOpenerIsRefusedAndTheFirstGoesOn() throws IOException {
        Path path = folder.resolve("disk.img");
        VolumeFile first = FileOpener.open(calls, Config.creating(path, SIZE));
        refused("the file is in use by another volume or program; choose another file.", "disk.img");
        assertTrue(Files.exists(path));
        close(first);
        close(FileOpener.open(calls, Config.settings(path)));
    }

    @Test
    void aSecondOpenerByAnotherNameIsRefusedToo() throws IOException {
        Path path = folder.resolve("disk.img");
        VolumeFile first = FileOpener.open(calls, Config.creating(path, SIZE));
        Files.createLink(folder.resolve("link.img"), path);
        Files.createSymbolicLink(folder.resolve("symlink.img"), path);
        refused("the file is in use", "link.img");
        refused("the file is in use", "symlink.img");
        close(first);
    }

    @Test
    void aFileThatMayOnlyBeReadIsOpenedReadOnly() throws IOException {
        Path path = Files.write(folder.resolve("old.img"), new byte[SIZE]);
        calls.fail("openWritable", Errno.EACCES);
        VolumeFile file = FileOpener.open(calls, Config.settings(path));
        assertFalse(file.writable());
        assertFalse(file.punchesHoles());
        close(file);
    }

    @Test
    void aFileThatMayNotBeReadIsRefused() throws IOException {
        Files.write(folder.resolve("old.img"), new byte[SIZE]);
        calls.fail("openWritable", Errno.EACCES);
        calls.fail("open", Errno.EACCES);
        refused(
                "the file cannot be opened: permission denied (EACCES); give the appliance's user the right to.",
                "old.img");
    }

    @Test
    void aFullDiskLeavesNothingBehind() {
        calls.fail("fallocate", Errno.ENOSPC);
        Object[] asked = {"create", true, "sizeBytes", SIZE, "preallocate", true};
        refused("no space left (ENOSPC); make room, or set preallocate = false.", "new.img", asked);
        assertFalse(Files.exists(folder.resolve("new.img")));
        assertEquals(1, calls.count("close"), "the descriptor");
    }

    @Test
    void aFullDiskLeavesAnEmptyFileEmpty() throws IOException {
        Path path = Files.createFile(folder.resolve("crashed.img"));
        calls.fail("fallocate", Errno.ENOSPC);
        refused("no space left", "crashed.img", "create", true, "sizeBytes", SIZE, "preallocate", true);
        assertEquals(0, Files.size(path));
    }

    @Test
    void aSizeBeyondTheFileSystemLeavesNothingBehind() {
        refused(
                "too large for its file system or for a limit of the process (EFBIG); give a smaller number.",
                "new.img",
                "create",
                true,
                "sizeBytes",
                Long.MAX_VALUE / 512 * 512);
        assertFalse(Files.exists(folder.resolve("new.img")));
    }

    @Test
    void whereHolesCannotBePunchedUnmapIsNotOffered() throws IOException {
        calls.fail("fallocate", Errno.EOPNOTSUPP);
        VolumeFile file = FileOpener.open(calls, Config.creating(folder.resolve("new.img"), SIZE));
        assertTrue(file.writable());
        assertFalse(file.punchesHoles());
        close(file);
    }

    private void refused(String end, Mounted where, Object... more) {
        FileSettings settings = Config.settings(where.folder().resolve("new.img"), more);
        String message = assertThrows(InvalidSetting.class, () -> FileOpener.open(new Glibc(), settings))
                .getMessage();
        assertTrue(message.contains(end) && message.endsWith("."), message);
        assertFalse(Files.exists(settings.path()));
    }

    /** Opens a file in the folder and checks the one sentence of the refusal. */
    private void refused(String end, String name, Object... more) {
        FileSettings settings = Config.settings(folder.resolve(name), more);
        String message = assertThrows(InvalidSetting.class, () -> FileOpener.open(calls, settings))
                .getMessage();
        assertTrue(message.startsWith("org.lunaria.backend.file disk-1: "), message);
        assertTrue(message.contains(end), message);
        assertTrue(message.endsWith("."), message);
    }

    private void close(VolumeFile file) {
        assertEquals(0, calls.close(file.fd()));
    }
}
