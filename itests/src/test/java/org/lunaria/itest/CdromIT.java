package org.lunaria.itest;

import static org.junit.Assert.assertArrayEquals;
import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import javax.inject.Inject;
import org.apache.karaf.shell.api.console.SessionFactory;
import org.junit.After;
import org.junit.Before;
import org.junit.Test;
import org.junit.runner.RunWith;
import org.lunaria.itest.Initiator.Outcome;
import org.ops4j.pax.exam.Configuration;
import org.ops4j.pax.exam.Option;
import org.ops4j.pax.exam.junit.PaxExam;
import org.ops4j.pax.exam.spi.reactors.ExamReactorStrategy;
import org.ops4j.pax.exam.spi.reactors.PerClass;

/** An image that is served as a CD by the archive that users get, and used through a real login (MMC-6). */
@RunWith(PaxExam.class)
@ExamReactorStrategy(PerClass.class)
public class CdromIT {
    private static final String INITIATOR = "iqn.2026-11.org.lunaria.itest:initiator";
    private static final String TARGET = "iqn.2026-11.org.lunaria:drive";
    private static final int SECTOR_BYTES = 2048;
    private static final int SECTORS = 500;

    /** Sense keys (SPC-4 4.5.6) and additional sense codes. */
    private static final int NOT_READY = 0x2;

    private static final int ILLEGAL_REQUEST = 0x5;
    private static final int UNIT_ATTENTION = 0x6;
    private static final int MEDIUM_NOT_PRESENT = 0x3A;
    private static final int MEDIUM_MAY_HAVE_CHANGED = 0x28;

    @Inject
    private SessionFactory sessions;

    private final byte[] disc = new byte[SECTORS * SECTOR_BYTES];
    private Console console;
    private Path image;
    private Initiator initiator;

    @Configuration
    public Option[] distribution() throws IOException {
        return Distribution.unpacked();
    }

    @Before
    public void insertDisc() throws Exception {
        new Random(5).nextBytes(disc);
        image = Files.createTempFile("disc", ".iso").toAbsolutePath();
        Files.write(image, disc);
        console = new Console(sessions);
        console.await("appliance:status");
        console.run("volume:create drive --type cdrom --path " + image);
        console.run("target:create drive");
        console.run("target:map drive drive --lun 0");
        console.run("target:allow drive any");
        initiator = new Initiator(Integer.getInteger(Distribution.PORT), INITIATOR, TARGET);
    }

    @After
    public void removeDrive() throws Exception {
        initiator.close();
        console.run("target:delete drive --yes");
        console.run("volume:delete drive");
        Files.delete(image);
    }

    private Outcome send(int dataInBytes, int... cdb) throws IOException {
        byte[] bytes = new byte[16];
        for (int i = 0; i < cdb.length; i++) {
            bytes[i] = (byte) cdb[i];
        }
        return initiator.execute(bytes, new byte[0], dataInBytes);
    }

    private static void assertRefused(int key, int code, Outcome outcome) {
        assertEquals(Initiator.CHECK_CONDITION, outcome.status());
        assertEquals(key, outcome.senseKey());
        assertEquals(code, outcome.sense()[12]);
    }

    @Test
    public void itIsARemovableReadOnlyDrive() throws IOException {
        byte[] inquiry = send(36, 0x12, 0, 0, 0, 36, 0).data();
        assertEquals(0x05, inquiry[0] & 0x1F);
        assertTrue((inquiry[1] & 0x80) != 0);
        ByteBuffer capacity =
                ByteBuffer.wrap(send(8, 0x25, 0, 0, 0, 0, 0, 0, 0, 0, 0).data());
        assertEquals(SECTORS - 1, capacity.getInt(0));
        assertEquals(SECTOR_BYTES, capacity.getInt(4));
        Outcome write = initiator.execute(
                new byte[] {0x2A, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0}, new byte[SECTOR_BYTES], 0);
        assertEquals(Initiator.CHECK_CONDITION, write.status());
        assertEquals(ILLEGAL_REQUEST, write.senseKey());
    }

    @Test
    public void theDiscIsReadByEveryWay() throws IOException {
        byte[] expected = Arrays.copyOfRange(disc, 7 * SECTOR_BYTES, 40 * SECTOR_BYTES);
        byte[] ten = send(expected.length, 0x28, 0, 0, 0, 0, 7, 0, 0, 33, 0).data();
        assertArrayEquals(expected, ten);
        byte[] readCd =
                send(expected.length, 0xBE, 0, 0, 0, 0, 7, 0, 0, 33, 0x10, 0, 0).data();
        assertArrayEquals(expected, readCd);
    }

    @Test
    public void theTableOfContentsHasOneDataTrack() throws IOException {
        ByteBuffer toc =
                ByteBuffer.wrap(send(20, 0x43, 0, 0, 0, 0, 0, 0, 0, 20, 0).data());
        assertEquals(18, toc.getShort(0));
        assertEquals(1, toc.get(2));
        assertEquals(1, toc.get(3));
        assertEquals(0x14, toc.get(5));
        assertEquals(0, toc.getInt(8));
        assertEquals(0xAA, toc.get(14) & 0xFF);
        assertEquals(SECTORS, toc.getInt(16));
    }

    @Test
    public void theDiscGoesAndComesByTheInitiatorAndTheOperator() throws Exception {
        assertEquals(Initiator.GOOD, send(0, 0x1B, 0, 0, 0, 0x02, 0).status());
        assertRefused(NOT_READY, MEDIUM_NOT_PRESENT, send(2048, 0x28, 0, 0, 0, 0, 0, 0, 0, 1, 0));
        assertEquals(Initiator.GOOD, send(0, 0x1B, 0, 0, 0, 0x03, 0).status());
        assertEquals(Initiator.GOOD, initiator.testUnitReady().status());
        console.run("volume:eject drive");
        assertRefused(NOT_READY, MEDIUM_NOT_PRESENT, initiator.testUnitReady());
        console.run("volume:load drive");
        assertRefused(UNIT_ATTENTION, MEDIUM_MAY_HAVE_CHANGED, initiator.testUnitReady());
        assertEquals(Initiator.GOOD, initiator.testUnitReady().status());
    }
}
