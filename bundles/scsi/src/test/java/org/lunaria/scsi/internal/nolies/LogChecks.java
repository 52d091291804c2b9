package org.lunaria.scsi.internal.nolies;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.SortedSet;
import java.util.TreeSet;
import org.lunaria.scsi.ScsiStatus;
import org.lunaria.scsi.internal.unit.Answer;
import org.lunaria.scsi.internal.unit.Initiator;

/** Log pages: those that pages 00h/00h and 00h/FFh list are there, and no others (SPC-4 7.3). */
final class LogChecks {
    private static final int LOG_SENSE = 0x4D;
    private static final int CUMULATIVE = 0x40;
    private static final int ALL_SUBPAGES = 0xFF;
    private static final int SPF = 0x40;
    private static final int ROOM = 65_535;

    private LogChecks() {}

    private static Answer sense(Initiator initiator, int code, int subpage, int allocationLength) {
        return initiator.read(
                allocationLength,
                LOG_SENSE,
                0,
                CUMULATIVE | code,
                subpage,
                0,
                0,
                0,
                allocationLength >> 8,
                allocationLength & 0xFF,
                0);
    }

    static void pages(UnitKind kind, Findings findings) {
        Stand stand = Stand.of(kind);
        if (!InquiryChecks.announces(Announced.of(stand), LOG_SENSE)) {
            return;
        }
        Initiator initiator = stand.initiator();
        SortedSet<Integer> listed = listed(initiator);
        for (int code = 0; code <= 0x3F; code++) {
            for (int subpage = 0; subpage <= 0xFF; subpage++) {
                Object about = kind + " log page %02Xh/%02Xh".formatted(code, subpage);
                Answer answer = sense(initiator, code, subpage, ROOM);
                if (listed.contains(code << 8 | subpage)) {
                    findings.count("log pages");
                    findings.require(answer.status() == ScsiStatus.GOOD, about, "answers " + BitChecks.text(answer));
                    page(initiator, answer.data(), code, subpage, about, findings);
                } else if (subpage != ALL_SUBPAGES) {
                    findings.count("log pages that are not there");
                    findings.require(
                            BitChecks.isInvalidField(answer, "CDB 2.5") || BitChecks.isInvalidField(answer, "CDB 3.7"),
                            about,
                            "is not listed, and answers " + BitChecks.text(answer));
                }
            }
        }
    }

    /** Both lists; they must agree on the pages without subpages. */
    private static SortedSet<Integer> listed(Initiator initiator) {
        SortedSet<Integer> pages = new TreeSet<>();
        byte[] codes = sense(initiator, 0, 0, ROOM).data();
        for (int at = 4; at < codes.length; at++) {
            pages.add((codes[at] & 0x3F) << 8);
        }
        Answer withSubpages = sense(initiator, 0, ALL_SUBPAGES, ROOM);
        if (withSubpages.status() == ScsiStatus.GOOD) {
            byte[] pairs = withSubpages.data();
            for (int at = 4; at + 1 < pairs.length; at += 2) {
                pages.add((pairs[at] & 0x3F) << 8 | pairs[at + 1] & 0xFF);
            }
        }
        return pages;
    }

    private static void page(Initiator initiator, byte[] page, int code, int subpage, Object about, Findings findings) {
        if (page.length < 4) {
            return;
        }
        findings.require((page[0] & 0x3F) == code && (page[1] & 0xFF) == subpage, about, "is another page");
        findings.require((page[0] & SPF) != 0 == subpage > 0, about, "has a wrong SPF");
        int length = Short.toUnsignedInt(ByteBuffer.wrap(page).getShort(2));
        findings.require(length == page.length - 4, about, "has a wrong length");
        if (code != 0 && subpage != ALL_SUBPAGES) {
            findings.require(isOfParameters(page), about, "has a parameter that is cut off");
        }
        for (int room : new int[] {0, 1, 3, 4, 5, page.length - 1, page.length, page.length + 1}) {
            Answer cut = sense(initiator, code, subpage, room);
            int sent = Math.min(room, page.length);
            findings.count("allocation lengths");
            findings.require(
                    cut.data().length == sent
                            && cut.residual() == room - sent
                            && Arrays.equals(
                                    Arrays.copyOf(page, Math.min(4, sent)),
                                    Arrays.copyOf(cut.data(), Math.min(4, sent))),
                    about,
                    "is cut off wrongly at " + room);
        }
    }

    /** Parameter code, control byte, length, value; in ascending order of the codes. */
    private static boolean isOfParameters(byte[] page) {
        ByteBuffer bytes = ByteBuffer.wrap(page);
        int at = 4;
        int before = -1;
        while (at + 4 <= page.length) {
            int parameter = Short.toUnsignedInt(bytes.getShort(at));
            if (parameter <= before) {
                return false;
            }
            before = parameter;
            at += 4 + (page[at + 3] & 0xFF);
        }
        return at == page.length;
    }
}
