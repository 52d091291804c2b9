package org.lunaria.scsi.internal.nolies;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.lunaria.scsi.internal.unit.Answer;
import org.lunaria.scsi.internal.unit.Initiator;

/** Mode pages as MODE SENSE (10) gives them and MODE SELECT (10) takes them (SPC-4 6.10, 6.12, 7.5). */
final class ModePages {
    static final int CURRENT = 0;
    static final int CHANGEABLE = 1;
    static final int DEFAULT = 2;
    static final int SAVED = 3;

    static final int ALL_PAGES = 0x3F;
    static final int ALL_SUBPAGES = 0xFF;

    /** Of the list, without block descriptors. */
    static final int HEADER_BYTES = 8;

    private static final int ROOM = 65_535;
    private static final int DBD = 0x08;
    private static final int PF = 0x10;
    private static final int SPF = 0x40;

    /** A page; its number is that of code and subpage. */
    record Page(int code, int subpage, byte[] bytes) {
        boolean hasSubpage() {
            return (bytes[0] & SPF) != 0;
        }

        /** PS. */
        boolean isSaveable() {
            return bytes[0] < 0;
        }

        int headerBytes() {
            return hasSubpage() ? 4 : 2;
        }

        boolean isSame(Page other) {
            return code == other.code && subpage == other.subpage;
        }

        @Override
        public String toString() {
            return "mode page %02Xh/%02Xh".formatted(code, subpage);
        }
    }

    private ModePages() {}

    static Answer sense(Initiator initiator, int control, int code, int subpage) {
        return initiator.read(ROOM, 0x5A, DBD, control << 6 | code, subpage, 0, 0, 0, ROOM >> 8, ROOM & 0xFF, 0);
    }

    /** The pages in an answer. */
    static List<Page> pages(Answer answer) {
        byte[] data = answer.data();
        List<Page> pages = new ArrayList<>();
        int at = HEADER_BYTES;
        while (at < data.length) {
            boolean sub = (data[at] & SPF) != 0;
            int length =
                    sub ? 4 + Short.toUnsignedInt(ByteBuffer.wrap(data).getShort(at + 2)) : 2 + (data[at + 1] & 0xFF);
            byte[] bytes = Arrays.copyOfRange(data, at, at + length);
            pages.add(new Page(bytes[0] & 0x3F, sub ? bytes[1] & 0xFF : 0, bytes));
            at += length;
        }
        return pages;
    }

    static List<Page> all(Initiator initiator, int control) {
        return pages(sense(initiator, control, ALL_PAGES, ALL_SUBPAGES));
    }

    static Page page(Initiator initiator, int control, Page of) {
        return pages(sense(initiator, control, of.code(), of.subpage())).get(0);
    }

    /** Sends a page; PS is reserved then. */
    static Answer select(Initiator initiator, byte[] page) {
        byte[] list = new byte[HEADER_BYTES + page.length];
        System.arraycopy(page, 0, list, HEADER_BYTES, page.length);
        list[HEADER_BYTES] &= 0x7F;
        return initiator.write(list, 0x55, PF, 0, 0, 0, 0, 0, list.length >> 8, list.length & 0xFF, 0);
    }
}
