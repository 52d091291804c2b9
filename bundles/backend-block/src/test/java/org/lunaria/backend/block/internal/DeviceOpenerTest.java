package org.lunaria.backend.block.internal;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lunaria.backend.TestIo;
import org.lunaria.posix.Errno;
import org.lunaria.posix.FaultyCalls;
import org.lunaria.settings.InvalidSetting;

/** Which devices are taken and which are refused, with what sentence. */
class DeviceOpenerTest {

    private static final int SIZE = 16 << 20;

    private final FaultyCalls calls = new FaultyCalls();
    private LoopDevice loop;

    @TempDir
    private Path folder;

    @BeforeEach
    void attach() throws IOException {
        loop = LoopDevice.of(SIZE);
    }

    @AfterEach
    void detach() throws IOException {
        loop.close();
    }

    @Test
    void aDeviceIsDescribedAsTheKernelSeesIt() {
        Device device = open();
        assertEquals("volume disk-1 (" + loop.path() + ")", device.toString());
        assertTrue(device.writable());
        assertEquals(512, device.sectorBytes());
        assertEquals(512, device.physicalBlockBytes());
        assertEquals(4096, device.unmapBytes());
        calls.close(device.fd());
    }

    @Test
    void aSectorOf4096BytesIsSeen() throws IOException {
        loop.close();
        loop = LoopDevice.of(SIZE, "--sector-size", "4096");
        Device device = open();
        assertEquals(4096, device.sectorBytes());
        assertEquals(4096, device.physicalBlockBytes());
        calls.close(device.fd());
    }

    @Test
    void aDeviceThatMayOnlyBeReadIsOpenedForThat() throws IOException {
        loop.close();
        loop = LoopDevice.of(SIZE, "--read-only");
        Device device = open();
        DeviceBackend store = new DeviceBackend(calls, device, System::nanoTime, () -> {});
        assertTrue(store.profile().capabilities().isEmpty(), store.profile()::toString);
        TestIo.await(store.flush());
        store.close();
    }

    @Test
    void aMountedDeviceIsRefusedWithItsFolderHoweverItIsToBeOpened() throws IOException {
        Path point = Files.createDirectory(folder.resolve("a folder"));
        loop.mount(point);
        try {
            byte[] before = firstBytes();
            refused("it is mounted on " + point + "; unmount it first, or give another device");
            refused("it is mounted on " + point + "; unmount it first, or give another device", "exclusive", "false");
            assertArrayEquals(before, firstBytes());
        } finally {
            LoopDevice.unmount(point);
        }
        calls.close(open().fd());
    }

    @Test
    void aDeviceThatAnotherVolumeHasIsRefused() {
        Device device = open();
        refused("it is open in this appliance, for another volume; end that first, or give another device");
        calls.close(device.fd());
        calls.close(open().fd());
    }

    @Test
    void aDeviceOfAnotherProcessIsRefusedWithItsName() throws Exception {
        Process holder = new ProcessBuilder(
                        "python3",
                        "-c",
                        "import os,sys; os.open(sys.argv[1], os.O_RDWR | os.O_EXCL); print('ready', flush=True); input()",
                        loop.path().toString())
                .start();
        try {
            assertEquals('r', holder.getInputStream().read());
            refused("it is open in process " + holder.pid() + " (python3); end that first, or give another device");
        } finally {
            holder.destroy();
            holder.waitFor();
        }
    }

    @Test
    void aDeviceThatIsSharedMayBeOpenTwice() {
        Device one = open("exclusive", "false");
        Device other = open("exclusive", "false");
        calls.close(one.fd());
        calls.close(other.fd());
    }

    @Test
    void whomTheApplianceCannotSeeItSaysSo() {
        calls.fail("openWritable", Errno.EBUSY);
        refused("somebody has it for himself, whom the appliance cannot see; end that first, or give another device");
    }

    @Test
    void whatIsNoDeviceIsRefused() throws IOException {
        Path file = Files.writeString(folder.resolve("disk.img"), "mine");
        refusedAt(file, "this is no block device; give one, as /dev/sdb, or for a file use a volume of kind file");
        refusedAt(
                Path.of("/dev/null"),
                "this is no block device; give one, as /dev/sdb, or for a file use a volume of kind file");
        refusedAt(folder.resolve("none"), "there is no such device; attach it, or give another");
        assertEquals("mine", Files.readString(file));
    }

    @Test
    void aLinkToADeviceIsTheDevice() throws IOException {
        Path link = Files.createSymbolicLink(folder.resolve("link"), loop.path());
        Device device = DeviceOpener.open(calls, Config.settings(link), Users.OF_THIS_SYSTEM);
        assertEquals(link, device.path());
        calls.close(device.fd());
    }

    @Test
    void aDriveWithoutAMediumIsRefusedAndClosed() throws IOException {
        loop.resize(0);
        refused("the device has no bytes, as a drive without a medium; put one in, or give another");
        calls.fail("openWritable", Errno.ENOMEDIUM);
        refused("the device cannot be opened: no medium (ENOMEDIUM); give the appliance's user the right to, or"
                + " another device");
        assertEquals(1, calls.count("close"));
    }

    private Device open(Object... more) {
        return DeviceOpener.open(calls, Config.settings(loop.path(), more), Users.OF_THIS_SYSTEM);
    }

    private byte[] firstBytes() throws IOException {
        try (InputStream bytes = Files.newInputStream(loop.path())) {
            return bytes.readNBytes(4096);
        }
    }

    private void refused(String hint, Object... more) {
        InvalidSetting refusal = assertThrows(InvalidSetting.class, () -> open(more));
        assertEquals(
                "org.lunaria.backend.block disk-1: device = " + loop.path() + ": " + hint + ".", refusal.getMessage());
    }

    private void refusedAt(Path path, String hint) {
        InvalidSetting refusal = assertThrows(
                InvalidSetting.class, () -> DeviceOpener.open(calls, Config.settings(path), Users.OF_THIS_SYSTEM));
        assertEquals("org.lunaria.backend.block disk-1: device = " + path + ": " + hint + ".", refusal.getMessage());
        assertFalse(refusal.getMessage().isEmpty());
    }
}
