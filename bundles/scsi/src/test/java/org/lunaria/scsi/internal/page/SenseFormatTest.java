package org.lunaria.scsi.internal.page;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashSet;
import java.util.HexFormat;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.lunaria.scsi.ScsiStatus;
import org.lunaria.scsi.SenseCode;
import org.lunaria.scsi.internal.page.CopyError.ThirdParty;

/** Golden bytes of both formats (SPC-4 4.5). */
class SenseFormatTest {

    private static String hex(SenseFormat format, Sense sense) {
        return HexFormat.of().formatHex(format.encode(sense));
    }

    @Test
    void aCodeAloneIsEighteenBytesInFixedAndEightInDescriptorFormat() {
        Sense sense = Sense.of(SenseCode.LOGICAL_BLOCK_ADDRESS_OUT_OF_RANGE);
        assertEquals("700005000000000a000000002100" + "00000000", hex(SenseFormat.FIXED, sense));
        assertEquals("7205210000000000", hex(SenseFormat.DESCRIPTOR, sense));
    }

    @Test
    void informationOfThirtyTwoBitsIsValidInBothFormats() {
        Sense sense = Sense.withInformation(SenseCode.UNRECOVERED_READ_ERROR, 0x12345678L);
        assertEquals("f00003123456780a000000001100" + "00000000", hex(SenseFormat.FIXED, sense));
        assertEquals("720311000000000c" + "000a8000" + "0000000012345678", hex(SenseFormat.DESCRIPTOR, sense));
    }

    @Test
    void informationOfMoreBitsIsLeftOutOfTheFixedFormat() {
        Sense sense = Sense.withInformation(SenseCode.WRITE_ERROR, 0x1_0000_0000L);
        assertEquals("700003000000000a000000000c00" + "00000000", hex(SenseFormat.FIXED, sense));
        assertEquals("72030c000000000c" + "000a8000" + "0000000100000000", hex(SenseFormat.DESCRIPTOR, sense));
    }

    @Test
    void aFieldPointerTellsWhereInWhat() {
        Sense cdb = Sense.invalidField(new BitField(1, 7, 3));
        assertEquals("700005000000000a000000002400" + "00" + "cf0001", hex(SenseFormat.FIXED, cdb));
        assertEquals("7205240000000008" + "02060000" + "cf0001" + "00", hex(SenseFormat.DESCRIPTOR, cdb));
        Sense list = Sense.invalidField(FieldPointer.parameter(0x123));
        assertEquals("700005000000000a000000002600" + "00" + "8f0123", hex(SenseFormat.FIXED, list));
    }

    @Test
    void aWorkTellsHowFarItHasCome() {
        Sense half = Sense.inProgress(SenseCode.LOGICAL_UNIT_IS_IN_PROCESS_OF_BECOMING_READY, Progress.of(1, 2));
        assertEquals("700002000000000a000000000401" + "00" + "808000", hex(SenseFormat.FIXED, half));
        assertEquals("7202040100000008" + "02060000" + "808000" + "00", hex(SenseFormat.DESCRIPTOR, half));
        assertEquals(new Progress(0xFFFF), Progress.of(7, 7));
        assertEquals(new Progress(0), Progress.of(0, 0));
    }

    @Test
    void aCopyTellsItsSegmentAndWhatADeviceHadAnswered() {
        Sense segment =
                Sense.ofCopy(SenseCode.COPY_TARGET_DEVICE_NOT_REACHABLE, 0x54, new CopyError(0x102, Optional.empty()));
        assertEquals("70000a000000000a" + "00000102" + "0d0200" + "8f0054", hex(SenseFormat.FIXED, segment));
        assertEquals(
                "720a0d0200000014" + "02060000" + "8f0054" + "00" + "010a0000" + "0000000000000102",
                hex(SenseFormat.DESCRIPTOR, segment));
        byte[] answered = SenseFormat.DESCRIPTOR.encode(Sense.of(SenseCode.WRITE_PROTECTED));
        Sense party = Sense.ofCopy(
                SenseCode.THIRD_PARTY_DEVICE_FAILURE,
                -1,
                new CopyError(1, Optional.of(new ThirdParty(true, ScsiStatus.CHECK_CONDITION, answered))));
        assertEquals(
                "70000a0000000013" + "00120001" + "0d0100" + "000000" + "02" + "7207270000000000",
                hex(SenseFormat.FIXED, party));
        assertEquals(
                "720a0d0100000018" + "010a0000" + "0000000000000001" + "0c0a0202" + "7207270000000000",
                hex(SenseFormat.DESCRIPTOR, party));
        Sense source = Sense.ofCopy(
                SenseCode.THIRD_PARTY_DEVICE_FAILURE,
                -1,
                new CopyError(0, Optional.of(new ThirdParty(false, ScsiStatus.RESERVATION_CONFLICT, new byte[0]))));
        assertEquals("70000a000000000b" + "12000000" + "0d0100" + "000000" + "18", hex(SenseFormat.FIXED, source));
        assertEquals(
                "720a0d0100000010" + "010a0000" + "0000000000000000" + "0c020118", hex(SenseFormat.DESCRIPTOR, source));
    }

    @Test
    void noTwoRowsOfTheTableAreTheSameCode() {
        Set<Integer> codes = new HashSet<>();
        for (SenseCode code : SenseCode.values()) {
            assertTrue(codes.add(code.key().code() << 16 | code.asc() << 8 | code.ascq()), code.name());
        }
    }
}
