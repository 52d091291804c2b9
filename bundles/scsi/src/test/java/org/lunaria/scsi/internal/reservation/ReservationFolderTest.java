package org.lunaria.scsi.internal.reservation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lunaria.scsi.internal.saved.Disk;

/** Reservations on disk, when the power fails between any two steps, and when what is there is damaged. */
class ReservationFolderTest {
    private static final String UNIT = "3000000000000001";
    private static final NexusName NEXUS =
            new NexusName("iqn.2026-11.example:höst,i,0x00023d000001", "iqn.t", "iqn.t,t,0x0001", 1);
    private static final ReservationState OLD = state(1, Optional.empty());
    private static final ReservationState NEW = state(-2, Optional.of(ReservationType.EXCLUSIVE_ACCESS));

    @TempDir
    Path folder;

    private static ReservationState state(long key, Optional<ReservationType> type) {
        return ReservationState.of(
                0,
                List.of(
                        new Registration(NEXUS, key),
                        new Registration(NEXUS.from("iqn.b,i,0x1").throughAnyPort(), 5)),
                type.map(held -> new Reservation(held, NEXUS)),
                true);
    }

    private static String text(ReservationState state) {
        return ReservationText.encode(UNIT, state);
    }

    private static String text(Optional<ReservationState> state) {
        return state.map(ReservationFolderTest::text).orElse("nothing");
    }

    /** The power is gone: nothing more is done. */
    private static final class PowerFailure extends UncheckedIOException {
        PowerFailure() {
            super(new IOException("the power failed"));
        }
    }

    /** A disk whose power fails after a number of steps; of what was not synced then, a part may be there. */
    private static final class FailingDisk extends Disk {
        private final Random random;
        private final Map<Path, byte[]> now = new HashMap<>();
        private final Map<Path, byte[]> contentsOnDisk = new HashMap<>();
        private final Map<Path, byte[]> namesOnDisk = new HashMap<>();
        private int stepsLeft;

        FailingDisk(Random random) {
            this.random = random;
        }

        private void step() {
            if (stepsLeft-- == 0) {
                throw new PowerFailure();
            }
        }

        void failAfter(int steps) {
            stepsLeft = steps;
        }

        /** What is there when the power is back: a name that was not synced is the old or the new, contents are anything. */
        void comeBack() {
            Map<Path, byte[]> survivors = new HashMap<>();
            for (Map<Path, byte[]> names : List.of(namesOnDisk, now)) {
                names.forEach((name, bytes) -> {
                    if (names == namesOnDisk || random.nextBoolean()) {
                        survivors.put(name, surviving(bytes));
                    }
                });
            }
            namesOnDisk.keySet().forEach(name -> {
                if (!now.containsKey(name) && random.nextBoolean()) {
                    survivors.remove(name);
                }
            });
            now.clear();
            now.putAll(survivors);
            namesOnDisk.clear();
            namesOnDisk.putAll(survivors);
            stepsLeft = Integer.MAX_VALUE;
        }

        private byte[] surviving(byte[] bytes) {
            boolean synced = contentsOnDisk.values().stream().anyMatch(kept -> kept == bytes);
            return synced ? bytes : Arrays.copyOf(bytes, random.nextInt(bytes.length + 1));
        }

        @Override
        protected void createFolder(Path folder) {
            step();
        }

        @Override
        protected byte[] read(Path file) throws IOException {
            byte[] bytes = now.get(file);
            if (bytes == null) {
                throw new NoSuchFileException(file.toString());
            }
            return bytes;
        }

        @Override
        protected void write(Path file, byte[] bytes) {
            step();
            now.put(file, bytes.clone());
        }

        @Override
        protected void sync(Path file) {
            step();
            contentsOnDisk.put(file.resolveSibling("synced" + contentsOnDisk.size()), now.get(file));
        }

        @Override
        protected void rename(Path from, Path to) {
            step();
            now.put(to, now.remove(from));
        }

        @Override
        protected void delete(Path file) {
            step();
            now.remove(file);
        }

        @Override
        protected void syncFolder(Path folder) {
            step();
            namesOnDisk.clear();
            namesOnDisk.putAll(now);
        }
    }

    @Test
    void whatIsSavedIsLoaded() throws IOException {
        ReservationStore store = new ReservationFolder(folder.resolve("reservations"));
        assertEquals(Optional.empty(), store.load(UNIT));
        store.save(UNIT, OLD);
        assertEquals(text(OLD), text(store.load(UNIT)));
        store.save(UNIT, NEW);
        assertEquals(text(NEW), text(store.load(UNIT)));
        assertTrue(store.load(UNIT).orElseThrow().isPersistent());
        store.delete(UNIT);
        assertEquals(Optional.empty(), store.load(UNIT));
        store.delete(UNIT);
        new ReservationFolder(folder.resolve("none")).delete(UNIT);
    }

    @Test
    void whatAPowerFailureHasLeftGoesWithTheUnit() throws IOException {
        ReservationStore store = new ReservationFolder(folder);
        Files.writeString(folder.resolve(UNIT + ".new"), "half");
        assertEquals(Optional.empty(), store.load(UNIT));
        store.delete(UNIT);
        try (var files = Files.list(folder)) {
            assertEquals(0, files.count());
        }
    }

    @Test
    void nobodyElseReadsTheKeys() throws IOException {
        new ReservationFolder(folder).save(UNIT, NEW);
        Path file = folder.resolve(UNIT + ".txt");
        assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
        try (var files = Files.list(folder)) {
            assertEquals(1, files.count());
        }
    }

    @Test
    void afterAPowerFailureAtAnyStepTheOldStateIsThereOrTheNew() throws IOException {
        long seed = System.nanoTime();
        System.out.println("seed " + seed);
        Random random = new Random(seed);
        for (int round = 0; round < 2000; round++) {
            FailingDisk disk = new FailingDisk(random);
            disk.failAfter(Integer.MAX_VALUE);
            ReservationStore store = new ReservationFolder(folder, disk);
            boolean first = random.nextBoolean();
            if (!first) {
                store.save(UNIT, OLD);
            }
            String before = first ? "nothing" : text(OLD);
            boolean deletes = random.nextBoolean();
            String after = deletes ? "nothing" : text(NEW);
            disk.failAfter(random.nextInt(9));
            boolean done = false;
            try {
                if (deletes) {
                    store.delete(UNIT);
                } else {
                    store.save(UNIT, NEW);
                }
                done = true;
            } catch (PowerFailure e) {
                // As it should be.
            }
            disk.comeBack();
            String found = text(store.load(UNIT));
            assertTrue(found.equals(after) || !done && found.equals(before), "seed " + seed + ": " + found);
        }
    }

    @Test
    void damageIsNeverTakenForAState() throws IOException {
        ReservationStore store = new ReservationFolder(folder);
        store.save(UNIT, NEW);
        Path file = folder.resolve(UNIT + ".txt");
        byte[] whole = Files.readAllBytes(file);
        for (int length = 0; length < whole.length; length++) {
            Files.write(file, Arrays.copyOf(whole, length));
            assertThrows(IOException.class, () -> store.load(UNIT));
        }
        for (int at = 0; at < whole.length; at++) {
            byte[] damaged = whole.clone();
            damaged[at] ^= 0x04;
            Files.write(file, damaged);
            assertThrows(IOException.class, () -> store.load(UNIT));
        }
    }

    @Test
    void aFileOfAnotherUnitIsNone() throws IOException {
        ReservationStore store = new ReservationFolder(folder);
        store.save(UNIT, NEW);
        String other = "3000000000000002";
        Files.copy(folder.resolve(UNIT + ".txt"), folder.resolve(other + ".txt"));
        assertThrows(IOException.class, () -> store.load(other));
        assertThrows(IllegalArgumentException.class, () -> store.delete("../etc/x"));
    }
}
