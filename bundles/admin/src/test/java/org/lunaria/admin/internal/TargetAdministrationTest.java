package org.lunaria.admin.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
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
import org.lunaria.admin.Mapping;
import org.lunaria.admin.Mask;
import org.lunaria.admin.NewVolume;
import org.lunaria.admin.Target;

class TargetAdministrationTest {
    private static final String INITIATOR = "iqn.1993-08.org.debian:01:abc";

    @TempDir
    private Path home;

    private FakeAppliance appliance;

    @BeforeEach
    void open() throws IOException {
        appliance = new FakeAppliance(home.toRealPath());
        for (String name : List.of("a", "b")) {
            appliance.volumes.create(
                    new NewVolume(name, "memory", Optional.of(new ByteSize(1 << 20)), Optional.empty(), 512, Map.of()));
        }
    }

    @Test
    void newTargetLetsNobodyIn() {
        Target target = appliance.targets.create("t");
        assertEquals("iqn.2026-11.org.lunaria:t", target.iqn());
        assertEquals(List.of(), target.allowed());
        assertTrue(target.serving());
    }

    @Test
    void targetIsFoundByEitherName() {
        appliance.targets.create("iqn.2026-11.com.example:t");
        assertEquals("t", appliance.targets.get("t").name());
        assertEquals("t", appliance.targets.get("IQN.2026-11.com.example:t").name());
    }

    @Test
    void secondTargetOfTheSameNameIsRefused() {
        appliance.targets.create("t");
        ApplianceException refused =
                assertThrows(ApplianceException.class, () -> appliance.targets.create("iqn.2026-11.org.lunaria:t"));
        assertEquals("target t (iqn.2026-11.org.lunaria:t) exists already; choose another name.", refused.getMessage());
    }

    @Test
    void volumesGetTheLowestFreeNumberOrTheOneAskedFor() throws IOException {
        appliance.targets.create("t");
        assertEquals(new Mapping("t", 0, "a", false), appliance.targets.map("t", "a", OptionalInt.empty(), false));
        assertEquals(new Mapping("t", 5, "b", true), appliance.targets.map("t", "b", OptionalInt.of(5), true));
        assertEquals("0=a,5=b:ro", appliance.configured(InstanceId.target("t"), "luns"));
        assertTrue(appliance.file(InstanceId.target("t")).contains("luns = 0=a,5=b:ro"));
        assertEquals(
                1, appliance.targets.map("t", "b", OptionalInt.empty(), false).lun());
    }

    @Test
    void volumeThatDoesNotExistIsNotMapped() {
        appliance.targets.create("t");
        ApplianceException refused = assertThrows(
                ApplianceException.class, () -> appliance.targets.map("t", "x", OptionalInt.empty(), false));
        assertEquals("volume 'x' does not exist; volume:list shows those that do.", refused.getMessage());
    }

    @Test
    void unmapTakesAllNumbersOfAVolumeOrOne() {
        appliance.targets.create("t");
        for (int lun : new int[] {0, 1, 2}) {
            appliance.targets.map("t", lun == 1 ? "b" : "a", OptionalInt.of(lun), false);
        }
        assertEquals(1, appliance.targets.unmap("t", "a", OptionalInt.of(2)).size());
        assertEquals(List.of(new Mapping("t", 0, "a", false)), appliance.targets.unmap("t", "a", OptionalInt.empty()));
        assertEquals("1=b", appliance.configured(InstanceId.target("t"), "luns"));
        ApplianceException refused =
                assertThrows(ApplianceException.class, () -> appliance.targets.unmap("t", "b", OptionalInt.of(7)));
        assertEquals("target t does not present volume 'b' as lun 7; see target:show t.", refused.getMessage());
    }

    @Test
    void allowAndDenyAreInTheFileAtOnce() throws IOException {
        appliance.targets.create("t");
        assertEquals(List.of(INITIATOR), appliance.targets.allow("t", INITIATOR).allowed());
        assertEquals(List.of(INITIATOR), appliance.targets.deny("t", INITIATOR).denied());
        assertTrue(appliance.file(InstanceId.target("t")).contains("access = !" + INITIATOR));
    }

    @Test
    void masksAreInTheFileAtOnceAndSoIsWhatTakesThemBack() throws IOException {
        appliance.targets.create("t");
        appliance.targets.mask("t", "any", Mask.luns(List.of("none")));
        Target masked = appliance.targets.mask("t", INITIATOR.toUpperCase(), Mask.luns(List.of("0", "2:ro")));
        assertEquals(
                List.of(INITIATOR, "any"),
                masked.masks().stream().map(Mask::initiator).toList());
        assertTrue(appliance.file(InstanceId.target("t")).contains("masks = " + INITIATOR + "=0+2:ro,any=none"));
        assertEquals(List.of(0, 2), masked.unmapped(masked.masks().get(0)));
        assertEquals(1, appliance.targets.unmask("t", INITIATOR).masks().size());
        assertTrue(appliance.file(InstanceId.target("t")).contains("masks = any=none\n"));
        ApplianceException refused =
                assertThrows(ApplianceException.class, () -> appliance.targets.unmask("t", INITIATOR));
        assertEquals("target t has no mask for '" + INITIATOR + "'; see target:show t.", refused.getMessage());
    }

    @Test
    void aMaskIsForWhoCanBeAllowed() {
        appliance.targets.create("t");
        ApplianceException refused =
                assertThrows(ApplianceException.class, () -> appliance.targets.mask("t", "host1", List.of()));
        assertTrue(
                refused.getMessage().startsWith("initiator 'host1': give any, an iSCSI name such as"),
                refused.getMessage());
    }

    @Test
    void changeThatTheTargetRefusesIsUndone() throws IOException {
        appliance.targets.create("t");
        String before = appliance.file(InstanceId.target("t"));
        appliance.runtime.refuse(InstanceId.target("t"), "org.lunaria.settings.InvalidSetting: too many.\n\tat");
        ApplianceException refused = assertThrows(ApplianceException.class, () -> appliance.targets.allow("t", "any"));
        assertEquals("too many.", refused.getMessage());
        assertEquals(before, appliance.file(InstanceId.target("t")));
        assertEquals(
                Map.of("iqn", "iqn.2026-11.org.lunaria:t"),
                appliance.configurations.values(InstanceId.target("t")).orElseThrow());
    }

    @Test
    void handWrittenCommentsSurviveAChange() throws IOException {
        appliance.targets.create("t");
        appliance.etc.write(
                InstanceId.target("t"), "# who: the test rack\niqn = iqn.2026-11.org.lunaria:t\nalias = Rack\n");
        appliance.targets.allow("t", "any");
        assertEquals(
                "# who: the test rack\niqn = iqn.2026-11.org.lunaria:t\nalias = Rack\naccess = any\n",
                appliance.file(InstanceId.target("t")));
    }

    @Test
    void deletedTargetIsGoneAndItsVolumesStay() throws IOException {
        appliance.targets.create("t");
        appliance.targets.delete("t");
        assertEquals(List.of(), appliance.targets.list());
        assertEquals(2, appliance.volumes.list().size());
        assertEquals(4, appliance.files().size());
        assertThrows(ApplianceException.class, () -> appliance.targets.delete("t"));
    }

    @Test
    void portalThatCannotListenIsUndone() throws IOException {
        Set<String> before = appliance.files();
        appliance.lame.add("p");
        ApplianceException refused =
                assertThrows(ApplianceException.class, () -> appliance.portals.create("p", "127.0.0.1", 3260, 1));
        assertEquals("the port is in use.", refused.getMessage());
        assertEquals(before, appliance.files());
        assertEquals(List.of(), appliance.portals.list());
    }

    @Test
    void portalsAreUniqueInNameAndInAddressWithPort() {
        appliance.portals.create("p", "127.0.0.1", 3260, 1);
        assertThrows(ApplianceException.class, () -> appliance.portals.create("p", "127.0.0.1", 3261, 1));
        assertThrows(ApplianceException.class, () -> appliance.portals.create("q", "127.0.0.1", 3260, 1));
        assertThrows(ApplianceException.class, () -> appliance.portals.create("q", "127.0.0.1", 0, 1));
        assertThrows(ApplianceException.class, () -> appliance.portals.create("q", "127.0.0.1", 65536, 1));
        appliance.portals.delete("p");
        assertEquals(List.of(), appliance.portals.list());
    }
}
