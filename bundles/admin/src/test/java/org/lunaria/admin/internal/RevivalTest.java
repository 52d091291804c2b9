package org.lunaria.admin.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.service.component.runtime.dto.ComponentConfigurationDTO;

class RevivalTest {
    private static final InstanceId DISK = new InstanceId("org.lunaria.backend.file", "disk");

    @TempDir
    private Path home;

    private FakeAppliance appliance;
    private Revival revival;
    private final List<InstanceId> tried = new ArrayList<>();
    private long nanos;

    @BeforeEach
    void aVolumeThatCouldNotBeOpened() throws Exception {
        appliance = new FakeAppliance(home);
        Components components = new Components(appliance.runtime, pid -> true);
        revival = new Revival(appliance.changes, components, tried::add, () -> nanos);
        appliance.configurations.put(DISK, Map.of("backend.id", "disk"));
        appliance.runtime.refuse(DISK, "the file is in use");
        revival.look();
    }

    @Test
    void itIsTriedAfterASecondAndThenAfterLongerAndLongerPauses() throws Exception {
        int before = tried.size();
        for (long pause : new long[] {1, 2, 4, 8, 16, 32, 60, 60}) {
            pass(TimeUnit.SECONDS.toMillis(pause) - 1);
            assertEquals(before, tried.size(), pause + " s");
            pass(1);
            assertEquals(++before, tried.size(), pause + " s");
        }
    }

    @Test
    void itIsTriedAtOnceWhenABundleHasStopped() throws Exception {
        int before = tried.size();
        revival.lookAtOnce();
        assertEquals(before + 1, tried.size());
        revival.look();
        assertEquals(before + 1, tried.size());
    }

    @Test
    void whatRunsIsLeftAloneAndOneThatFailsLaterBeginsAnew() throws Exception {
        pass(1000);
        appliance.runtime.set(DISK, ComponentConfigurationDTO.ACTIVE);
        int before = tried.size();
        pass(100_000);
        revival.lookAtOnce();
        assertEquals(before, tried.size());
        appliance.runtime.refuse(DISK, "the file is in use");
        pass(0);
        pass(1000);
        assertEquals(before + 1, tried.size());
    }

    @Test
    void whatIsSeenWhileItIsTriedKeepsItsPause() throws Exception {
        pass(1000);
        appliance.runtime.set(DISK, ComponentConfigurationDTO.SATISFIED);
        pass(0);
        appliance.runtime.refuse(DISK, "the file is in use");
        int before = tried.size();
        pass(1999);
        assertEquals(before, tried.size());
        pass(1);
        assertEquals(before + 1, tried.size());
    }

    @Test
    void itsConfigurationIsHandedOverAsItWas() {
        Map<String, Object> values = appliance.configurations.values(DISK).orElseThrow();
        appliance.configurations.handOverAgain(DISK);
        assertEquals(values, appliance.configurations.values(DISK).orElseThrow());
        appliance.configurations.handOverAgain(new InstanceId("org.lunaria.backend.file", "none"));
        assertEquals(
                List.of(DISK),
                List.copyOf(appliance
                        .configurations
                        .list("org.lunaria.backend.file")
                        .keySet()));
    }

    @Test
    void itWaitsForTheEndOfAChange() throws Exception {
        int before = tried.size();
        Thread other = new Thread(revival::lookAtOnce);
        try (Change change = appliance.changes.begin()) {
            other.start();
            other.join();
            assertEquals(before, tried.size());
        }
        revival.look();
        assertEquals(before + 1, tried.size());
    }

    private void pass(long millis) {
        nanos += TimeUnit.MILLISECONDS.toNanos(millis);
        revival.look();
    }
}
