package org.lunaria.scsi.internal.nolies;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.SortedSet;
import java.util.TreeSet;
import org.lunaria.scsi.ScsiStatus;
import org.lunaria.scsi.internal.unit.Answer;
import org.lunaria.scsi.internal.unit.Initiator;

/** Vital product data: the pages that page 00h lists are there, and no others (SPC-4 7.8). */
final class VpdChecks {
    private static final int ROOM = 65_535;

    private VpdChecks() {}

    static Answer page(Initiator initiator, int code, int allocationLength) {
        return initiator.read(allocationLength, 0x12, 1, code, allocationLength >> 8, allocationLength & 0xFF, 0);
    }

    static byte[] page(Initiator initiator, int code) {
        return page(initiator, code, ROOM).data();
    }

    static boolean has(Initiator initiator, int code) {
        return listed(initiator).contains(code);
    }

    private static SortedSet<Integer> listed(Initiator initiator) {
        byte[] list = page(initiator, 0);
        SortedSet<Integer> codes = new TreeSet<>();
        for (int at = 4; at < list.length; at++) {
            codes.add(list[at] & 0xFF);
        }
        return codes;
    }

    static void pages(UnitKind kind, Findings findings) {
        Stand stand = Stand.of(kind);
        Initiator initiator = stand.initiator();
        byte[] inquiry = initiator.read(255, 0x12, 0, 0, 0, 255, 0).data();
        byte[] list = page(initiator, 0);
        SortedSet<Integer> codes = listed(initiator);
        findings.require(codes.size() == list.length - 4, kind, "lists a VPD page twice");
        for (int code = 0; code < 256; code++) {
            Object about = kind + " VPD page %02Xh".formatted(code);
            if (!codes.contains(code)) {
                findings.count("VPD pages that are not there");
                findings.require(
                        BitChecks.isInvalidField(page(initiator, code, 255), "CDB 2.7"),
                        about,
                        "is not listed, but there");
                continue;
            }
            findings.count("VPD pages");
            byte[] page = page(initiator, code);
            findings.require(page[0] == inquiry[0], about, "has a peripheral device type of its own");
            findings.require((page[1] & 0xFF) == code, about, "has another code");
            int length = Short.toUnsignedInt(ByteBuffer.wrap(page).getShort(2));
            findings.require(length == page.length - 4, about, "has a wrong length");
            findings.require(code == 0 || listIsAscending(list), about, "the list is not in order");
            for (int room = 0; room <= page.length + 1; room++) {
                Answer cut = page(initiator, code, room);
                int sent = Math.min(room, page.length);
                findings.count("allocation lengths");
                findings.require(
                        cut.status() == ScsiStatus.GOOD
                                && Arrays.equals(Arrays.copyOf(page, sent), cut.data())
                                && cut.residual() == room - sent,
                        about,
                        "is cut off wrongly at " + room);
            }
        }
    }

    private static boolean listIsAscending(byte[] list) {
        for (int at = 5; at < list.length; at++) {
            if ((list[at] & 0xFF) <= (list[at - 1] & 0xFF)) {
                return false;
            }
        }
        return true;
    }

    /** Designators are well-formed, and one of them names the unit (SPC-4 7.8.6). */
    static void designators(UnitKind kind, Findings findings) {
        byte[] page = page(Stand.of(kind).initiator(), 0x83);
        boolean namesUnit = false;
        int at = 4;
        while (at + 4 <= page.length) {
            int type = page[at + 1] & 0x0F;
            int association = page[at + 1] >> 4 & 3;
            int length = page[at + 3] & 0xFF;
            findings.count("designators");
            findings.require(
                    length > 0 && association < 3 && type < 0xB, kind, "designator at " + at + " is malformed");
            namesUnit |= association == 0 && (type == 2 || type == 3 || type == 8);
            findings.require(
                    lengthFits(type, length, page[at + 4]), kind, "designator at " + at + " has length " + length);
            at += 4 + length;
        }
        findings.require(at == page.length, kind, "the last designator is cut off");
        findings.require(namesUnit, kind, "no designator names the unit");
    }

    private static boolean lengthFits(int type, int length, byte first) {
        return switch (type) {
            case 2 -> length == 8 || length == 12 || length == 16;
            case 3 -> length == ((first & 0xF0) == 0x60 ? 16 : 8);
            case 4, 5, 6 -> length == 4;
            case 8 -> length % 4 == 0;
            default -> true;
        };
    }
}
