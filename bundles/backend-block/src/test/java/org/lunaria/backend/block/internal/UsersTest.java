package org.lunaria.backend.block.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is read from /proc and /sys, of machines that this one is not. */
class UsersTest {

    private static final DeviceNumber SDB = new DeviceNumber(8, 16);

    @TempDir
    private Path root;

    private Users users;

    @BeforeEach
    void lieBareDisk() throws IOException {
        write("proc/self/mountinfo", "22 1 254:0 / / rw,relatime shared:1 - ext4 /dev/root rw\n");
        write("proc/swaps", "Filename\t\t\t\tType\t\tSize\t\tUsed\t\tPriority\n");
        write("sys/devices/sdb/queue/discard_granularity", "65536\n");
        Files.createDirectories(root.resolve("sys/devices/sdb/holders"));
        Files.createDirectories(root.resolve("sys/dev/block"));
        Files.createSymbolicLink(root.resolve("sys/dev/block/8:16"), root.resolve("sys/devices/sdb"));
        users = new Users(root.resolve("proc"), new Sysfs(root.resolve("sys")));
    }

    @Test
    void aBareDiskIsNobodys() {
        assertEquals(Optional.empty(), users.fileSystem(SDB));
        assertEquals(Optional.empty(), users.holder(SDB));
    }

    @Test
    void aMountedPartitionIsNamedWithItsFolder() throws IOException {
        partition();
        write(
                "proc/self/mountinfo",
                "22 1 254:0 / / rw - ext4 /dev/root rw\n30 22 8:17 / /srv/my\\040data rw shared:4 - xfs /dev/sdb1 rw\n");
        assertEquals(Optional.of("its partition sdb1 is mounted on /srv/my data; unmount it"), users.fileSystem(SDB));
        assertEquals(
                Optional.of("it is mounted on /srv/my data; unmount it"), users.fileSystem(new DeviceNumber(8, 17)));
    }

    @Test
    void aMappedDeviceIsNamedByWhatItIsAPartOf() throws IOException {
        write("sys/devices/sdb/holders/dm-3/dm/name", "vg0-data\n");
        assertEquals(Optional.of("it is a part of dm-3 (vg0-data); take it out of that"), users.holder(SDB));
        partition();
        write("sys/devices/sdb/holders/dm-3/dm/name", "");
        assertEquals(Optional.of("it is a part of dm-3; take it out of that"), users.holder(SDB));
    }

    @Test
    void aPartitionInAnArrayIsNamed() throws IOException {
        partition();
        Files.createDirectories(root.resolve("sys/devices/sdb/sdb1/holders/md0"));
        assertEquals(Optional.of("its partition sdb1 is a part of md0; take it out of that"), users.holder(SDB));
    }

    @Test
    void aPartitionHasTheQueueOfItsDisk() throws IOException {
        partition();
        Sysfs sysfs = users.sysfs();
        assertEquals(65536, sysfs.queueNumber(SDB, "discard_granularity"));
        assertEquals(65536, sysfs.queueNumber(new DeviceNumber(8, 17), "discard_granularity"));
        assertEquals(0, sysfs.queueNumber(SDB, "an_attribute_of_later_kernels"));
        assertEquals("", sysfs.queueText(new DeviceNumber(9, 9), "zoned"));
    }

    @Test
    void numbersAreThoseOfTheCLibrary() {
        assertEquals(new DeviceNumber(8, 17), DeviceNumber.of(0x811));
        assertEquals(new DeviceNumber(259, 0x12345), DeviceNumber.of(0x12310345L));
        assertEquals("259:3", DeviceNumber.of(0x10303).toString());
    }

    private void partition() throws IOException {
        write("sys/devices/sdb/sdb1/partition", "1\n");
        write("sys/devices/sdb/sdb1/dev", "8:17\n");
        Files.createSymbolicLink(root.resolve("sys/dev/block/8:17"), root.resolve("sys/devices/sdb/sdb1"));
    }

    private void write(String path, String text) throws IOException {
        Path file = root.resolve(path);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }
}
