package org.lunaria.backend.file.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.lunaria.backend.file.internal.CrashingVolume.BLOCK;
import static org.lunaria.backend.file.internal.CrashingVolume.isDone;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.lunaria.backend.BlockBackend.Flag;
import org.lunaria.backend.TestIo;
import org.lunaria.backend.file.internal.CrashingCalls.Stop;

/**
 * Stops the machine at each call of a random run of atomic writes, plain writes, zeroes and flushes, opens the volume anew,
 * maybe stops at a call of that as well, and looks at what is there.
 *
 * <p>Each operation writes its own number into its blocks, so that a block tells whose it is. Right is: the last operation
 * that was sure to be kept, or one after it; and of an atomic write that was not answered all of the blocks or none.
 */
class AtomicCrashTest {

    private static final int BLOCKS = 64;
    private static final int OPERATIONS = 14;
    private static final int RUNS = 12;

    /** What became of an operation. */
    private enum Fate {
        /** Not answered: maybe done, a plain one maybe in part. */
        OPEN,
        /** Answered: done, and kept if the process alone is killed. */
        DONE,
        /** Kept, whatever happens. */
        DURABLE
    }

    private static final class Change {
        final int number;
        final boolean atomic;
        final int first;
        final int count;
        Fate fate = Fate.OPEN;

        Change(int number, boolean atomic, int first, int count) {
            this.number = number;
            this.atomic = atomic;
            this.first = first;
            this.count = count;
        }

        boolean touches(int block) {
            return block >= first && block < first + count;
        }

        @Override
        public String toString() {
            return number + (atomic ? " atomic " : " plain ") + first + "+" + count + " " + fate;
        }
    }

    private final List<Change> changes = new ArrayList<>();
    private CrashingVolume volume;

    @ParameterizedTest
    @EnumSource(Stop.class)
    void whereverTheMachineStopsAtomicWritesAreThereAsAWholeOrNotAtAll(Stop how) throws Exception {
        long seed = Long.getLong("lunaria.seed", System.nanoTime());
        System.out.println("AtomicCrashTest " + how + ": -Dlunaria.seed=" + seed);
        for (int run = 0; run < RUNS; run++) {
            boolean stopped = true;
            for (long at = 1; stopped; at++) {
                String where = how + " seed " + seed + " run " + run + " stopped at " + at;
                stopped = stopAndLook(how, new Random(seed + run), new Random(seed + 31 * run + at), at, where);
            }
        }
    }

    /** Whether the machine was stopped at all, so that there may be a later place. */
    private boolean stopAndLook(Stop how, Random load, Random chance, long at, String where) throws Exception {
        changes.clear();
        volume = new CrashingVolume(chance, BLOCKS * BLOCK);
        int total = 0;
        volume.calls().stopAt(at);
        while (!volume.calls().isStopped() && total < OPERATIONS) {
            total++;
            step(load);
        }
        volume.close();
        boolean stopped = volume.calls().isStopped();
        volume.restart(how);
        volume.open();
        look(how, where);
        // What is written now is not undone by another opening.
        int number = changes.size() + 1;
        Change last = new Change(number, false, 0, BLOCKS);
        changes.add(last);
        assertEquals(Fate.DONE, await(last, plain(last)), where);
        assertTrue(isDone(volume.store().flush()), where);
        last.fate = Fate.DURABLE;
        volume.calls().stop();
        volume.close();
        volume.calls().restart(how);
        volume.open();
        look(how, where + ", second look");
        volume.close();
        return stopped;
    }

    private void step(Random load) throws Exception {
        switch (load.nextInt(8)) {
            case 0, 1, 2 -> {
                Change change = next(true, load.nextInt(BLOCKS), 1 + load.nextInt(16));
                await(change, atomic(change));
            }
            case 3 -> several(load);
            case 4, 5 -> {
                Change change = next(false, load.nextInt(BLOCKS), 1 + load.nextInt(16));
                await(change, plain(change));
            }
            case 6 -> {
                Change change = next(false, load.nextInt(BLOCKS), 1 + load.nextInt(16));
                change.fate = Fate.OPEN;
                await(change, durable(change));
                if (change.fate == Fate.DONE) {
                    change.fate = Fate.DURABLE;
                }
            }
            default -> flush();
        }
    }

    /** Atomic writes that are under way together, and do not overlap. */
    private void several(Random load) throws Exception {
        List<Change> together = new ArrayList<>();
        List<CompletableFuture<Void>> stages = new ArrayList<>();
        for (int n = 0; n < 3; n++) {
            Change change = next(true, n * 20 + load.nextInt(8), 1 + load.nextInt(12));
            together.add(change);
            stages.add(atomic(change));
        }
        for (int n = 0; n < together.size(); n++) {
            await(together.get(n), stages.get(n));
        }
    }

    private void flush() throws Exception {
        if (isDone(volume.store().flush())) {
            changes.stream().filter(change -> change.fate == Fate.DONE).forEach(change -> change.fate = Fate.DURABLE);
        }
    }

    private Change next(boolean atomic, int first, int count) {
        Change change = new Change(changes.size() + 1, atomic, first, Math.min(count, BLOCKS - first));
        changes.add(change);
        return change;
    }

    private static ByteBuffer data(Change change) {
        ByteBuffer data = ByteBuffer.allocateDirect(change.count * BLOCK);
        while (data.hasRemaining()) {
            data.put((byte) change.number);
        }
        return data.rewind();
    }

    private CompletableFuture<Void> atomic(Change change) {
        return write(change, EnumSet.of(Flag.ATOMIC));
    }

    private CompletableFuture<Void> plain(Change change) {
        return write(change, EnumSet.noneOf(Flag.class));
    }

    private CompletableFuture<Void> durable(Change change) {
        return write(change, EnumSet.of(Flag.DURABLE));
    }

    private CompletableFuture<Void> write(Change change, Set<Flag> flags) {
        return volume.store()
                .write((long) change.first * BLOCK, data(change), flags)
                .toCompletableFuture();
    }

    private static Fate await(Change change, CompletableFuture<Void> stage) throws Exception {
        if (isDone(stage)) {
            change.fate = change.atomic ? Fate.DURABLE : Fate.DONE;
        }
        return change.fate;
    }

    private void look(Stop how, String where) {
        byte[] bytes = new TestIo(volume.store()).read(0, BLOCKS * BLOCK);
        for (int block = 0; block < BLOCKS; block++) {
            int number = bytes[block * BLOCK];
            for (int i = 0; i < BLOCK; i++) {
                assertEquals(number, bytes[block * BLOCK + i], where + ": block " + block + " is a mixture");
            }
            checkBlock(how, block, number, where);
        }
        for (Change change : changes) {
            if (change.atomic) {
                checkWhole(change, bytes, where);
            }
        }
    }

    /** The last change that was sure to be kept, or a later one. */
    private void checkBlock(Stop how, int block, int number, String where) {
        int sure = 0;
        boolean isOne = number == 0;
        for (Change change : changes) {
            if (change.touches(block)) {
                boolean kept = change.fate == Fate.DURABLE || how == Stop.KILL && change.fate == Fate.DONE;
                sure = kept ? change.number : sure;
                isOne |= change.number == number;
            }
        }
        assertTrue(isOne && number >= sure, where + ": block " + block + " is of " + number + ": " + changes);
    }

    /** Where nothing came after it, all of it or nothing. */
    private void checkWhole(Change change, byte[] bytes, String where) {
        Set<Boolean> there = new HashSet<>();
        for (int block = change.first; block < change.first + change.count; block++) {
            int at = block;
            boolean last = changes.stream().noneMatch(other -> other.number > change.number && other.touches(at));
            if (last) {
                there.add(bytes[block * BLOCK] == change.number);
            }
        }
        assertTrue(there.size() < 2, where + ": a part of " + change + ": " + changes);
    }
}
