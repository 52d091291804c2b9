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
import java.util.OptionalInt;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lunaria.admin.ApplianceException;
import org.lunaria.admin.ByteSize;
import org.lunaria.admin.NewVolume;
import org.lunaria.scsi.SizeChange;

class VolumeSizesTest {
    private static final InstanceId BACKEND = InstanceId.backend("file", "a");

    @TempDir
    private Path home;

    private FakeAppliance appliance;

    /** What the file said, and what the volume had, before each step of what is written. */
    private final List<String> steps = new ArrayList<>();

    /** The backend's component takes nothing from the first step of what is written on. */
    private boolean refusedOnceWritten;

    @BeforeEach
    void open() throws IOException {
        appliance = new FakeAppliance(home.toRealPath(), this::note);
        appliance.volumes.create(volume("a", "file", Optional.of("1M"), Map.of()));
        steps.clear();
    }

    @Test
    void aVolumeGrowsAndThenItsFileSaysSo() throws IOException {
        assertEquals(2 << 20, resize("a", "2M", false));
        assertTrue(appliance.file(BACKEND).contains("sizeBytes = 2097152"));
        assertEquals("2097152", appliance.configured(BACKEND, "sizeBytes"));
        assertFalse(steps.isEmpty());
        steps.forEach(step -> assertTrue(step.endsWith(" 2097152"), steps::toString));
    }

    @Test
    void aVolumeBecomesSmallerAfterItsFileHasSaidSo() throws IOException {
        assertEquals(1 << 19, resize("a", "512K", true));
        assertTrue(appliance.file(BACKEND).contains("sizeBytes = 524288"));
        assertTrue(steps.get(0).equals("1048576 1048576"), steps::toString);
        assertTrue(steps.stream().noneMatch("1048576 524288"::equals), steps::toString);
    }

    @Test
    void nothingIsDestroyedUnasked() throws IOException {
        assertEquals(
                "volume a would become smaller, from 1M to 512K, and what lies behind 512K is destroyed; repeat with"
                        + " --force if that is meant.",
                refusal("a", "512K", false));
        unchanged();
    }

    @Test
    void aVolumeThatATargetMapsDoesNotBecomeSmallerEvenByForce() throws IOException {
        appliance.targets.create("t");
        appliance.targets.map("t", "a", OptionalInt.empty(), false);
        assertEquals(
                "volume a is lun 0 of target t and would become smaller, from 1M to 512K: first target:unmap t a.",
                refusal("a", "512K", true));
        unchanged();
    }

    @Test
    void whatTheEngineRefusesLeavesTheFileAsItWas() throws IOException {
        appliance.resized = SizeChange.refused("volume a keeps its size: no space left on device.");
        assertEquals(appliance.resized.reason(), refusal("a", "2M", false));
        unchanged();
        assertEquals(appliance.resized.reason(), refusal("a", "512K", true));
        unchanged();
    }

    @Test
    void aSmallerSizeThatIsThereButNotDurableStaysInTheFile() throws IOException {
        appliance.resized = SizeChange.open("volume a has its new size, which is not durable: EIO.");
        assertEquals(appliance.resized.reason(), refusal("a", "512K", true));
        says("524288");
    }

    @Test
    void whatMayComeAboutYetIsServedAfterwardsAsTheFileNamesTheSmaller() throws IOException {
        appliance.resized = SizeChange.open("the store of volume a has not answered for 60 seconds.");
        appliance.comesAbout = false;
        assertEquals(appliance.resized.reason(), refusal("a", "2M", false));
        says("1048576");
        assertEquals(appliance.resized.reason(), refusal("a", "512K", true));
        says("524288");
    }

    @Test
    void aSmallerSizeThatIsThereStaysInTheFileThoughItsComponentIsNotToldOfIt() throws IOException {
        refusedOnceWritten = true;
        assertTrue(refusal("a", "512K", true).startsWith("volume a has its new size, but "));
        says("524288");
        assertEquals("524288", appliance.configured(BACKEND, "sizeBytes"), "with more it would grow again");
    }

    @Test
    void theSameSizeAgainWritesDownWhatAFileDoesNotSay() throws IOException {
        appliance.capacities.put("a", 2L << 20);
        assertEquals(2 << 20, resize("a", "2M", false));
        assertTrue(appliance.file(BACKEND).contains("sizeBytes = 2097152"));
    }

    @Test
    void aBackendThatTakesTheSizeOfItsStoreIsGivenNone() throws IOException {
        Path there = Files.writeString(home.resolve("there.img"), "bytes").toRealPath();
        appliance.volumes.create(new NewVolume(
                "b", "file", Optional.empty(), Optional.of(there.toString()), 512, Map.of("create", "false")));
        resize("b", "2M", false);
        assertFalse(appliance.file(InstanceId.backend("file", "b")).contains("sizeBytes"));
    }

    @Test
    void aDeviceIsMadeLargerWhereItComesFrom() {
        appliance.volumes.create(volume("b", "block", Optional.empty(), Map.of("device", "/dev/sdb")));
        assertEquals(
                "volume b is on the device /dev/sdb, which is made larger where it comes from (lvextend, say); the volume"
                        + " follows by itself within a second or two.",
                refusal("b", "2M", false));
    }

    @Test
    void aSizeIsANumberOfBlocksAndAVolumeOneThatServes() throws IOException {
        assertEquals(
                "size 1000: give a multiple of the block length 512 above 0, such as 10G.",
                refusal("a", "1000", false));
        assertTrue(refusal("a", "0", true).startsWith("size 0: give a multiple"));
        assertTrue(refusal("x", "2M", false).startsWith("volume 'x' does not exist"));
        appliance.lame.add("a");
        assertEquals("volume a is not ready: the backend is of another size.", refusal("a", "2M", false));
        unchanged();
    }

    private void says(String bytes) throws IOException {
        assertTrue(appliance.file(BACKEND).contains("sizeBytes = " + bytes), appliance.file(BACKEND));
    }

    private void unchanged() throws IOException {
        assertTrue(appliance.file(BACKEND).contains("sizeBytes = 1048576"));
        assertEquals("1048576", appliance.configured(BACKEND, "sizeBytes"));
        assertEquals(1 << 20, appliance.volumes.get("a").sizeBytes());
    }

    private void note() {
        if (refusedOnceWritten) {
            appliance.runtime.refuse(BACKEND, "no.");
        }
        try {
            if (appliance != null && appliance.etc.read(BACKEND).isPresent()) {
                String size = appliance.file(BACKEND).replaceAll("(?s).*sizeBytes = (\\d+).*", "$1");
                steps.add(size + " " + appliance.capacities.getOrDefault("a", 1L << 20));
            }
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private long resize(String name, String size, boolean force) {
        return appliance.volumes.resize(name, ByteSize.parse(size), force).sizeBytes();
    }

    private String refusal(String name, String size, boolean force) {
        return assertThrows(ApplianceException.class, () -> resize(name, size, force))
                .getMessage();
    }

    private static NewVolume volume(String name, String kind, Optional<String> size, Map<String, String> settings) {
        return new NewVolume(name, kind, size.map(ByteSize::parse), Optional.empty(), 512, settings);
    }
}
