package org.lunaria.admin.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lunaria.admin.ByteSize;
import org.lunaria.admin.Configuration;
import org.lunaria.admin.NewStore;

/** The process dies at each step of a change in turn, and at each step of the start that follows. */
class ConfigurationCrashTest {
    private static final String MEMORY = "org.lunaria.backend.memory";
    private static final Configuration OLD = Configuration.EMPTY
            .with(MEMORY, "a", Map.of("backend.id", "a", "sizeBytes", "1048576"))
            .with(InstanceId.UNIT, "a", Map.of("backend.id", "a"))
            .with(InstanceId.TARGET, "t", Map.of("iqn", "iqn.2026-11.org.lunaria:t", "luns", "0=a"));

    /** Adds, changes and removes. */
    private static final Configuration NEW = Configuration.EMPTY
            .with(MEMORY, "b", Map.of("backend.id", "b", "sizeBytes", "1048576"))
            .with(InstanceId.UNIT, "b", Map.of("backend.id", "b"))
            .with(InstanceId.TARGET, "t", Map.of("iqn", "iqn.2026-11.org.lunaria:t", "luns", "0=b"));

    private static final NewStore MEMORY_STORE = new NewStore("memory", Optional.empty(), Optional.empty(), Map.of());

    @TempDir
    private Path folder;

    /** Dies at a step, and does nothing from then on. */
    private static final class Mortal implements Runnable {
        private int stepsLeft;

        Mortal(int steps) {
            stepsLeft = steps;
        }

        @Override
        public void run() {
            if (stepsLeft-- <= 0) {
                throw new Death();
            }
        }
    }

    private static final class Death extends Error {
        private static final long serialVersionUID = 1;
    }

    @Test
    void changeIsWholeWheneverTheProcessDies() throws IOException {
        List<Configuration> found = new ArrayList<>();
        for (int steps = 0; ; steps++) {
            Path home = Files.createDirectories(folder.toRealPath().resolve("at-" + steps));
            new FakeAppliance(home).history.apply(OLD);
            boolean died = dies(home, steps);
            found.add(afterRestart(home));
            assertEquals(Set.of(), rests(home), "after " + steps + " steps");
            if (!died) {
                break;
            }
        }
        int firstNew = found.indexOf(NEW);
        assertTrue(
                firstNew > 1 && firstNew < found.size() - 10,
                "the new one is found first after " + firstNew + " steps");
        assertEquals(Set.of(OLD), Set.copyOf(found.subList(0, firstNew)));
        assertEquals(Set.of(NEW), Set.copyOf(found.subList(firstNew, found.size())));
    }

    @Test
    void startThatDiesIsMadeUpForByTheNext() throws IOException {
        for (int steps = 0; ; steps++) {
            Path home = Files.createDirectories(folder.toRealPath().resolve("start-" + steps));
            new FakeAppliance(home).history.apply(OLD);
            assertTrue(dies(home, 6));
            boolean died = false;
            try {
                FakeAppliance mortal = new FakeAppliance(home, new Mortal(steps));
                mortal.journal.finish(() -> mortal.keeper.keepWritten(Author.FINISHED));
            } catch (Death e) {
                died = true;
            }
            assertEquals(NEW, afterRestart(home), "after " + steps + " steps");
            if (!died) {
                assertTrue(steps > 10, "a start has only " + steps + " steps");
                return;
            }
        }
    }

    @Test
    void removedVolumeIsWholeOrGoneWheneverTheProcessDies() throws IOException {
        Configuration unmapped = OLD.without(InstanceId.TARGET, "t");
        for (int steps = 0; ; steps++) {
            Path home = Files.createDirectories(folder.toRealPath().resolve("volume-" + steps));
            new FakeAppliance(home).history.apply(unmapped);
            FakeAppliance mortal = FakeAppliance.started(home, new Mortal(steps));
            boolean died = false;
            try {
                mortal.volumes.delete("a", false);
            } catch (Death e) {
                died = true;
            }
            Configuration found = afterRestart(home);
            assertTrue(Set.of(unmapped, Configuration.EMPTY).contains(found), () -> "it is " + found);
            if (!died) {
                assertEquals(Configuration.EMPTY, found);
                return;
            }
        }
    }

    @Test
    void movedVolumeHasOneStoreOrTheOtherAndNoneIsLeftOverWheneverTheProcessDies() throws IOException {
        Configuration before = OLD.without(InstanceId.TARGET, "t");
        Set<Configuration> found = new HashSet<>();
        boolean died = true;
        for (int steps = 0; died; steps++) {
            Path home = Files.createDirectories(folder.toRealPath().resolve("move-" + steps));
            new FakeAppliance(home).history.apply(before);
            FakeAppliance.started(home, () -> {}).volumes.migrate("a", MEMORY_STORE, 0);
            FakeAppliance mortal = FakeAppliance.started(home, new Mortal(steps));
            mortal.copies.put("a", "IN_SYNC");
            died = dies(mortal.volumes::finishMoves);
            found.add(afterRestart(home));
        }
        found.forEach(each -> {
            boolean moved = "a.2".equals(unit(each).get("backend.id"));
            assertEquals(!moved, "a.2".equals(unit(each).get("copyTo")));
            assertEquals(
                    moved ? Set.of("a.2") : Set.of("a", "a.2"),
                    each.instances(MEMORY).keySet());
        });
        assertEquals(2, found.size());
    }

    @Test
    void cancelledMoveLeavesNothingOrGoesOnWheneverTheProcessDies() throws IOException {
        Configuration before = OLD.without(InstanceId.TARGET, "t");
        Set<Configuration> found = new HashSet<>();
        boolean died = true;
        for (int steps = 0; died; steps++) {
            Path home = Files.createDirectories(folder.toRealPath().resolve("cancel-" + steps));
            new FakeAppliance(home).history.apply(before);
            FakeAppliance.started(home, () -> {}).volumes.migrate("a", MEMORY_STORE, 0);
            FakeAppliance mortal = FakeAppliance.started(home, new Mortal(steps));
            died = dies(() -> mortal.volumes.cancelMove("a"));
            found.add(afterRestart(home));
        }
        found.removeIf(each -> "a.2".equals(unit(each).get("copyTo"))
                && Set.of("a", "a.2").equals(each.instances(MEMORY).keySet()));
        assertEquals(Set.of(before), found);
    }

    private static Map<String, String> unit(Configuration configuration) {
        return configuration.values(InstanceId.UNIT, "a").orElseThrow();
    }

    private static boolean dies(Runnable work) {
        try {
            work.run();
            return false;
        } catch (Death e) {
            return true;
        }
    }

    /** Its file names the smaller of the two sizes until it has the larger, whichever way it goes. */
    @Test
    void resizedVolumeIsOfEitherSizeWheneverTheProcessDies() throws IOException {
        for (long wanted : new long[] {1 << 19, 2 << 20}) {
            resizeAndDie(wanted);
        }
    }

    private void resizeAndDie(long wanted) throws IOException {
        boolean died = true;
        for (int steps = 0; died; steps++) {
            Path home = Files.createDirectories(folder.toRealPath().resolve("size-" + wanted + "-" + steps));
            new FakeAppliance(home).history.apply(OLD.without(InstanceId.TARGET, "t"));
            FakeAppliance mortal = FakeAppliance.started(home, new Mortal(steps));
            died = dies(() -> mortal.volumes.resize("a", new ByteSize(wanted), true));
            long has = mortal.capacities.getOrDefault("a", 1L << 20);
            assertTrue(has == 1 << 20 || has == wanted, "it has " + has);
            long said = Long.parseLong(
                    afterRestart(home).values(MEMORY, "a").orElseThrow().get("sizeBytes"));
            assertTrue(said == 1 << 20 || said == wanted, "its file says " + said);
            assertTrue(said <= has, "its file says " + said + ", and it has " + has + ": that is not served");
            FakeAppliance next = FakeAppliance.started(home, () -> {});
            next.capacities.put("a", has);
            next.volumes.resize("a", new ByteSize(has), false);
            assertTrue(next.file(InstanceId.backend("memory", "a")).contains("sizeBytes = " + has));
            assertTrue(died || said == wanted && has == wanted);
        }
    }

    private static boolean dies(Path home, int steps) throws IOException {
        try {
            FakeAppliance.started(home, new Mortal(steps)).history.apply(NEW);
            return false;
        } catch (Death e) {
            return true;
        }
    }

    private static Configuration afterRestart(Path home) {
        try {
            FakeAppliance next = new FakeAppliance(home);
            next.journal.finish(() -> next.keeper.keepWritten(Author.FINISHED));
            next.watch.look();
            assertEquals(List.of(), next.watch.troubles());
            Configuration current = next.history.current();
            int newest = next.history.list().size();
            assertEquals(current, next.history.get(newest));
            return current;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Set<String> rests(Path home) throws IOException {
        try (var files = Files.list(home.resolve("history"))) {
            return Set.copyOf(files.map(file -> file.getFileName().toString())
                    .filter(name -> name.equals(IntentJournal.FILE))
                    .toList());
        }
    }
}
