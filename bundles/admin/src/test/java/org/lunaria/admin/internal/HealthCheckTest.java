package org.lunaria.admin.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.lunaria.admin.ByteSize;
import org.lunaria.admin.Consumption;
import org.lunaria.admin.Health;
import org.lunaria.admin.Health.NameServer;
import org.lunaria.admin.Mask;
import org.lunaria.admin.NewVolume;
import org.lunaria.admin.Volume;
import org.lunaria.scsi.UnitSpace;
import org.osgi.service.component.runtime.dto.ComponentConfigurationDTO;

class HealthCheckTest {
    @TempDir
    private Path home;

    private FakeAppliance appliance;

    @BeforeEach
    void open() throws IOException {
        appliance = new FakeAppliance(home.toRealPath());
        appliance.portals.create("p", "127.0.0.1", 3260, 1);
        appliance.volumes.create(
                new NewVolume("a", "memory", Optional.of(new ByteSize(1 << 20)), Optional.empty(), 512, Map.of()));
        appliance.targets.create("t");
        appliance.targets.map("t", "a", OptionalInt.empty(), false);
    }

    @Test
    void applianceAsConfiguredIsWell() {
        Health health = appliance.health.check();
        assertEquals(new Health(true, List.of(), 1, 1, 1, 0, health.consumption(), health.limits(), List.of()), health);
    }

    @Test
    void theBoundsOfTheTransportAreToldWithWhatIsUsed() {
        assertEquals(
                List.of(new Health.Limit("sessions", 0, 10)),
                appliance.health.check().limits());
    }

    @Test
    void nameServersAreToldAndOneThatFailedIsATrouble() {
        Instant since = Instant.parse("2026-11-26T00:00:00Z");
        appliance.isns.add(new NameServer("a:3205", NameServer.State.REGISTERED, since, 1, 1, ""));
        assertEquals(appliance.isns, appliance.health.check().nameServers());
        assertTrue(appliance.health.check().well());
        appliance.isns.add(new NameServer("b:3205", NameServer.State.FAILED, since, 0, 0, "It cannot be reached: no."));
        trouble("iSNS server", "b:3205", "It cannot be reached: no.");
    }

    @Test
    void refusedConfigurationOfNameServersIsTold() {
        appliance.isnsRefusal = "org.lunaria.isns: esiPort = x: no.";
        trouble("configuration", "", "org.lunaria.isns: esiPort = x: no.");
    }

    @Test
    void directBuffersAreCountedBesideTheHeap() {
        ByteBuffer buffer = ByteBuffer.allocateDirect(1 << 20);
        Consumption consumption = appliance.health.check().consumption();
        assertTrue(consumption.directBytes() >= buffer.capacity(), consumption.toString());
        assertTrue(consumption.heapBytes() > 0 && consumption.threads() > 0, consumption.toString());
        assertEquals(Runtime.getRuntime().maxMemory(), consumption.heapLimitBytes());
    }

    @Test
    void refusedConfigurationIsToldWithItsSentence() {
        appliance.runtime.refuse(
                InstanceId.backend("memory", "a"), "org.lunaria.settings.InvalidSetting: sizeBytes = 0: no.\n");
        trouble("volume", "a", "sizeBytes = 0: no.");
    }

    @Test
    void componentThatWaitsNamesWhatItWaitsFor() {
        appliance.runtime.set(InstanceId.target("t"), ComponentConfigurationDTO.UNSATISFIED_REFERENCE);
        trouble("target", "t", "org.lunaria.target t waits for the service engine.");
    }

    @Test
    void unitWithoutBackendAndDeafPortalAreTold() {
        appliance.lame.add("a");
        trouble("volume", "a", "the backend is of another size.");
        appliance.lame.clear();
        appliance.lame.add("p");
        trouble("portal", "p", "the port is in use.");
    }

    @Test
    void whatABackendHasInItsWayIsToldThoughItsVolumeServes() {
        appliance.troubles.put("a", "its server is away.");
        assertEquals(Volume.State.READY, appliance.volumes.get("a").state());
        trouble("volume", "a", "its server is away.");
    }

    @Test
    void volumeWithLittleSpaceLeftIsTold() {
        appliance.spaces.put("a", new UnitSpace(1 << 20, 3 << 20, true, false));
        assertEquals(
                new Volume.Space(1 << 20, 3 << 20, true, false),
                appliance.volumes.get("a").space());
        assertTrue(appliance.health.check().well());
        appliance.spaces.put("a", new UnitSpace(1 << 20, 3 << 20, true, true));
        trouble("volume", "a", "Only 3M are left where its bytes are: make room, before initiators cannot write.");
        appliance.spaces.put("a", new UnitSpace(1 << 20, 0, true, true));
        trouble(
                "volume",
                "a",
                "Nothing is left where its bytes are: initiators cannot write what takes more; make room.");
    }

    @Test
    void aBackendThatKeepsWhatItWasAskedIsTold() {
        appliance.stalled.put("a", 7);
        trouble("volume", "a", "7 commands wait for the backend since 42 s: see whether its store is well.");
    }

    @Test
    void mappingOfAVolumeThatIsGoneIsTold() {
        appliance.configurations.delete(InstanceId.unit("a"));
        appliance.configurations.delete(InstanceId.backend("memory", "a"));
        assertTrue(appliance
                .health
                .check()
                .troubles()
                .contains(new Health.Trouble("target", "t", "Its lun 0 is volume a, which does not exist.")));
    }

    @Test
    void aMaskThatShowsANumberWithoutAVolumeIsTold() {
        appliance.targets.mask("t", "any", Mask.luns(List.of("0", "7")));
        trouble("target", "t", "Its mask of any shows lun 7, which presents no volume.");
        appliance.targets.map("t", "a", OptionalInt.of(7), false);
        assertTrue(appliance.health.check().well());
    }

    @Test
    void fileThatNobodyReadsIsTold() throws IOException {
        Files.writeString(appliance.home.resolve("etc/org.lunaria.unit~x.cfg"), "backend.id = x\n");
        trouble(
                "configuration",
                "org.lunaria.unit~x.cfg",
                "Nobody reads it: its name must be PID-NAME.cfg, of a PID that a bundle takes.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"target", "portal", "unit", "account", "backend.memory"})
    void fileWithoutANameIsTold(String kind) throws IOException {
        Files.writeString(appliance.home.resolve("etc/org.lunaria." + kind + ".cfg"), "iqn = iqn.2026-11.org.x:t\n");
        appliance.watch.look();
        trouble(
                "configuration",
                "org.lunaria." + kind + ".cfg",
                "Nobody reads it: its name must be PID-NAME.cfg, of a PID that a bundle takes.");
        assertEquals(Optional.empty(), appliance.configurations.values(new InstanceId("org.lunaria." + kind, "")));
    }

    @Test
    void filesThatAreNoInstancesHaveTheirReaders() throws IOException {
        Files.writeString(appliance.home.resolve("etc/org.lunaria.iscsi.cfg"), "ioThreads = 1\n");
        Files.writeString(appliance.home.resolve("etc/org.lunaria.isns.cfg"), "servers =\n");
        assertEquals(List.of(), appliance.health.check().troubles());
    }

    @Test
    void configurationWhoseFileWasRemovedWhileNobodyRanIsDeleted() throws IOException {
        appliance.etc.delete(InstanceId.target("t"));
        assertEquals(List.of(InstanceId.target("t")), appliance.deletedAtStart());
        assertEquals(0, appliance.health.check().targets());
        assertEquals(List.of(), appliance.deletedAtStart());
    }

    private void trouble(String subject, String name, String detail) {
        Health health = appliance.health.check();
        assertEquals(List.of(new Health.Trouble(subject, name, detail)), health.troubles());
        assertEquals(false, health.well());
    }

    @Test
    void accountThatWasRefusedIsTold() throws IOException {
        InstanceId account = InstanceId.account("x");
        Files.writeString(appliance.home.resolve("etc").resolve(account.fileName()), "user = x\n");
        appliance.runtime.refuse(account, "org.lunaria.settings.InvalidSetting: secret is not set.");
        appliance.watch.look();
        trouble("configuration", "org.lunaria.account-x.cfg", "secret is not set.");
    }
}
