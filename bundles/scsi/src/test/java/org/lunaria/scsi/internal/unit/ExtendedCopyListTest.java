package org.lunaria.scsi.internal.unit;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.lunaria.scsi.ScsiStatus;
import org.lunaria.scsi.SenseCode;

/** The parameter list of EXTENDED COPY: what is refused, and where it points. */
class ExtendedCopyListTest extends CopyFixture {
    @Test
    void aDescriptorThatIsNotInTheListIsNotReachable() {
        assertRefused(
                SenseCode.COPY_TARGET_DEVICE_NOT_REACHABLE,
                "list " + (SEGMENT_AT + 6) + ".7",
                copy(both().copy(0, 0, 2, 0, 1).lid1(1)));
        assertRefused(
                SenseCode.COPY_TARGET_DEVICE_NOT_REACHABLE,
                "list " + (SEGMENT_AT + 4) + ".7",
                copy(both().copy(0xF800, 0, 1, 0, 1).lid1(1)));
    }

    @Test
    void aDescriptorThatIsWrongAboutItsUnitAbortsTheCopy() {
        Answer answer = copy(both().blockBytes(4096).copy(0, 0, 1, 0, 8).lid1(1));
        assertRefused(
                SenseCode.INCORRECT_COPY_TARGET_DEVICE_TYPE, "list " + (CopyLists.LID1_HEADER + 32) + ".7", answer);
        byte[] tape = both().copy(0, 0, 1, 0, 8).lid1(1);
        tape[CopyLists.LID1_HEADER + 1] = 0x01;
        assertRefused(SenseCode.INCORRECT_COPY_TARGET_DEVICE_TYPE, "list " + CopyLists.LID1_HEADER + ".7", copy(tape));
        byte[] none = both().copy(0, 0, 1, 0, 8).lid1(1);
        none[CopyLists.LID1_HEADER + 1] = 0x20;
        assertEquals(SenseCode.COPY_TARGET_DEVICE_NOT_REACHABLE, copy(none).code());
        assertArrayEquals(blocks(filled(2), 0, 2048), blocks(to, 0, 2048));
    }

    @Test
    void listsThatCannotBeUnderstoodAreRefusedWhole() {
        byte[] list = both().copy(0, 0, 1, 0, 4).copy(0, 0, 1, 0, 4).lid1(1);
        assertRefused(SenseCode.UNSUPPORTED_TARGET_DESCRIPTOR_TYPE_CODE, "list 48.7", copy(with(list, 48, 0xE0)));
        assertRefused(
                SenseCode.UNSUPPORTED_SEGMENT_DESCRIPTOR_TYPE_CODE,
                "list " + (SEGMENT_AT + 28) + ".7",
                copy(with(list, SEGMENT_AT + 28, 0x03)));
        assertRefused(
                SenseCode.INVALID_FIELD_IN_PARAMETER_LIST,
                "list " + (SEGMENT_AT + 30) + ".7",
                copy(with(list, SEGMENT_AT + 31, 20)));
        assertRefused(SenseCode.INVALID_FIELD_IN_PARAMETER_LIST, "list 23.7", copy(with(list, 23, 21)));
        assertRefused(SenseCode.INVALID_FIELD_IN_PARAMETER_LIST, "list 2.7", copy(with(list, 3, 63)));
        assertRefused(SenseCode.INVALID_FIELD_IN_PARAMETER_LIST, "list 8.7", copy(with(list, 11, 55)));
        assertRefused(SenseCode.INVALID_FIELD_IN_PARAMETER_LIST, "list 1.7", copy(with(list, 1, 0x80)));
        assertRefused(SenseCode.INVALID_FIELD_IN_PARAMETER_LIST, "list 1.4", copy(with(list, 1, 0x08)));
        assertRefused(SenseCode.INVALID_FIELD_IN_PARAMETER_LIST, "list 0.7", copy(with(list, 1, 0x18)));
        assertRefused(SenseCode.PARAMETER_LIST_LENGTH_ERROR, "none", copy(with(list, 15, 1)));
        assertRefused(SenseCode.INLINE_DATA_LENGTH_EXCEEDED, "list 12.7", copy(with(Arrays.copyOf(list, 200), 15, 1)));
        for (int length = 1; length < list.length; length++) {
            assertEquals(
                    SenseCode.PARAMETER_LIST_LENGTH_ERROR,
                    copy(Arrays.copyOf(list, length)).code(),
                    length + " bytes");
        }
        assertArrayEquals(blocks(filled(2), 0, 2048), blocks(to, 0, 2048));
    }

    @Test
    void theHeaderOfTheLongFormatIsChecked() {
        byte[] list = both().copy(0, 0, 1, 0, 4).lid4(1);
        String[] pointers = {"0:0 list 0.7", "3:16 list 2.7", "15:1 list 15.0", "15:2 list 15.1", "16:0 list 16.7"};
        for (String each : pointers) {
            String[] part = each.split("[: ]", 3);
            Answer answer = copyLid4(with(list, Integer.parseInt(part[0]), Integer.parseInt(part[1])));
            assertRefused(SenseCode.INVALID_FIELD_IN_PARAMETER_LIST, part[2], answer);
        }
        assertArrayEquals(blocks(filled(2), 0, 2048), blocks(to, 0, 2048));
    }

    @Test
    void asManyDescriptorsAsAreAnnouncedAreTaken() {
        CopyLists list = new CopyLists();
        for (int i = 0; i < 64; i++) {
            list.naa(other.settings().identity().naa()).copy(0xFFFF, i, i, i, 1);
        }
        assertEquals(ScsiStatus.GOOD, copy(list.lid1(1)).status());
        assertArrayEquals(blocks(from, 0, 64), blocks(to, 0, 64));
        CopyLists devices = new CopyLists();
        CopyLists segments = both();
        for (int i = 0; i < 65; i++) {
            devices.naa(other.settings().identity().naa());
            segments.copy(0, 0, 1, 0, 1);
        }
        assertRefused(SenseCode.TOO_MANY_TARGET_DESCRIPTORS, "list 2.7", copy(devices.lid1(1)));
        assertRefused(SenseCode.TOO_MANY_SEGMENT_DESCRIPTORS, "list 8.7", copy(segments.lid1(1)));
        for (int i = 0; i < 65; i++) {
            devices.copy(0, 0, 0, 0, 0);
        }
        assertEquals(
                SenseCode.PARAMETER_LIST_LENGTH_ERROR, copy(devices.lid1(1)).code());
    }

    private static byte[] with(byte[] list, int at, int value) {
        byte[] changed = list.clone();
        changed[at] = (byte) value;
        return changed;
    }
}
