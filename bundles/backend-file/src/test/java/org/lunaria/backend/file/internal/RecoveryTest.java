package org.lunaria.backend.file.internal;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.EnumSet;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lunaria.backend.BlockBackend.Capability;
import org.lunaria.backend.BlockBackend.Flag;
import org.lunaria.backend.TestIo;
import org.lunaria.posix.Errno;
import org.lunaria.posix.FaultyCalls;
import org.lunaria.settings.InvalidSetting;

/** The opening of a volume that has a journal. The journal of a crash is one that was copied away before the close. */
class RecoveryTest {

    private static final int SIZE = 1 << 20;

    @TempDir
    private Path folder;

    private final FaultyCalls calls = new FaultyCalls();
    private Path path;
    private Path journal;
    private Path kept;

    @BeforeEach
    void prepare() {
        path = folder.resolve("disk.img");
        journal = folder.resolve("disk.img.journal");
        kept = folder.resolve("kept");
    }

    private FileBackend open() {
        return new FileBackend(calls, FileOpener.open(calls, Config.creating(path, SIZE)));
    }

    /** Two atomic writes, the second over a part of the first, and a stop before the journal was cleared. */
    private void crash() throws Exception {
        FileBackend store = open();
        TestIo.await(store.write(4096, TestIo.direct(TestIo.pattern(1, 8192)), EnumSet.of(Flag.ATOMIC)));
        TestIo.await(store.write(8192, TestIo.direct(TestIo.pattern(2, 1024)), EnumSet.of(Flag.ATOMIC)));
        Files.copy(journal, kept);
        store.close();
        Files.move(kept, journal, StandardCopyOption.REPLACE_EXISTING);
        try (var file = Files.newByteChannel(path, StandardOpenOption.WRITE)) {
            file.position(5000).write(ByteBuffer.wrap(new byte[4000]));
        }
    }

    private String refusal() {
        return assertThrows(InvalidSetting.class, this::open).getMessage();
    }

    private void requireServed() throws Exception {
        FileBackend store = open();
        byte[] expected = TestIo.pattern(1, 8192);
        System.arraycopy(TestIo.pattern(2, 1024), 0, expected, 4096, 1024);
        assertArrayEquals(expected, new TestIo(store).read(4096, 8192));
        store.close();
    }

    @Test
    void whatCountsIsBroughtToItsPlaceInItsOrderAndOnce() throws Exception {
        crash();
        requireServed();
        FileBackend store = open();
        new TestIo(store).write(4096, TestIo.pattern(3, 8192));
        store.close();
        store = open();
        assertArrayEquals(TestIo.pattern(3, 8192), new TestIo(store).read(4096, 8192));
        store.close();
    }

    @Test
    void anEntryThatIsTornEndsTheJournal() throws Exception {
        crash();
        try (var file = Files.newByteChannel(journal, StandardOpenOption.WRITE)) {
            int second = JournalFormat.LOG_OFFSET + JournalFormat.Entry.spaceBytes(8192);
            file.position(second + JournalFormat.BLOCK_BYTES + 512).write(ByteBuffer.wrap(new byte[512]));
        }
        FileBackend store = open();
        assertArrayEquals(TestIo.pattern(1, 8192), new TestIo(store).read(4096, 8192));
        store.close();
    }

    @Test
    void aClosedVolumeHasNothingToBeFinished() throws Exception {
        FileBackend store = open();
        TestIo.await(store.write(4096, TestIo.direct(TestIo.pattern(1, 8192)), EnumSet.of(Flag.ATOMIC)));
        store.close();
        Files.write(path, TestIo.pattern(7, SIZE));
        store = open();
        assertArrayEquals(Arrays.copyOf(TestIo.pattern(7, SIZE), 65536), new TestIo(store).read(0, 65536));
        store.close();
    }

    @Test
    void theJournalOfAnotherFileIsNotBroughtIntoThisOne() throws Exception {
        crash();
        Files.move(path, folder.resolve("moved.img"));
        Files.write(path, TestIo.pattern(7, SIZE));
        assertTrue(refusal().contains("holds atomic writes of another file"), refusal());
        assertArrayEquals(TestIo.pattern(7, SIZE), Files.readAllBytes(path));
        Files.delete(path);
        assertTrue(refusal().contains("holds atomic writes of another file"), refusal());
        assertFalse(Files.exists(path), "what was made is removed again");
        Files.move(folder.resolve("moved.img"), path);
        requireServed();
    }

    @Test
    void aVolumeThatCannotBeWrittenIsNotServedHalfDone() throws Exception {
        crash();
        calls.fail("openWritable", Errno.EROFS);
        assertTrue(refusal().contains("give the appliance's user the right to write"), refusal());
        calls.workAgain("openWritable");
        requireServed();
    }

    @Test
    void aJournalThatCannotBeReadIsNotPassedOver() throws Exception {
        crash();
        calls.fail("open", Errno.EACCES);
        assertTrue(refusal().contains("cannot be opened"), refusal());
        calls.workAgain("open");
        calls.fail("read", Errno.EIO);
        assertTrue(refusal().contains("mend the disk"), refusal());
        calls.workAgain("read");
        requireServed();
    }

    @Test
    void afterAFailureItIsDoneAgain() throws Exception {
        for (String call : new String[] {"write", "fdatasync", "fsync"}) {
            crash();
            calls.fail(call, Errno.EIO);
            String sentence = refusal();
            assertTrue(sentence.contains("mend the disk"), call + ": " + sentence);
            calls.workAgain(call);
            requireServed();
        }
    }

    @Test
    void aFileThatIsNoJournalIsLeftAloneAndNothingIsWrittenAtomically() throws Exception {
        Files.writeString(journal, "My diary. Dear journal, ...");
        FileBackend store = open();
        assertFalse(store.profile().can(Capability.ATOMIC_WRITE));
        store.close();
        assertEquals("My diary. Dear journal, ...", Files.readString(journal));
    }

    @Test
    void aVolumeWithTheLongestNameIsServedWithoutOne() throws Exception {
        path = folder.resolve("d".repeat(251) + ".img");
        FileBackend store = open();
        assertFalse(store.profile().can(Capability.ATOMIC_WRITE));
        store.close();
    }

    @Test
    void aJournalThatWasNeverBegunIsBegunAnew() throws Exception {
        Files.write(journal, new byte[100_000]);
        FileBackend store = open();
        TestIo.await(store.write(0, TestIo.direct(TestIo.pattern(1, 4096)), EnumSet.of(Flag.ATOMIC)));
        store.close();
        assertEquals(JournalFormat.LOG_OFFSET + Journal.LOG_BYTES, Files.size(journal));
    }

    @Test
    void aJournalOfAVolumeThatWasNeverWrittenAtomicallyIsNotMade() throws Exception {
        FileBackend store = open();
        new TestIo(store).write(0, TestIo.pattern(1, 4096));
        store.close();
        assertFalse(Files.exists(journal));
    }
}
