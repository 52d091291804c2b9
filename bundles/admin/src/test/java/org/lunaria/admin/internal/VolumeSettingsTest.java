package org.lunaria.admin.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.lunaria.admin.ApplianceException;
import org.lunaria.admin.ByteSize;
import org.lunaria.admin.NewStore;
import org.lunaria.admin.NewVolume;
import org.lunaria.admin.SettingKey;

class VolumeSettingsTest {
    private static final InstanceId BACKEND = InstanceId.backend("file", "a");
    private static final InstanceId UNIT = InstanceId.unit("a");

    @TempDir
    private Path home;

    private FakeAppliance appliance;

    @BeforeEach
    void open() throws IOException {
        appliance = new FakeAppliance(home.toRealPath());
        create("a", "file");
    }

    @Test
    void keysGoToTheBackendOrToTheUnitAndTheFilesSaySo() throws IOException {
        appliance.volumes.set("a", Map.of("preallocate", "true", "vendor", "ACME"));
        assertEquals("true", appliance.configured(BACKEND, "preallocate"));
        assertEquals("ACME", appliance.configured(UNIT, "vendor"));
        assertTrue(appliance.file(BACKEND).contains("preallocate = true"));
        assertTrue(appliance.file(UNIT).contains("vendor = ACME"));
        appliance.volumes.set("a", Map.of("preallocate", "", "vendor", "B"));
        assertFalse(appliance.file(BACKEND).contains("preallocate"));
        assertTrue(appliance.file(UNIT).contains("vendor = B"));
    }

    @Test
    void keysAreThoseThatCanChangeWhileTheVolumeIsThere() throws IOException {
        create("m", "memory");
        assertEquals(List.of("preallocate", "readOnly", "vendor"), keys("a"));
        assertEquals(List.of("readOnly", "vendor"), keys("m"));
        appliance.volumes.set("m", Map.of("readOnly", "true"));
        Files.delete(home.resolve("etc").resolve(UNIT.fileName()));
        appliance.configurations.delete(UNIT);
        assertEquals(List.of(), keys("a"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    a | path        | /srv/b | key 'path': a volume that is there keeps its store; see volume:swap and volume:migrate.
                    a | sizeBytes   | 1024   | key 'sizeBytes': see volume:resize.
                    a | copyTo      | b      | key 'copyTo': see volume:migrate.
                    a | create      | true   | key 'create': only a volume that is made has it.
                    a | type        | CDROM  | key 'type': initiators know the volume by it, so it is never changed.
                    a | colour      | red    | key 'colour': volume a takes preallocate, readOnly, vendor.
                    a | preallocate | maybe  | preallocate = maybe: give true or false.
                    m | discardWrites | true | key 'discardWrites': volume m has its bytes only as long as its backend runs, which therefore stays as it is.
                    x | vendor      | ACME   | volume 'x' does not exist; volume:list shows those that do.
                    """)
    void whatCannotBeSetIsRefusedInASentence(String volume, String key, String value, String sentence)
            throws IOException {
        create("m", "memory");
        assertEquals(sentence, refusal(volume, Map.of(key, value)));
    }

    @Test
    void whatOneRefusesNoneHas() throws IOException {
        String backendBefore = appliance.file(BACKEND);
        String unitBefore = appliance.file(UNIT);
        for (InstanceId refusing : List.of(BACKEND, UNIT)) {
            appliance.judged = id -> id.equals(refusing) ? new Progress.Failed("no.") : Progress.DONE;
            assertEquals("no.", refusal("a", Map.of("preallocate", "true", "vendor", "ACME")));
            assertEquals(backendBefore, appliance.file(BACKEND));
            assertEquals(unitBefore, appliance.file(UNIT));
            assertEquals(null, appliance.configured(BACKEND, "preallocate"));
            assertEquals(null, appliance.configured(UNIT, "vendor"));
        }
    }

    @Test
    void theBackendOfAVolumeThatMovesStays() {
        appliance.volumes.migrate("a", new NewStore("file", Optional.empty(), Optional.empty(), Map.of()), 0);
        assertEquals(
                "key 'preallocate': volume a is being moved; wait until that is done, or end it by volume:migrate a"
                        + " --cancel.",
                refusal("a", Map.of("preallocate", "true")));
        appliance.volumes.set("a", Map.of("vendor", "ACME"));
        assertEquals("a.2", appliance.configured(UNIT, "copyTo"));
    }

    @Test
    void theBackendOfAVolumeThatDoesNotServeBeginsAnew() {
        appliance.lame.add("a");
        appliance.volumes.set("a", Map.of("preallocate", "true", "vendor", "ACME"));
        assertEquals("true", appliance.configured(BACKEND, "preallocate"));
        assertEquals("ACME", appliance.configured(UNIT, "vendor"));
    }

    private List<String> keys(String volume) {
        return appliance.volumes.keys(volume).stream().map(SettingKey::name).toList();
    }

    private String refusal(String volume, Map<String, String> settings) {
        return assertThrows(ApplianceException.class, () -> appliance.volumes.set(volume, settings))
                .getMessage();
    }

    private void create(String name, String kind) throws IOException {
        appliance.volumes.create(
                new NewVolume(name, kind, Optional.of(ByteSize.parse("1M")), Optional.empty(), 512, Map.of()));
    }
}
