package org.lunaria.scsi.internal.unit;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.lunaria.scsi.ScsiStatus;
import org.lunaria.scsi.SenseCode;

/** EXTENDED COPY between two units (SPC-4 6.4, 6.5). */
class ExtendedCopyTest extends CopyFixture {
    @Test
    void segmentsAreCopiedInOrder() {
        byte[] first = blocks(from, 10, 700);
        byte[] second = blocks(from, 1500, 5);
        assertEquals(
                ScsiStatus.GOOD,
                copy(both().copy(0, 10, 1, 100, 700).copy(0, 1500, 1, 102, 5).lid1(1))
                        .status());
        System.arraycopy(second, 0, first, 2 * BLOCK, second.length);
        assertArrayEquals(first, blocks(to, 100, 700));
        assertArrayEquals(blocks(filled(2), 0, 100), blocks(to, 0, 100));
        assertArrayEquals(blocks(filled(2), 800, 1248), blocks(to, 800, 1248));
        assertArrayEquals(blocks(filled(1), 0, 2048), blocks(from, 0, 2048));
    }

    @Test
    void theLongFormatDoesTheSame() {
        byte[] list = both().copy(1, 2000, 0, 3, 48).lid4(0x12345678);
        assertEquals(ScsiStatus.GOOD, copyLid4(list).status());
        assertArrayEquals(blocks(filled(2), 2000, 48), blocks(from, 3, 48));
    }

    @Test
    void theUnitThatTheCommandIsSentToNeedsNoDescriptor() {
        CopyLists list = new CopyLists()
                .naa(other.settings().identity().naa())
                .copy(0xFFFF, 0, 0, 0, 2048)
                .copy(0xFFFF, 0, 0xFFFF, 1024, 4);
        assertEquals(ScsiStatus.GOOD, copy(list.lid1(1)).status());
        assertArrayEquals(blocks(filled(1), 0, 2048), blocks(to, 0, 2048));
        assertArrayEquals(blocks(filled(1), 0, 4), blocks(from, 1024, 4));
    }

    @Test
    void aUnitIsFoundByItsVendorAndSerialNumber() {
        byte[] name = "LUNARIA serial-other".getBytes(StandardCharsets.US_ASCII);
        assertEquals(20, name.length);
        CopyLists list = new CopyLists().cscd(2, 1, name).copy(0xFFFF, 0, 0, 0, 8);
        assertEquals(ScsiStatus.GOOD, copy(list.lid1(1)).status());
        assertArrayEquals(blocks(from, 0, 8), blocks(to, 0, 8));
    }

    @Test
    void whatOverlapsIsCopiedAsItWas() {
        for (int[] range : new int[][] {{0, 300, 1500}, {300, 0, 1500}, {5, 5, 600}, {10, 11, 1000}}) {
            from.contents(0, blocks(filled(1), 0, 2048));
            byte[] expected = blocks(from, range[0], range[2]);
            assertEquals(
                    ScsiStatus.GOOD,
                    copy(both().copy(0, range[0], 0, range[1], range[2]).lid1(1))
                            .status());
            assertArrayEquals(expected, blocks(from, range[1], range[2]), Arrays.toString(range));
        }
    }

    @Test
    void noBlocksAndNoSegmentsAreNoError() {
        assertEquals(ScsiStatus.GOOD, copy(both().copy(0, 0, 1, 0, 0).lid1(1)).status());
        assertEquals(ScsiStatus.GOOD, copy(both().lid1(1)).status());
        assertEquals(ScsiStatus.GOOD, copy(new byte[0]).status());
        assertArrayEquals(blocks(filled(2), 0, 2048), blocks(to, 0, 2048));
    }

    @Test
    void whatIsNotOnTheMediumAbortsTheCopyBeforeAnythingOfTheSegment() {
        Answer answer = copy(both().copy(0, 0, 1, 0, 4).copy(0, 0, 1, 1, 2048).lid1(1));
        assertRefused(SenseCode.COPY_ABORTED, "list " + (SEGMENT_AT + 28 + 20) + ".7", answer);
        assertEquals(1, answer.sense()[11], "the number of the segment");
        assertArrayEquals(blocks(from, 0, 4), blocks(to, 0, 4));
        assertArrayEquals(blocks(filled(2), 4, 2044), blocks(to, 4, 2044));
        assertRefused(
                SenseCode.COPY_ABORTED,
                "list " + (SEGMENT_AT + 12) + ".7",
                copy(both().copy(0, -1L, 1, 0, 1).lid1(1)));
        assertRefused(
                SenseCode.COPY_ABORTED,
                "list " + (SEGMENT_AT + 20) + ".7",
                copy(both().copy(0, 0, 1, Long.MIN_VALUE, 1).lid1(1)));
    }

    @Test
    void unitAttentionsOfTheOtherUnitAreLeftToTheInitiator() {
        assertEquals(ScsiStatus.GOOD, copy(both().copy(0, 0, 1, 0, 4).lid1(1)).status());
        assertEquals(
                SenseCode.POWER_ON_RESET_OR_BUS_DEVICE_RESET_OCCURRED,
                host.onLun(1, 0, 0x00).code());
    }

    @Test
    void verificationTellsWhetherAUnitIsThereAndReady() {
        assertEquals(ScsiStatus.GOOD, copy(both().verify(1, true).lid1(1)).status());
        while (host.onLun(1, 0, 0x1B, 0, 0, 0, 0, 0).status() != ScsiStatus.GOOD) {
            // It hears the unit attentions of LUN 1, and then stops it.
        }
        assertEquals(ScsiStatus.GOOD, copy(both().verify(1, false).lid1(1)).status());
        Answer answer = copy(both().verify(1, true).lid1(1));
        assertRefused(SenseCode.THIRD_PARTY_DEVICE_FAILURE, "list 48.7", answer);
        assertEquals(18, answer.sense()[8], "the status and sense data of the source follow");
        assertEquals(ScsiStatus.CHECK_CONDITION.code(), answer.sense()[18]);
        assertEquals(SenseCode.Key.NOT_READY.code(), answer.sense()[19 + 2]);
        assertEquals(
                SenseCode.COPY_TARGET_DEVICE_NOT_REACHABLE,
                copy(both().verify(5, true).lid1(1)).code());
    }
}
