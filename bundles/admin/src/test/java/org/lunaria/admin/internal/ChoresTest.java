package org.lunaria.admin.internal;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import javax.management.MBeanServerFactory;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ChoresTest {
    private static final InstanceId DISK = new InstanceId("org.lunaria.backend.file", "disk");
    private static final int WAIT_SECONDS = 30;

    @TempDir
    private Path home;

    private final CountDownLatch twoLooks = new CountDownLatch(2);
    private final CountDownLatch attempt = new CountDownLatch(1);
    private FakeAppliance appliance;

    @BeforeEach
    void startAppliance() throws Exception {
        appliance = new FakeAppliance(home);
    }

    @Test
    void whatFailsIsDoneTheNextTime() throws Exception {
        try (Chores chores = chores()) {
            chores.start();
            assertTrue(twoLooks.await(WAIT_SECONDS, TimeUnit.SECONDS));
        }
    }

    @Test
    void aBackendIsTriedAgainAsSoonAsSomethingHasGone() throws Exception {
        appliance.configurations.put(DISK, Map.of("backend.id", "disk"));
        appliance.runtime.refuse(DISK, "the file is in use");
        try (Chores chores = chores()) {
            chores.reviveAtOnce();
            assertTrue(attempt.await(WAIT_SECONDS, TimeUnit.SECONDS));
        }
    }

    @Test
    void filesAreLookedAtByThemselves() throws Exception {
        Files.writeString(home.resolve("etc/org.lunaria.portal-late.cfg"), "address=127.0.0.1\nport=3260\n");
        try (Chores chores = chores()) {
            chores.start();
            InstanceId late = new InstanceId(InstanceId.PORTAL, "late");
            long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(WAIT_SECONDS);
            while (appliance.configurations.values(late).isEmpty()) {
                assertTrue(System.nanoTime() - deadline < 0, "the file was not seen");
                Thread.onSpinWait();
            }
        }
    }

    /** Of which the managed beans fail each time. */
    private Chores chores() {
        Components components = new Components(appliance.runtime, pid -> true);
        Revival revival = new Revival(appliance.changes, components, id -> attempt.countDown(), System::nanoTime);
        ManagedBeans beans = new ManagedBeans(MBeanServerFactory.newMBeanServer(), this::fail, System::nanoTime);
        return new Chores(appliance.watch, appliance.volumes, revival, beans);
    }

    private ManagedBeans.Objects fail() {
        twoLooks.countDown();
        throw new IllegalStateException("the test says so");
    }
}
