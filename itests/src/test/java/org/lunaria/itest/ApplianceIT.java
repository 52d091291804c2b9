package org.lunaria.itest;

import static org.junit.Assert.assertArrayEquals;
import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import javax.inject.Inject;
import org.apache.karaf.shell.api.console.SessionFactory;
import org.junit.After;
import org.junit.Before;
import org.junit.Test;
import org.junit.runner.RunWith;
import org.ops4j.pax.exam.Configuration;
import org.ops4j.pax.exam.Option;
import org.ops4j.pax.exam.junit.PaxExam;
import org.ops4j.pax.exam.spi.reactors.ExamReactorStrategy;
import org.ops4j.pax.exam.spi.reactors.PerClass;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;

/** The archive that users get, in its container: a disk is made by commands, and used through a real login. */
@RunWith(PaxExam.class)
@ExamReactorStrategy(PerClass.class)
public class ApplianceIT {
    private static final String INITIATOR = "iqn.2026-11.org.lunaria.itest:initiator";
    private static final String TARGET = "iqn.2026-11.org.lunaria:disk";
    private static final int CHUNK_BLOCKS = 64;
    private static final int RESTARTS = 5;

    /** Sense keys (SPC-4 4.5.6). */
    private static final int SENSE_ILLEGAL_REQUEST = 0x5;

    private static final int SENSE_UNIT_ATTENTION = 0x6;

    @Inject
    private BundleContext context;

    @Inject
    private SessionFactory sessions;

    private Console console;
    private int port;

    @Configuration
    public Option[] distribution() throws IOException {
        return Distribution.unpacked();
    }

    @Before
    public void createDisk() throws Exception {
        port = Integer.getInteger(Distribution.PORT);
        console = new Console(sessions);
        console.await("appliance:status");
        console.run("volume:create disk --kind file --size 16M");
        console.run("target:create disk");
        console.run("target:map disk disk --lun 0");
        console.run("target:allow disk any");
    }

    @After
    public void deleteDisk() throws Exception {
        console.run("target:delete disk --yes");
        console.run("volume:delete disk --purge --yes");
    }

    @Test
    public void everyBundleOfOursIsActive() {
        for (Bundle bundle : context.getBundles()) {
            if (bundle.getSymbolicName().startsWith("org.lunaria.")) {
                assertEquals(bundle.getSymbolicName(), Bundle.ACTIVE, bundle.getState());
            }
        }
    }

    @Test
    public void whatWasWrittenIsReadInALaterSession() throws Exception {
        byte[] data = new byte[CHUNK_BLOCKS * Initiator.BLOCK_BYTES];
        new Random(1).nextBytes(data);
        try (Initiator initiator = new Initiator(port, INITIATOR, TARGET)) {
            initiator.write(7, data);
        }
        try (Initiator initiator = new Initiator(port, INITIATOR, TARGET)) {
            assertArrayEquals(data, initiator.read(7, CHUNK_BLOCKS));
        }
    }

    @Test
    public void sessionIsListedWhileItLasts() throws Exception {
        try (Initiator initiator = new Initiator(port, INITIATOR, TARGET)) {
            assertEquals(Initiator.GOOD, initiator.testUnitReady().status());
            assertTrue(console.run("session:list").contains(INITIATOR));
        }
    }

    @Test
    public void aViewerLooksAnOperatorChangesAndOnlyAnAdministratorDeletes() throws Exception {
        Console viewer = new Console(sessions, "viewer");
        assertTrue(viewer.run("volume:list").contains("disk"));
        assertThrows(Exception.class, () -> viewer.run("volume:create look --kind memory --size 1M"));
        assertThrows(Exception.class, () -> viewer.run("shell:cat etc/keys.properties"));
        assertThrows(Exception.class, () -> viewer.run("volume:list > x"));
        assertThrows(Exception.class, () -> viewer.run("config:list"));
        Console operator = new Console(sessions, "operator");
        operator.run("volume:create look --kind memory --size 1M");
        operator.run("volume:resize look --size 2M");
        assertThrows(Exception.class, () -> operator.run("volume:resize look --size 1M --force"));
        assertThrows(Exception.class, () -> operator.run("volume:delete look --purge --yes"));
        console.run("volume:delete look --purge --yes");
    }

    @Test
    public void exportThatIsImportedOnAnEmptyApplianceGivesTheSameBytesAndTheSameDisk() throws Exception {
        byte[] data = new byte[CHUNK_BLOCKS * Initiator.BLOCK_BYTES];
        new Random(2).nextBytes(data);
        try (Initiator initiator = new Initiator(port, INITIATOR, TARGET)) {
            initiator.write(3, data);
        }
        Path folder = Files.createTempDirectory("lunaria");
        Path nothing = Files.writeString(folder.resolve("nothing.json"), "{\"formatVersion\": 1}");
        Path before = folder.resolve("before.json");
        Path after = folder.resolve("after.json");
        console.run("appliance:export --with-secrets " + before);
        console.run("appliance:import --replace --yes " + nothing);
        assertEquals("", console.run("volume:list --no-format") + console.run("portal:list --no-format"));
        console.run("appliance:import --replace --yes " + before);
        console.run("appliance:export --with-secrets " + after);
        assertEquals(Files.readString(before), Files.readString(after));
        assertTrue(console.run("appliance:import --replace --yes " + before).contains("There is nothing to change."));
        try (Initiator initiator = new Initiator(port, INITIATOR, TARGET)) {
            assertArrayEquals(data, initiator.read(3, CHUNK_BLOCKS));
        }
    }

    @Test
    public void aMaskHoldsAtOnceForTheInitiatorThatItIsFor() throws Exception {
        byte[] data = new byte[Initiator.BLOCK_BYTES];
        try (Initiator initiator = new Initiator(port, INITIATOR, TARGET);
                Initiator other = new Initiator(port, INITIATOR + "2", TARGET)) {
            console.run("target:mask disk " + INITIATOR + " 0:ro");
            assertEquals(SENSE_UNIT_ATTENTION, initiator.testUnitReady().senseKey());
            assertEquals(Initiator.GOOD, initiator.testUnitReady().status());
            assertThrows(IOException.class, () -> initiator.write(0, data));
            other.write(0, data);
            console.run("target:mask disk " + INITIATOR + " none");
            assertEquals(SENSE_ILLEGAL_REQUEST, initiator.testUnitReady().senseKey());
            assertEquals(Initiator.GOOD, other.testUnitReady().status());
            console.run("target:unmask disk " + INITIATOR);
            assertEquals(SENSE_UNIT_ATTENTION, initiator.testUnitReady().senseKey());
        }
    }

    @Test
    public void aVolumeMovesUnderIoAndNoInitiatorSeesAnError() throws Exception {
        // What memory cannot do and a file can (WRITE ATOMIC) is told after each move.
        try (VerifiedLoad load = new VerifiedLoad(port, TARGET, 2)) {
            for (String kind : List.of("memory", "file")) {
                load.awaitProgress();
                console.run("volume:migrate disk --kind " + kind);
                assertTrue(console.run("volume:show disk").contains("Kind                " + kind));
            }
            load.finish();
        }
        // What the volume was in at first stays.
        Files.delete(Path.of(System.getProperty("karaf.data"), "volumes", "disk.img"));
    }

    @Test
    public void aVolumeGrowsUnderIoAndInitiatorsAreToldOfIt() throws Exception {
        try (VerifiedLoad load = new VerifiedLoad(port, TARGET, 1);
                Initiator other = new Initiator(port, INITIATOR, TARGET)) {
            assertEquals(16L << 20, capacityBytes(other));
            load.awaitProgress();
            console.run("volume:resize disk --size 32M");
            assertEquals(SENSE_UNIT_ATTENTION, other.testUnitReady().senseKey());
            assertEquals(32L << 20, capacityBytes(other));
            load.awaitProgress();
            assertThrows(Exception.class, () -> console.run("volume:resize disk --size 16M --force"));
            load.finish();
        }
    }

    @Test
    public void settingsChangeUnderIoAndNoInitiatorSeesAnError() throws Exception {
        try (VerifiedLoad load = new VerifiedLoad(port, TARGET)) {
            for (String value : List.of("true", "false", "")) {
                load.awaitProgress();
                console.run("volume:set disk graceMillis=20000 sync=" + value);
            }
            assertThrows(Exception.class, () -> console.run("volume:set disk sync=true graceMillis=-1"));
            assertThrows(Exception.class, () -> console.run("volume:set disk path=/nowhere/disk.img"));
            load.awaitProgress();
            load.finish();
        }
        String shown = console.run("volume:show disk --no-format");
        assertTrue(shown, shown.contains("Unit graceMillis\t20000\n") && !shown.contains("Backend sync"));
        assertTrue(shown, shown.contains("Provider\torg.lunaria.backend.file "));
    }

    /** By READ CAPACITY (10). */
    private static long capacityBytes(Initiator initiator) throws Exception {
        ByteBuffer data = ByteBuffer.wrap(initiator
                .execute(new byte[] {0x25, 0, 0, 0, 0, 0, 0, 0, 0, 0}, new byte[0], 8)
                .data());
        return (data.getInt() + 1L) * data.getInt();
    }

    @Test
    public void backendRestartsUnderIoAndNoInitiatorSeesAnError() throws Exception {
        Bundle backend = bundle("org.lunaria.backend.file");
        try (VerifiedLoad load = new VerifiedLoad(port, TARGET)) {
            for (int i = 0; i < RESTARTS; i++) {
                load.awaitProgress();
                backend.stop(Bundle.STOP_TRANSIENT);
                backend.start(Bundle.START_TRANSIENT);
            }
            load.finish();
        }
    }

    /** The device is the file, by another way: so the data is the same, and each byte of it is compared all the while. */
    @Test
    public void aDeviceTakesTheFilesPlaceUnderIoAndNoInitiatorSeesAnError() throws Exception {
        Path file = Path.of(System.getProperty("karaf.data"), "volumes", "disk.img");
        String device = LoopDevice.of(file);
        // A file can do what a device cannot (WRITE ATOMIC): each exchange is told.
        try (VerifiedLoad load = new VerifiedLoad(port, TARGET, 2)) {
            load.awaitProgress();
            swap("block --set device=" + device);
            load.awaitProgress();
            swap("file --set create=false --path " + file);
            load.finish();
        } finally {
            LoopDevice.detach(device);
        }
    }

    /** Unchecked, for what the one has in its cache the other cannot see. */
    private void swap(String store) throws Exception {
        console.run("volume:swap disk --unchecked --kind " + store);
        String kind = store.substring(0, store.indexOf(' '));
        assertTrue(console.run("volume:show disk").contains("Kind                " + kind));
    }

    private Bundle bundle(String symbolicName) {
        return Arrays.stream(context.getBundles())
                .filter(bundle -> bundle.getSymbolicName().equals(symbolicName))
                .findFirst()
                .orElseThrow();
    }
}
