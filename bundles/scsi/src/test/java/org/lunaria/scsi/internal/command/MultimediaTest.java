package org.lunaria.scsi.internal.command;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.lunaria.backend.ArrayBackend;
import org.lunaria.backend.BlockBackend.Capability;
import org.lunaria.scsi.ScsiStatus;
import org.lunaria.scsi.SenseCode;
import org.lunaria.scsi.internal.nolies.SparseStore;
import org.lunaria.scsi.internal.unit.Answer;
import org.lunaria.scsi.internal.unit.Bench;
import org.lunaria.scsi.internal.unit.Initiator;

/** CD/DVD units, byte for byte after the tables of MMC-6. */
class MultimediaTest {
    /** Its lead-out is at 00:06:50. */
    private static final int CD_BLOCKS = 350;

    private static final long MOST_CD_BLOCKS = 449_849;
    private static final int USER_DATA = 0x10;
    private static final HexFormat HEX = HexFormat.of();

    private final ArrayBackend store = new ArrayBackend(CD_BLOCKS * 2048, 2048);
    private final Bench bench = Bench.cdrom(store);
    private final Initiator cd = bench.initiator();

    private static Initiator disc(long blockCount) {
        return Bench.cdrom(new SparseStore(2048, blockCount, EnumSet.allOf(Capability.class)))
                .initiator();
    }

    private static final Initiator DVD = disc(0x10_0000);

    private static String hex(Answer answer) {
        assertEquals(ScsiStatus.GOOD, answer.status());
        return HEX.formatHex(answer.data());
    }

    private static String contents(Initiator by, int time, int format, int number) {
        return hex(by.read(64, 0x43, time, format, 0, 0, 0, number, 0, 64, 0));
    }

    private static Answer configuration(Initiator by, int type, int feature) {
        return by.read(512, 0x46, type, 0, feature, 0, 0, 0, 2, 0, 0);
    }

    private static String event(Initiator by, int classes) {
        return hex(by.read(8, 0x4A, 1, 0, 0, classes, 0, 0, 0, 8, 0));
    }

    @Test
    void itIsADriveWhoseMediumCanBeRemoved() {
        byte[] data = cd.read(96, 0x12, 0, 0, 0, 96, 0).data();
        assertEquals("0580", HEX.formatHex(data, 0, 2));
        assertEquals("00a0046004e0", HEX.formatHex(data, 58, 64));
        assertEquals("05000006" + "008083868788", hex(cd.read(64, 0x12, 1, 0, 0, 64, 0)));
        assertEquals("CDB 2.7", cd.read(64, 0x12, 1, 0xB0, 0, 64, 0).pointer());
        assertEquals("0000015d" + "00000800", hex(cd.read(8, 0x25, 0, 0, 0, 0, 0, 0, 0, 0, 0)));
    }

    @Test
    void whatADiskHasAndItHasNotIsUnknown() {
        for (int opcode : new int[] {0x08, 0x0A, 0x2A, 0x35, 0x42, 0x88, 0x8A, 0x9E, 0xAA}) {
            Answer answer = cd.read(512, opcode, 0x10, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0);
            assertEquals(SenseCode.INVALID_COMMAND_OPERATION_CODE, answer.code());
            assertEquals(
                    1,
                    cd.read(4, 0xA3, 0x0C, 3, opcode, 0, 0x10, 0, 0, 0, 4, 0, 0).data()[1]);
        }
        Initiator disk = Bench.of(Bench.backend()).initiator();
        for (int opcode : new int[] {0x43, 0x46, 0x4A, 0x51, 0x52, 0xAD, 0xB9, 0xBD, 0xBE}) {
            assertEquals(
                    SenseCode.INVALID_COMMAND_OPERATION_CODE,
                    disk.read(512, opcode, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0).code());
        }
    }

    @Test
    void itsTableOfContentsHasOneDataTrackAndTheLeadOut() {
        assertEquals("00120101" + "0014010000000000" + "0014aa000000015e", contents(cd, 0, 0, 0));
        assertEquals("00120101" + "0014010000000200" + "0014aa0000000632", contents(cd, 2, 0, 1));
        assertEquals("000a0101" + "0014aa000000015e", contents(cd, 0, 0, 2));
        assertEquals("000a0101" + "0014aa000000015e", contents(cd, 0, 0, 0xAA));
        assertEquals("CDB 6.7", cd.read(64, 0x43, 0, 0, 0, 0, 0, 3, 0, 64, 0).pointer());
    }

    @Test
    void itsLastSessionIsTheFirst() {
        assertEquals("000a0101" + "0014010000000000", contents(cd, 0, 1, 0));
        assertEquals("000a0101" + "0014010000000200", contents(cd, 2, 1, 0));
        assertEquals("000a0101" + "0014010000000000", hex(cd.read(12, 0x43, 0, 0, 0, 0, 0, 0, 0, 12, 0x40)));
    }

    @Test
    void theRawTableIsThatOfTheLeadIn() {
        String expected = "002e0101" + "011400a000000000" + "010000" + "011400a100000000" + "010000"
                + "011400a200000000" + "000632" + "0114000100000000" + "000200";
        assertEquals(expected, contents(cd, 0, 2, 0));
        assertEquals("CDB 6.7", cd.read(64, 0x43, 0, 2, 0, 0, 0, 2, 0, 64, 0).pointer());
        assertEquals("CDB 2.3", DVD.read(64, 0x43, 0, 2, 0, 0, 0, 0, 0, 64, 0).pointer());
        assertEquals("CDB 2.3", cd.read(64, 0x43, 0, 3, 0, 0, 0, 0, 0, 64, 0).pointer());
        assertEquals("CDB 9.7", cd.read(64, 0x43, 0, 0, 0, 0, 0, 0, 0, 64, 0xC0).pointer());
    }

    @Test
    void anAddressBeyondMinute255IsTheLargest() {
        assertEquals("00120101" + "0014010000000200" + "0014aa0000ff3b4a", contents(disc(0x20_0000), 2, 0, 0));
    }

    @Test
    void aDiscOfMoreThanHundredMinutesIsADvd() {
        assertEquals(0x0008, configuration(disc(MOST_CD_BLOCKS), 0, 0).buffer().getShort(6));
        assertEquals("00120101" + "0014010000000200" + "0014aa0000633b4a", contents(disc(MOST_CD_BLOCKS), 2, 0, 0));
        assertEquals(
                0x0010, configuration(disc(MOST_CD_BLOCKS + 1), 0, 0).buffer().getShort(6));
    }

    @Test
    void featuresOfADriveWithACd() {
        assertEquals(
                "00000048" + "00000008"
                        + "0000030800100000" + "00080100"
                        + "00010b0800000001" + "03000000"
                        + "00020704" + "00000000"
                        + "00030b04" + "39000000"
                        + "0010010800000800" + "00010100"
                        + "001e0904" + "00000000"
                        + "001f0404" + "00000000",
                hex(configuration(cd, 0, 0)));
    }

    @Test
    void featuresOfADriveWithADvdThatAreCurrent() {
        assertEquals(
                "00000040" + "00000010"
                        + "0000030800100100" + "00080000"
                        + "00010b0800000001" + "03000000"
                        + "00020704" + "00000000"
                        + "00030b04" + "39000000"
                        + "0010010800000800" + "00100100"
                        + "001f0504" + "00000000",
                hex(configuration(DVD, 1, 0)));
    }

    @Test
    void oneFeatureIsReturnedOrNone() {
        assertEquals("0000000c" + "00000008" + "001e090400000000", hex(configuration(cd, 2, 0x1E)));
        assertEquals("00000004" + "00000008", hex(configuration(cd, 2, 0x1D)));
        assertEquals(
                "00000014" + "00000008" + "001e090400000000" + "001f040400000000", hex(configuration(cd, 0, 0x11)));
        assertEquals("CDB 1.1", configuration(cd, 3, 0).pointer());
    }

    @Test
    void withoutADiscNoProfileIsCurrent() {
        bench.eject(false);
        byte[] data = configuration(cd, 1, 0).data();
        assertEquals(0, data[7]);
        assertEquals("0000030800100000" + "00080000", HEX.formatHex(data, 8, 20));
        assertEquals(48, data.length);
        assertEquals(SenseCode.MEDIUM_NOT_PRESENT_TRAY_OPEN, cd.command(0x00).code());
        assertEquals(
                SenseCode.MEDIUM_NOT_PRESENT_TRAY_OPEN,
                cd.read(64, 0x43, 0, 0, 0, 0, 0, 0, 0, 64, 0).code());
        assertEquals("0010000000000000", hex(cd.read(8, 0xBD, 0, 0, 0, 0, 0, 0, 0, 0, 8, 0, 0)));
    }

    @Test
    void eachInitiatorIsToldOnceWhatBecameOfTheDisc() {
        Initiator other = bench.initiator("other");
        assertEquals("0006045000020000", event(cd, 0x10));
        bench.eject(false);
        assertEquals("0006045003010000", event(cd, 0x10));
        assertEquals("0006045000010000", event(cd, 0x10));
        bench.load();
        assertEquals("0006045002020000", event(cd, 0x7E));
        assertEquals("0006045000020000", event(cd, 0x10));
        assertEquals("0006045002020000", event(other, 0x10));
        assertEquals("0006045000020000", event(bench.newInitiator("late"), 0x10));
        assertEquals(SenseCode.MEDIUM_MAY_HAVE_CHANGED, other.command(0x00).code());
    }

    @Test
    void whoHasRoomForTheHeaderOnlyKeepsTheEvent() {
        bench.eject(false);
        assertEquals("00060450", hex(cd.read(4, 0x4A, 1, 0, 0, 0x10, 0, 0, 0, 4, 0)));
        assertEquals("0006045003010000", event(cd, 0x10));
    }

    @Test
    void otherClassesHaveNoEvents() {
        assertEquals("0006065000000000", event(cd, 0x40));
        assertEquals("00028050", event(cd, 0x02));
        assertEquals("CDB 1.0", cd.read(8, 0x4A, 0, 0, 0, 0x10, 0, 0, 0, 8, 0).pointer());
    }

    @Test
    void theDiscIsFinalized() {
        assertEquals(
                "00200e0101010100" + "00000000" + "00000000" + "ffffffff" + "ffffffff" + "00".repeat(10),
                hex(cd.read(64, 0x51, 0, 0, 0, 0, 0, 0, 0, 64, 0)));
        assertEquals("CDB 1.2", cd.read(64, 0x51, 1, 0, 0, 0, 0, 0, 0, 64, 0).pointer());
    }

    @Test
    void theTrackIsFoundByBlockTrackAndSession() {
        String expected = "002e0101" + "00040100" + "00000000" + "00".repeat(12) + "0000015e" + "00".repeat(20);
        assertEquals(expected, hex(cd.read(64, 0x52, 0, 0, 0, 1, 0x5D, 0, 0, 64, 0)));
        assertEquals(expected, hex(cd.read(64, 0x52, 1, 0, 0, 0, 1, 0, 0, 64, 0)));
        assertEquals(expected, hex(cd.read(64, 0x52, 2, 0, 0, 0, 1, 0, 0, 64, 0)));
        assertEquals(
                SenseCode.LOGICAL_BLOCK_ADDRESS_OUT_OF_RANGE,
                cd.read(64, 0x52, 0, 0, 0, 1, 0x5E, 0, 0, 64, 0).code());
        assertEquals("CDB 2.7", cd.read(64, 0x52, 1, 0, 0, 0, 2, 0, 0, 64, 0).pointer());
        assertEquals("CDB 1.1", cd.read(64, 0x52, 3, 0, 0, 0, 1, 0, 0, 64, 0).pointer());
    }

    @Test
    void theStructureOfADvd() {
        byte[] physical = DVD.read(4096, 0xAD, 0, 0, 0, 0, 0, 0, 0, 16, 0, 0, 0).data();
        assertEquals(2052, physical.length);
        assertEquals(
                "08020000" + "010f0100" + "00030000" + "0012ffff" + "00000000" + "00000000",
                HEX.formatHex(physical, 0, 24));
        assertEquals("0006000000000000", hex(DVD.read(64, 0xAD, 0, 0, 0, 0, 0, 0, 1, 0, 64, 0, 0)));
        assertEquals(
                "000e0000" + "00400804" + "01400008" + "ff400010",
                hex(DVD.read(64, 0xAD, 0, 0, 0, 0, 0, 0, 0xFF, 0, 64, 0, 0)));
        assertEquals(
                "CDB 6.7", DVD.read(64, 0xAD, 0, 0, 0, 0, 0, 1, 0, 0, 64, 0, 0).pointer());
        assertEquals(
                "CDB 7.7", DVD.read(64, 0xAD, 0, 0, 0, 0, 0, 0, 2, 0, 64, 0, 0).pointer());
        assertEquals(
                "CDB 1.3", DVD.read(64, 0xAD, 1, 0, 0, 0, 0, 0, 0, 0, 64, 0, 0).pointer());
    }

    @Test
    void aCdHasNoSuchStructure() {
        assertEquals(
                SenseCode.CANNOT_READ_MEDIUM_INCOMPATIBLE_FORMAT,
                cd.read(64, 0xAD, 0, 0, 0, 0, 0, 0, 0, 0, 64, 0, 0).code());
        assertEquals("00060000" + "ff400008", hex(cd.read(64, 0xAD, 0, 0, 0, 0, 0, 0, 0xFF, 0, 64, 0, 0)));
    }

    @Test
    void blocksAreReadByAllCommandsThatRead() {
        byte[] block = new byte[2048];
        Arrays.fill(block, (byte) 7);
        store.contents(5 * 2048, block);
        assertArrayEquals(block, cd.read(2048, 0x28, 0, 0, 0, 0, 5, 0, 0, 1, 0).data());
        assertArrayEquals(
                block, cd.read(2048, 0xA8, 0, 0, 0, 0, 5, 0, 0, 0, 1, 0, 0).data());
        assertArrayEquals(
                block,
                cd.read(2048, 0xBE, 8, 0, 0, 0, 5, 0, 0, 1, USER_DATA, 0, 0).data());
        assertArrayEquals(
                block,
                cd.read(2048, 0xB9, 0, 0, 0, 2, 5, 0, 2, 6, USER_DATA, 0, 0).data());
        Answer nothing = cd.read(2048, 0xBE, 0, 0, 0, 0, 5, 0, 0, 1, 0, 0, 0);
        assertEquals(ScsiStatus.GOOD, nothing.status());
        assertEquals(2048, nothing.residual());
    }

    @Test
    void readCdRefusesWhatIsNotOnTheDisc() {
        assertEquals(
                SenseCode.ILLEGAL_MODE_FOR_THIS_TRACK,
                cd.read(2048, 0xBE, 4, 0, 0, 0, 5, 0, 0, 1, USER_DATA, 0, 0).code());
        assertEquals(
                SenseCode.LOGICAL_BLOCK_ADDRESS_OUT_OF_RANGE,
                cd.read(2048, 0xBE, 0, 0, 0, 1, 0x5E, 0, 0, 1, USER_DATA, 0, 0).code());
        assertEquals(
                SenseCode.LOGICAL_BLOCK_ADDRESS_OUT_OF_RANGE,
                cd.read(2048, 0xB9, 0, 0, 0, 1, 74, 0, 2, 1, USER_DATA, 0, 0).code());
        assertEquals(
                "CDB 9.7",
                cd.read(2352, 0xBE, 0, 0, 0, 0, 5, 0, 0, 1, 0xF8, 0, 0).pointer());
        assertEquals(
                "CDB 1.4",
                cd.read(2048, 0xBE, 0x18, 0, 0, 0, 5, 0, 0, 1, USER_DATA, 0, 0).pointer());
        assertEquals(
                "CDB 3.7",
                cd.read(2048, 0xB9, 0, 0, 0, 60, 0, 0, 61, 1, USER_DATA, 0, 0).pointer());
        assertEquals(
                "CDB 6.7",
                cd.read(2048, 0xB9, 0, 0, 0, 3, 0, 0, 2, 0, USER_DATA, 0, 0).pointer());
        assertEquals(
                SenseCode.CANNOT_READ_MEDIUM_INCOMPATIBLE_FORMAT,
                DVD.read(2048, 0xBE, 0, 0, 0, 0, 5, 0, 0, 1, USER_DATA, 0, 0).code());
    }

    @Test
    void modePagesAreThoseOfADriveWithoutBlockDescriptors() {
        assertEquals(
                "0026000000000000" + "2a1e0800" + "00002900" + "00".repeat(24),
                hex(cd.read(64, 0x5A, 0, 0x2A, 0, 0, 0, 0, 0, 64, 0)));
        cd.command(0x1E, 0, 0, 0, 1, 0);
        assertEquals(0x2B, cd.read(64, 0x5A, 0, 0x2A, 0, 0, 0, 0, 0, 64, 0).data()[14]);
        assertEquals("CDB 2.5", cd.read(64, 0x5A, 0, 0x08, 0, 0, 0, 0, 0, 64, 0).pointer());
        byte[] all = cd.read(255, 0x1A, 0, 0x3F, 0, 255, 0).data();
        assertEquals("3b000000" + "010a", HEX.formatHex(all, 0, 6));
    }

    @Test
    void theTrayIsMovedByStartStopUnitAndLockedByPrevent() {
        assertEquals(ScsiStatus.GOOD, cd.command(0x1B, 0, 0, 0, 2, 0).status());
        assertEquals(
                SenseCode.MEDIUM_NOT_PRESENT_TRAY_OPEN,
                cd.command(0x1B, 0, 0, 0, 1, 0).code());
        assertEquals(ScsiStatus.GOOD, cd.command(0x1B, 0, 0, 0, 3, 0).status());
        cd.command(0x1E, 0, 0, 0, 1, 0);
        assertEquals(
                SenseCode.MEDIUM_REMOVAL_PREVENTED,
                cd.command(0x1B, 0, 0, 0, 2, 0).code());
        assertEquals(Optional.empty(), bench.eject(true));
        assertEquals("CDB 4.2", cd.command(0x1B, 0, 0, 0, 4, 0).pointer());
    }
}
