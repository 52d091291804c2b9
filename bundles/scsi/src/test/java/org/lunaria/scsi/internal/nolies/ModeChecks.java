package org.lunaria.scsi.internal.nolies;

import java.util.Arrays;
import java.util.List;
import org.lunaria.scsi.ScsiStatus;
import org.lunaria.scsi.SenseCode;
import org.lunaria.scsi.internal.nolies.ModePages.Page;
import org.lunaria.scsi.internal.unit.Answer;
import org.lunaria.scsi.internal.unit.Initiator;

/** Mode pages: each is there by every page control, and what may be changed is just what the masks say. */
final class ModeChecks {
    private static final int MODE_SELECT_10 = 0x55;

    private ModeChecks() {}

    /** The pages that the list of all has are those that can be asked for one by one. */
    static void pages(UnitKind kind, Findings findings) {
        Initiator initiator = Stand.of(kind).initiator();
        List<Page> all = ModePages.all(initiator, ModePages.CURRENT);
        List<Page> withoutSubpages =
                ModePages.pages(ModePages.sense(initiator, ModePages.CURRENT, ModePages.ALL_PAGES, 0));
        findings.require(
                withoutSubpages.size()
                        == all.stream().filter(page -> !page.hasSubpage()).count(),
                kind,
                "the list without subpages is another");
        shortForm(initiator, kind, all, findings);
        for (int code = 0; code < ModePages.ALL_PAGES; code++) {
            for (int subpage = 0; subpage <= ModePages.ALL_SUBPAGES; subpage++) {
                page(initiator, kind, all, code, subpage, findings);
            }
        }
        for (Page page : all) {
            controls(initiator, kind + " " + page, page, findings);
        }
    }

    /** MODE SENSE (6) has room for 255 bytes after its MODE DATA LENGTH: what does not fit is refused, not cut off. */
    private static void shortForm(Initiator initiator, UnitKind kind, List<Page> all, Findings findings) {
        int bytes = 4 + all.stream().mapToInt(page -> page.bytes().length).sum();
        Answer answer = initiator.read(255, 0x1A, 0x08, ModePages.ALL_PAGES, ModePages.ALL_SUBPAGES, 255, 0);
        if (bytes > 256) {
            findings.require(answer.status() == ScsiStatus.CHECK_CONDITION, kind, "MODE SENSE (6) lies of its length");
        } else {
            findings.require((answer.data()[0] & 0xFF) == bytes - 1, kind, "MODE SENSE (6) has another length");
        }
    }

    private static void page(
            Initiator initiator, UnitKind kind, List<Page> all, int code, int subpage, Findings findings) {
        Object about = kind + " mode page %02Xh/%02Xh".formatted(code, subpage);
        List<Page> expected = all.stream()
                .filter(page -> page.code() == code)
                .filter(page -> subpage == ModePages.ALL_SUBPAGES || page.subpage() == subpage)
                .toList();
        Answer answer = ModePages.sense(initiator, ModePages.CURRENT, code, subpage);
        if (expected.isEmpty()) {
            findings.count("mode pages that are not there");
            findings.require(
                    BitChecks.isInvalidField(answer, "CDB 2.5") || BitChecks.isInvalidField(answer, "CDB 3.7"),
                    about,
                    "is not listed, and answers " + BitChecks.text(answer));
            return;
        }
        findings.count("mode pages");
        List<Page> found = answer.status() == ScsiStatus.GOOD ? ModePages.pages(answer) : List.of();
        boolean same = found.size() == expected.size();
        for (int i = 0; same && i < found.size(); i++) {
            same = Arrays.equals(found.get(i).bytes(), expected.get(i).bytes());
        }
        findings.require(same, about, "alone is another than in the list");
    }

    /** A page has one length, whatever values are asked for, and saved ones if it says that it can be saved. */
    private static void controls(Initiator initiator, Object about, Page page, Findings findings) {
        for (int control : new int[] {ModePages.CHANGEABLE, ModePages.DEFAULT, ModePages.SAVED}) {
            findings.count("page controls");
            Answer answer = ModePages.sense(initiator, control, page.code(), page.subpage());
            if (control == ModePages.SAVED && !page.isSaveable()) {
                findings.require(
                        answer.status() == ScsiStatus.CHECK_CONDITION
                                && answer.code() == SenseCode.SAVING_PARAMETERS_NOT_SUPPORTED,
                        about,
                        "has saved values, but not PS");
                continue;
            }
            boolean there = answer.status() == ScsiStatus.GOOD;
            findings.require(there, about, "by page control " + control + " is " + BitChecks.text(answer));
            if (there) {
                Page found = ModePages.pages(answer).get(0);
                findings.require(
                        found.isSame(page) && found.bytes().length == page.bytes().length,
                        about,
                        "by page control " + control + " is another page");
            }
        }
    }

    /** Bits of the changeable masks can be changed, and no others (SPC-4 6.9). */
    static void masks(UnitKind kind, Findings findings) {
        Stand first = Stand.of(kind);
        boolean selects = InquiryChecks.announces(Announced.of(first), MODE_SELECT_10);
        for (Page mask : ModePages.all(first.initiator(), ModePages.CHANGEABLE)) {
            Object about = kind + " " + mask;
            if (!selects) {
                for (int at = mask.headerBytes(); at < mask.bytes().length; at++) {
                    findings.require(mask.bytes()[at] == 0, about, "can be changed, but there is no MODE SELECT");
                }
                continue;
            }
            for (int at = mask.headerBytes(); at < mask.bytes().length; at++) {
                for (int bit = 7; bit >= 0; bit--) {
                    bit(Stand.of(kind), mask, at, bit, about + " byte " + at + " bit " + bit, findings);
                }
            }
        }
    }

    private static void bit(Stand stand, Page mask, int at, int bit, Object about, Findings findings) {
        Initiator initiator = stand.initiator();
        byte[] before = ModePages.page(initiator, ModePages.CURRENT, mask).bytes();
        byte[] wanted = before.clone();
        wanted[at] ^= (byte) (1 << bit);
        Answer answer = ModePages.select(initiator, wanted);
        byte[] after = ModePages.page(initiator, ModePages.CURRENT, mask).bytes();
        if (isSet(mask, at, bit) && answer.status() == ScsiStatus.GOOD) {
            findings.count("mode bits that can be changed");
            findings.require(Arrays.equals(wanted, after), about, "is taken, but not changed");
            return;
        }
        findings.count("mode bits that cannot");
        boolean refused = answer.status() == ScsiStatus.CHECK_CONDITION
                && answer.code() == SenseCode.INVALID_FIELD_IN_PARAMETER_LIST
                && pointsAt(mask, answer.pointer(), at, bit);
        findings.require(refused, about, "answers " + BitChecks.text(answer));
        findings.require(Arrays.equals(before, after), about, "is refused, but changed");
        findings.require(!isSet(mask, at, bit) || isOfSeveral(mask, at, bit), about, "is changeable, but never taken");
    }

    private static boolean isSet(Page mask, int at, int bit) {
        return (mask.bytes()[at] >> bit & 1) != 0;
    }

    /** Of a field that is changeable and does not take all values. */
    private static boolean isOfSeveral(Page mask, int at, int bit) {
        boolean above = bit < 7 ? isSet(mask, at, bit + 1) : isSet(mask, at - 1, 0);
        boolean below = bit > 0 ? isSet(mask, at, bit - 1) : at + 1 < mask.bytes().length && isSet(mask, at + 1, 7);
        return above || below;
    }

    /** To the bit, or to where its field may begin: no bit between is of the other sort. */
    private static boolean pointsAt(Page mask, String pointer, int at, int bit) {
        String[] place = pointer.split("[ .]");
        if (!place[0].equals("list")) {
            return false;
        }
        int from = 8 * (Integer.parseInt(place[1]) - ModePages.HEADER_BYTES) + 7 - Integer.parseInt(place[2]);
        int to = 8 * at + 7 - bit;
        for (int i = from; i >= 0 && i <= to; i++) {
            if (isSet(mask, i / 8, 7 - i % 8) != isSet(mask, at, bit)) {
                return false;
            }
        }
        return from >= 0 && from <= to;
    }
}
