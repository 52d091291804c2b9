package org.lunaria.admin.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lunaria.admin.ApplianceException;
import org.lunaria.admin.ByteSize;
import org.lunaria.admin.Configuration;
import org.lunaria.admin.DeletedVolume;
import org.lunaria.admin.NewVolume;
import org.lunaria.admin.Volume;
import org.lunaria.scsi.UnitFailure;

class VolumeAdministrationTest {
    private static final String BACKEND_FILE = "org.lunaria.backend.file-a.cfg";
    private static final String UNIT_FILE = "org.lunaria.unit-a.cfg";

    @TempDir
    private Path home;

    private FakeAppliance appliance;

    @BeforeEach
    void open() throws IOException {
        appliance = new FakeAppliance(home.toRealPath());
    }

    @Test
    void volumeIsABackendAndAUnitOfTheSameName() throws IOException {
        Volume volume = create("a");
        assertEquals(Volume.State.READY, volume.state());
        assertEquals("file", volume.kind());
        assertEquals(Set.of(BACKEND_FILE, UNIT_FILE), appliance.files());
        assertEquals("a", appliance.configured(InstanceId.unit("a"), "backend.id"));
        assertEquals("1048576", appliance.configured(InstanceId.backend("file", "a"), "sizeBytes"));
    }

    @Test
    void configurationsNameTheirFilesAsFileInstallDoes() {
        create("a");
        assertEquals(
                "file:" + appliance.home + "/etc/" + UNIT_FILE,
                appliance
                        .configurationAdmin
                        .properties()
                        .get("org.lunaria.unit~a")
                        .get("felix.fileinstall.filename"));
    }

    @Test
    void aVolumeTellsWhoseBundleServesItAndWhatFailedLast() {
        create("a");
        appliance.unitFailures.put("a", new UnitFailure(Instant.EPOCH, "READ", 17, "MEDIUM ERROR, X", "bad sector"));
        Volume volume = appliance.volumes.get("a");
        assertEquals(
                Optional.of(new Volume.Provider("org.lunaria.backend.file", "0.1.0", Instant.EPOCH)),
                volume.provider());
        assertEquals(
                Optional.of(new Volume.Failure(Instant.EPOCH, "READ", 17, "MEDIUM ERROR, X", "bad sector")),
                volume.lastFailure());
        assertEquals(List.of(new Volume.Hold(Instant.EPOCH, 7)), volume.holds());
        appliance.lame.add("a");
        assertEquals(Optional.empty(), appliance.volumes.get("a").provider());
    }

    @Test
    void pathMovesWithTheHome() throws IOException {
        create("a");
        assertTrue(appliance.file(InstanceId.backend("file", "a")).contains("path = ${karaf.data}/volumes/a.img"));
        assertEquals(data("a").toString(), appliance.configured(InstanceId.backend("file", "a"), "path"));
    }

    @Test
    void laterActivationsDoNotCreate() throws IOException {
        create("a");
        assertFalse(appliance.file(InstanceId.backend("file", "a")).contains("create"));
        assertFalse(appliance
                .configurations
                .values(InstanceId.backend("file", "a"))
                .orElseThrow()
                .containsKey("create"));
    }

    @Test
    void identityIsDrawnOnceAndDiffers() {
        Volume a = create("a");
        Volume b = create("b");
        assertTrue(a.naa().matches("3[0-9a-f]{15}"), a.naa());
        assertTrue(a.serial().matches("[0-9a-f]{16}"), a.serial());
        assertNotEquals(a.naa(), b.naa());
        assertNotEquals(a.serial(), b.serial());
    }

    @Test
    void settingGoesToTheUnitUnlessTheKindTakesIt() {
        appliance.volumes.create(volume("a", Map.of("preallocate", "true", "vendor", "ACME")));
        assertEquals("true", appliance.configured(InstanceId.backend("file", "a"), "preallocate"));
        assertEquals("ACME", appliance.configured(InstanceId.unit("a"), "vendor"));
    }

    @Test
    void unknownSettingIsRefusedWithThoseThatAreKnown() throws IOException {
        refused(
                volume("a", Map.of("colour", "red")),
                "key 'colour': a volume of kind file takes create, preallocate, readOnly, type, vendor.");
        refused(
                volume("a", Map.of("serial", "1")),
                "key 'serial': a volume of kind file takes create, preallocate," + " readOnly, type, vendor.");
    }

    @Test
    void badRequestsAreRefusedBeforeAnythingIsMade() throws IOException {
        refused(volume("a", Map.of("preallocate", "maybe")), "preallocate = maybe: give true or false.");
        refused(with("a", "tape", "1M"), "kind 'tape': give one of file, memory, block.");
        refused(
                with("A", "file", "1M"),
                "volume name 'A': give 1 to 64 of a-z, 0-9, dot, dash and underscore, with a"
                        + " letter or digit first.");
        refused(with("a", "file", "1000"), "size 1000: give a multiple of the block length 512 above 0, such as 10G.");
        refused(with("a", "file", "0"), "size 0: give a multiple of the block length 512 above 0, such as 10G.");
        NewVolume sizeless = new NewVolume("a", "file", Optional.empty(), Optional.empty(), 512, Map.of());
        refused(sizeless, "a volume of kind file needs a size; give one, such as --size 10G.");
        NewVolume oddBlock = new NewVolume("a", "file", size("1M"), Optional.empty(), 520, Map.of());
        refused(oddBlock, "block 520: give 512 or 4096.");
        NewVolume relative = new NewVolume("a", "file", size("1M"), Optional.of("x.img"), 512, Map.of());
        refused(relative, "path 'x.img': give an absolute path, such as /srv/volumes/disk1.img.");
        NewVolume pathless = new NewVolume("a", "memory", size("1M"), Optional.of("/x"), 512, Map.of());
        refused(pathless, "a volume of kind memory has no path; leave it out.");
    }

    @Test
    void duplicateNameIsRefusedAndTheFirstStays() throws IOException {
        create("a");
        ApplianceException refused = assertThrows(ApplianceException.class, () -> create("a"));
        assertEquals("volume 'a' exists already; choose another name.", refused.getMessage());
        assertEquals(Set.of(BACKEND_FILE, UNIT_FILE), appliance.files());
    }

    @Test
    void secondVolumeOnTheSameFileIsRefusedWithTheFirst() throws IOException {
        create("a");
        Files.writeString(data("a"), "bytes");
        NewVolume second =
                new NewVolume("b", "file", size("1M"), Optional.of(data("a").toString()), 512, Map.of());
        ApplianceException refused = assertThrows(ApplianceException.class, () -> appliance.volumes.create(second));
        assertEquals("path " + data("a") + " belongs to volume a; give another --path.", refused.getMessage());
    }

    @Test
    void dataThatIsThereIsNeverCreatedOver() throws IOException {
        Files.createDirectories(data("a").getParent());
        Files.writeString(data("a"), "precious");
        refused(
                volume("a", Map.of()),
                "path " + data("a") + " exists already; give another --path, or --set create=false"
                        + " to serve what is in it.");
        assertEquals("precious", Files.readString(data("a")));
        NewVolume kept = new NewVolume("a", "file", Optional.empty(), Optional.empty(), 512, Map.of("create", "false"));
        assertEquals(Volume.State.READY, appliance.volumes.create(kept).state());
    }

    @Test
    void linkThatLeadsNowhereIsThereToo() throws IOException {
        Files.createDirectories(data("a").getParent());
        Files.createSymbolicLink(data("a"), Path.of("/nowhere"));
        appliance.runtime.refuse(InstanceId.backend("file", "a"), "org.lunaria.settings.InvalidSetting: path = x: no.");
        refused(
                volume("a", Map.of()),
                "path " + data("a") + " exists already; give another --path, or --set create=false"
                        + " to serve what is in it.");
        Configuration imported = Configuration.EMPTY.with(
                "org.lunaria.backend.file",
                "a",
                Map.of("backend.id", "a", "path", data("a").toString(), "create", "true", "sizeBytes", "1048576"));
        assertThrows(ApplianceException.class, () -> appliance.history.apply(imported));
        assertTrue(Files.isSymbolicLink(data("a")));
    }

    @Test
    void backendThatRefusesLeavesNothing() throws IOException {
        appliance.runtime.refuse(
                InstanceId.backend("file", "a"),
                "org.lunaria.settings.InvalidSetting: path = x: no such folder.\n\tat");
        refused(volume("a", Map.of()), "path = x: no such folder.");
    }

    @Test
    void unitThatRefusesTakesTheNewFileWithIt() throws IOException {
        appliance.runtime.refuse(InstanceId.unit("a"), "org.lunaria.settings.InvalidSetting: naa = x: no.\n\tat");
        Files.createDirectories(data("a").getParent());
        assertThrows(ApplianceException.class, () -> {
            NewVolume volume = volume("a", Map.of());
            appliance.volumes.create(volume);
        });
        assertEquals(Set.of(), appliance.files());
        assertEquals(Map.of(), appliance.configurationAdmin.properties());
    }

    @Test
    void unitThatNeverGetsItsBackendIsUndoneAfterABoundedWait() throws IOException {
        appliance.lame.add("a");
        refused(volume("a", Map.of()), "the backend is of another size.");
    }

    @Test
    void backendThatSaysWhatItWaitsForIsQuotedWhenItDoesNotCome() throws IOException {
        appliance.lame.add("a");
        appliance.obstacles.put("a", "uri = nbd://there/: start the server.");
        refused(volume("a", Map.of()), "uri = nbd://there/: start the server.");
        appliance.lame.clear();
        create("a");
        appliance.lame.add("a");
        assertEquals(
                "uri = nbd://there/: start the server.",
                appliance.volumes.get("a").detail());
    }

    @Test
    void mappedVolumeIsNotDeleted() throws IOException {
        create("a");
        appliance.targets.create("t");
        appliance.targets.map("t", "a", OptionalInt.empty(), false);
        ApplianceException refused = assertThrows(ApplianceException.class, () -> appliance.volumes.delete("a", true));
        assertEquals("volume a is lun 0 of target t; first target:unmap t a.", refused.getMessage());
        assertTrue(appliance.files().contains(UNIT_FILE));
    }

    @Test
    void deletedVolumeKeepsItsDataUnlessPurged() throws IOException {
        create("a");
        Files.writeString(data("a"), "bytes");
        assertEquals(new DeletedVolume("a", data("a").toString(), ""), appliance.volumes.delete("a", false));
        assertEquals(Set.of(), appliance.files());
        assertEquals(Map.of(), appliance.configurationAdmin.properties());
        assertEquals("bytes", Files.readString(data("a")));
        appliance.volumes.create(
                new NewVolume("a", "file", Optional.empty(), Optional.empty(), 512, Map.of("create", "false")));
        Path journal = DataFolder.journal(data("a"));
        Files.writeString(journal, "atomic writes");
        assertEquals(new DeletedVolume("a", "", ""), appliance.volumes.delete("a", true));
        assertFalse(Files.exists(data("a")));
        assertFalse(Files.exists(journal));
    }

    @Test
    void whatIsKeptOfAVolumesReservationsGoesWithIt() {
        String naa = create("a").naa();
        appliance.volumes.delete("a", false);
        assertEquals(List.of(naa), appliance.forgotten);
    }

    @Test
    void dataOutsideTheOwnFolderIsNeverPurged() throws IOException {
        Path elsewhere = appliance.home.resolve("elsewhere.img");
        appliance.volumes.create(
                new NewVolume("a", "file", size("1M"), Optional.of(elsewhere.toString()), 512, Map.of()));
        Files.writeString(elsewhere, "bytes");
        assertThrows(ApplianceException.class, () -> appliance.volumes.delete("a", true));
        assertEquals(Set.of(BACKEND_FILE, UNIT_FILE), appliance.files());
        assertTrue(Files.exists(elsewhere));
    }

    @Test
    void aDeviceIsOneVolumesAndIsNeverPurged() throws IOException {
        Path device = Files.writeString(appliance.home.resolve("sdb"), "bytes");
        appliance.volumes.create(onDevice("a", device));
        assertEquals(device.toString(), appliance.configured(InstanceId.backend("block", "a"), "device"));
        Path link = Files.createSymbolicLink(appliance.home.resolve("by-id"), device);
        ApplianceException taken =
                assertThrows(ApplianceException.class, () -> appliance.volumes.create(onDevice("b", link)));
        assertEquals("device " + link + " belongs to volume a; give another one.", taken.getMessage());
        ApplianceException kept = assertThrows(ApplianceException.class, () -> appliance.volumes.delete("a", true));
        assertEquals(
                "the data of volume a is the device " + device
                        + ", which is never purged; delete the volume without --purge.",
                kept.getMessage());
        assertEquals(new DeletedVolume("a", device.toString(), ""), appliance.volumes.delete("a", false));
        assertEquals("bytes", Files.readString(device));
        refused(
                new NewVolume("a", "block", size("1M"), Optional.empty(), 512, Map.of("device", "/dev/sdb")),
                "a volume of kind block has no sizeBytes; leave it out.");
    }

    private static NewVolume onDevice(String name, Path device) {
        return new NewVolume(
                name, "block", Optional.empty(), Optional.empty(), 512, Map.of("device", device.toString()));
    }

    @Test
    void halfAVolumeIsToldAndCanBeDeleted() throws IOException {
        create("a");
        appliance.etc.delete(InstanceId.unit("a"));
        appliance.deletedAtStart();
        appliance.etc.write(InstanceId.backend("file", "a"), "x = y\n");
        Volume half = appliance.volumes.get("a");
        assertEquals(Volume.State.INCOMPLETE, half.state());
        assertTrue(half.detail().startsWith("Its logical unit is not configured"), half.detail());
        appliance.volumes.delete("a", false);
        assertEquals(Set.of(), appliance.files());
    }

    @Test
    void aDriveIsMadeForAnImageThatIsThere() throws IOException {
        Path image = appliance.home.resolve("disc.iso");
        NewVolume drive = new NewVolume(
                "a", "file", Optional.empty(), Optional.of(image.toString()), 2048, Map.of("type", "CDROM"));
        appliance.volumes.create(drive);
        assertEquals("CDROM", appliance.configured(InstanceId.unit("a"), "type"));
        assertEquals("2048", appliance.configured(InstanceId.unit("a"), "blockBytes"));
        assertFalse(appliance
                .configurations
                .values(InstanceId.backend("file", "a"))
                .orElseThrow()
                .containsKey("create"));
    }

    @Test
    void aDriveHasBlocksOf2048BytesAndADiskHasNot() throws IOException {
        refused(
                new NewVolume("a", "file", Optional.empty(), Optional.of("/x"), 512, Map.of("type", "cdrom")),
                "block 512: give 2048 for a CD.");
        refused(
                new NewVolume("a", "file", size("1M"), Optional.empty(), 2048, Map.of()),
                "block 2048: give 512 or 4096.");
    }

    @Test
    void anEjectedMediumIsToldUntilOneIsLoaded() {
        create("a");
        appliance.media.put("a", "STARTED");
        Volume ejected = appliance.volumes.eject("a", false);
        assertEquals(Volume.Medium.EJECTED, ejected.medium());
        assertEquals(Volume.State.READY, ejected.state());
        assertEquals("Its medium is ejected; volume:load a puts one in.", ejected.detail());
        Volume loaded = appliance.volumes.load("a", Optional.empty());
        assertEquals(Volume.Medium.STARTED, loaded.medium());
        assertEquals("", loaded.detail());
    }

    @Test
    void theEnginesReasonToKeepAMediumIsTheAnswer() {
        create("a");
        assertEquals("the medium of a stays.", ejectionRefused("a"));
        appliance.media.put("a", "STARTED");
        appliance.prevented.add("a");
        assertEquals("the medium of a stays.", ejectionRefused("a"));
        assertEquals(Volume.Medium.EJECTED, appliance.volumes.eject("a", true).medium());
        assertTrue(ejectionRefused("none").startsWith("volume 'none' does not exist"));
    }

    private String ejectionRefused(String name) {
        return assertThrows(ApplianceException.class, () -> appliance.volumes.eject(name, false))
                .getMessage();
    }

    @Test
    void anotherMediumIsAnotherFileOfTheSameVolume() throws IOException {
        create("a");
        appliance.media.put("a", "EJECTED");
        Path other = appliance.home.resolve("other.iso");
        appliance.volumes.load("a", Optional.of(other.toString()));
        assertEquals(other.toString(), appliance.configured(InstanceId.backend("file", "a"), "path"));
        String file = appliance.file(InstanceId.backend("file", "a"));
        assertTrue(file.contains("path = " + other), file);
        assertFalse(file.contains("sizeBytes"), file);
    }

    @Test
    void anotherMediumNeedsAnEmptyTrayAndAFreePath() {
        create("a");
        create("b");
        appliance.media.put("a", "STARTED");
        assertEquals("volume a has its medium in; first volume:eject a.", loadRefused("a", "/srv/x.iso"));
        appliance.media.put("a", "EJECTED");
        assertEquals(
                "path " + data("b") + " belongs to volume b; give another --path.",
                loadRefused("a", data("b").toString()));
        assertEquals("path 'x': give an absolute path, such as /srv/volumes/disk1.img.", loadRefused("a", "x"));
        assertEquals(Volume.Medium.EJECTED, appliance.volumes.get("a").medium());
    }

    private String loadRefused(String name, String path) {
        return assertThrows(ApplianceException.class, () -> appliance.volumes.load(name, Optional.of(path)))
                .getMessage();
    }

    private Volume create(String name) {
        return appliance.volumes.create(volume(name, Map.of()));
    }

    private NewVolume volume(String name, Map<String, String> settings) {
        return new NewVolume(name, "file", size("1M"), Optional.empty(), 512, settings);
    }

    private NewVolume with(String name, String kind, String size) {
        return new NewVolume(name, kind, size(size), Optional.empty(), 512, Map.of());
    }

    private static Optional<ByteSize> size(String text) {
        return Optional.of(ByteSize.parse(text));
    }

    private Path data(String name) {
        return appliance.home.resolve("data/volumes/" + name + ".img");
    }

    private void refused(NewVolume volume, String sentence) throws IOException {
        ApplianceException refused = assertThrows(ApplianceException.class, () -> appliance.volumes.create(volume));
        assertEquals(sentence, refused.getMessage());
        assertEquals(Set.of(), appliance.files());
        assertEquals(Map.of(), appliance.configurationAdmin.properties());
    }
}
