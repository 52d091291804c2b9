package org.lunaria.admin.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lunaria.admin.ApplianceException;
import org.osgi.service.component.runtime.dto.ComponentConfigurationDTO;

/** A process that dies is a change that nobody closes: what is then found by the next start. */
class ChangeTest {
    private static final InstanceId BACKEND = InstanceId.backend("memory", "a");
    private static final InstanceId UNIT = InstanceId.unit("a");

    @TempDir
    private Path home;

    private FakeAppliance appliance;

    @BeforeEach
    void open() throws IOException {
        appliance = new FakeAppliance(home.toRealPath());
    }

    @Test
    void newConfigurationsOfAProcessThatDiedAreForgottenAtTheNextStart() throws IOException {
        Change change = appliance.changes.begin();
        change.tryOut(BACKEND, text("1"));
        change.tryOut(UNIT, text("2"));
        assertEquals(Set.of(), appliance.files());
        assertEquals(List.of(BACKEND, UNIT), appliance.deletedAtStart());
        assertEquals(Map.of(), appliance.configurationAdmin.properties());
    }

    @Test
    void filesAreWrittenInTheOrderOfTheTrialAndStand() throws IOException {
        try (Change change = appliance.changes.begin()) {
            change.tryOut(BACKEND, text("1"));
            change.tryOut(UNIT, text("2"));
            change.commit();
        }
        assertEquals(Set.of(BACKEND.fileName(), UNIT.fileName()), appliance.files());
        assertEquals(List.of(), appliance.deletedAtStart());
        assertEquals("1", appliance.configured(BACKEND, "key"));
    }

    @Test
    void uncommittedChangeGoesBackToWhatWasThere() throws IOException {
        try (Change change = appliance.changes.begin()) {
            change.tryOut(BACKEND, text("old"));
            change.commit();
        }
        try (Change change = appliance.changes.begin()) {
            change.tryOut(BACKEND, text("new"));
            change.tryOut(BACKEND, text("newer"));
            change.tryOut(UNIT, text("2"));
            assertEquals("newer", appliance.configured(BACKEND, "key"));
        }
        assertEquals("old", appliance.configured(BACKEND, "key"));
        assertEquals(Optional.empty(), appliance.configurations.values(UNIT));
        assertEquals("key = old\n", appliance.file(BACKEND));
    }

    @Test
    void componentThatStartsAnewGoesBackUnlessTheChangeIsCommitted() throws IOException {
        try (Change change = appliance.changes.begin()) {
            change.tryOut(BACKEND, text("old"));
            change.commit();
        }
        try (Change change = appliance.changes.begin()) {
            change.startAnew(BACKEND, text("new"));
            assertEquals("new", appliance.configured(BACKEND, "key"));
        }
        assertEquals("old", appliance.configured(BACKEND, "key"));
        assertEquals("key = old\n", appliance.file(BACKEND));
        try (Change change = appliance.changes.begin()) {
            change.startAnew(BACKEND, text("new"));
            change.commit();
        }
        assertEquals("new", appliance.configured(BACKEND, "key"));
        assertEquals("key = new\n", appliance.file(BACKEND));
    }

    @Test
    void fileThatCannotBeWrittenUndoesTheOthers() throws IOException {
        Path obstacle = appliance.home.resolve("etc").resolve(UNIT.fileName());
        try (Change change = appliance.changes.begin()) {
            change.tryOut(BACKEND, text("1"));
            change.tryOut(UNIT, text("2"));
            Files.createDirectories(obstacle.resolve("occupied"));
            ApplianceException refused = assertThrows(ApplianceException.class, change::commit);
            assertTrue(refused.getMessage().startsWith("cannot "), refused.getMessage());
        }
        assertEquals(Set.of(UNIT.fileName()), appliance.files());
        assertTrue(Files.isDirectory(obstacle));
        assertEquals(Map.of(), appliance.configurationAdmin.properties());
    }

    @Test
    void stepThatCannotBeUndoneKeepsNoOtherFromIt() {
        List<String> undone = new ArrayList<>();
        try (Change change = appliance.changes.begin()) {
            change.onUndo(() -> undone.add("first"));
            change.onUndo(() -> {
                throw new IllegalStateException("on purpose, to be logged");
            });
            change.onUndo(() -> undone.add("last"));
        }
        assertEquals(List.of("last", "first"), undone);
    }

    @Test
    void componentThatNeverComesEndsTheWaitWithItsReason() {
        appliance.runtime.set(BACKEND, ComponentConfigurationDTO.UNSATISFIED_REFERENCE);
        try (Change change = appliance.changes.begin()) {
            ApplianceException refused =
                    assertThrows(ApplianceException.class, () -> change.tryOut(BACKEND, text("1")));
            assertEquals("org.lunaria.backend.memory a waits for the service engine.", refused.getMessage());
        }
        assertEquals(Map.of(), appliance.configurationAdmin.properties());
    }

    @Test
    void kindWithoutABundleIsRefusedWithWhatToDo() {
        InstanceId tape = InstanceId.backend("tape", "a");
        try (Change change = appliance.changes.begin()) {
            ApplianceException refused = assertThrows(ApplianceException.class, () -> change.tryOut(tape, text("1")));
            assertEquals(
                    "no bundle that is started takes configurations of org.lunaria.backend.tape; install or start the one"
                            + " that does.",
                    refused.getMessage());
        }
    }

    @Test
    void interruptedWaitForAnotherChangeChangesNothing() throws InterruptedException {
        List<Throwable> thrown = new ArrayList<>();
        try (Change first = appliance.changes.begin()) {
            Thread second =
                    new Thread(() -> thrown.add(assertThrows(ApplianceException.class, appliance.changes::begin)));
            second.start();
            second.interrupt();
            second.join();
            first.commit();
        }
        assertEquals(1, thrown.size());
        appliance.changes.begin().close();
        assertFalse(Thread.currentThread().isInterrupted());
    }

    private CfgText text(String value) {
        return appliance.changes.newText().with("key", value);
    }
}
