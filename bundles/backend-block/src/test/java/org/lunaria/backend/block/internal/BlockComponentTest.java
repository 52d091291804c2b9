package org.lunaria.backend.block.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.lunaria.backend.BlockBackend;
import org.lunaria.backend.BlockBackend.Fault;
import org.lunaria.backend.TestIo;
import org.lunaria.backend.TestServices;
import org.lunaria.settings.InvalidSetting;

class BlockComponentTest {

    private final TestServices services = new TestServices();
    private LoopDevice loop;
    private Map<String, Object> config;

    @BeforeEach
    void attach() throws IOException {
        loop = LoopDevice.of(1 << 20);
        config = Config.of(loop.path());
    }

    @AfterEach
    void detach() throws IOException {
        loop.close();
    }

    @Test
    void aConfiguredVolumeIsAServiceUntilItsEndAndThenAgain() {
        for (int i = 0; i < 2; i++) {
            BlockComponent component = new BlockComponent(services.context(), config);
            assertEquals("disk-1", services.only().property("backend.id"));
            assertEquals("block", services.only().property("backend.kind"));
            assertEquals(1 << 20, services.only().backend().profile().capacityBytes());
            component.deactivate();
            assertTrue(services.all().isEmpty());
        }
    }

    @Test
    void aSecondVolumeOnTheSameDeviceIsRefused() {
        BlockComponent component = new BlockComponent(services.context(), config);
        assertThrows(InvalidSetting.class, () -> new BlockComponent(services.context(), config));
        assertEquals(1, services.all().size());
        component.deactivate();
    }

    @Test
    void anotherDeviceAndNonsenseAreRefusedAndToldUntilTheyAreSetBack() {
        BlockComponent component = new BlockComponent(services.context(), config);
        BlockBackend running = services.only().backend();
        component.modified(Config.of(Path.of("/dev/null")));
        assertTrue(
                running.trouble().contains("device = /dev/null: a volume that runs keeps its device"),
                running.trouble());
        component.modified(Config.of(Path.of("null")));
        assertTrue(running.trouble().contains("device = null: give the absolute path"), running.trouble());
        component.modified(config);
        assertEquals("", running.trouble());
        assertEquals(running, services.only().backend());
        component.deactivate();
    }

    @Test
    void whatDoesNotSayWhichDeviceItIsIsTakenWhileItRuns() {
        BlockComponent component = new BlockComponent(services.context(), config);
        BlockBackend before = services.only().backend();
        Map<String, Object> direct = new HashMap<>(config);
        direct.put("direct", true);
        component.modified(direct);
        BlockBackend after = services.only().backend();
        assertNotSame(before, after);
        component.modified(direct);
        assertEquals(after, services.only().backend());
        component.deactivate();
        assertTrue(services.all().isEmpty());
    }

    @Test
    void aVolumeWhoseDeviceIsGoneIsNoServiceUntilItIsThereAgain() throws IOException {
        BlockComponent component = new BlockComponent(services.context(), config);
        BlockBackend backend = services.only().backend();
        for (int times = 0; times < 2; times++) {
            loop.resize(0);
            assertEquals(Fault.OFFLINE, TestIo.faultOf(backend.read(0, ByteBuffer.allocateDirect(512))));
            await(() -> services.all().isEmpty());
            loop.resize(1 << 20);
            await(() -> !services.all().isEmpty());
            assertEquals(backend, services.only().backend());
            TestIo.await(backend.read(0, ByteBuffer.allocateDirect(512)));
        }
        component.deactivate();
        assertTrue(services.all().isEmpty());
    }

    @Test
    void aVolumeMayEndWhileItsDeviceIsGone() throws IOException {
        BlockComponent component = new BlockComponent(services.context(), config);
        loop.resize(0);
        assertEquals(Fault.OFFLINE, TestIo.faultOf(services.only().backend().read(0, ByteBuffer.allocateDirect(512))));
        component.deactivate();
        assertTrue(services.all().isEmpty());
        loop.resize(1 << 20);
        new BlockComponent(services.context(), config).deactivate();
    }

    private static void await(BooleanSupplier condition) {
        long end = System.nanoTime() + TimeUnit.MINUTES.toNanos(1);
        while (!condition.getAsBoolean()) {
            assertTrue(System.nanoTime() < end, "nothing happened");
            Thread.onSpinWait();
        }
    }

    @Test
    void aBundleThatStopsLeavesTheDeviceFree() {
        services.stop();
        assertThrows(IllegalStateException.class, () -> new BlockComponent(services.context(), config));
        TestServices later = new TestServices();
        new BlockComponent(later.context(), config).deactivate();
    }
}
