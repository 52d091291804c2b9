package org.lunaria.scsi.internal.command;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import org.lunaria.scsi.SenseCode;
import org.lunaria.scsi.internal.page.BitField;
import org.lunaria.scsi.internal.page.DescribedUnit;
import org.lunaria.scsi.internal.page.DeviceType;
import org.lunaria.scsi.internal.page.FieldPointer;
import org.lunaria.scsi.internal.page.Geometry;
import org.lunaria.scsi.internal.page.ModePage;
import org.lunaria.scsi.internal.page.ModePages;
import org.lunaria.scsi.internal.page.ModeParameter;
import org.lunaria.scsi.internal.page.Sense;

/**
 * The parameter list of MODE SELECT: a header, a block descriptor or none, and pages (SPC-4 7.5.1 to 7.5.7, SBC-3 6.5.2). All
 * of it is checked before any of it is taken. Confined to one parse.
 *
 * <p>Units that are no disks have neither block descriptors nor a DEVICE-SPECIFIC PARAMETER (MMC-6 7.2). WP and DPOFUA, which MODE SENSE gives in the header, have no meaning here and may be sent back.
 */
final class ModeSelectList {
    private static final int WP_AND_DPOFUA = 0x90;
    private static final int LONGLBA = 0x01;
    private static final int PS_BIT = 7;
    private static final int SPF_BIT = 6;
    private static final int PAGE_CODE_BIT = 5;

    /** What is to be changed, or why nothing is. */
    record Parsed(boolean hasPages, Map<ModeParameter, Long> values, Optional<Sense> refusal) {}

    private final byte[] list;
    private final DescribedUnit unit;
    private final Map<ModeParameter, Long> values = new EnumMap<>(ModeParameter.class);
    private Optional<Sense> refusal = Optional.empty();

    private ModeSelectList(byte[] list, DescribedUnit unit) {
        this.list = list;
        this.unit = unit;
    }

    /** @param longHeader that of MODE SELECT (10) */
    static Parsed parse(byte[] list, boolean longHeader, DescribedUnit unit) {
        ModeSelectList parsed = new ModeSelectList(list, unit);
        int at = parsed.header(longHeader);
        boolean hasPages = at < list.length;
        while (parsed.refusal.isEmpty() && at < list.length) {
            at = parsed.page(at);
        }
        return new Parsed(hasPages, parsed.values, parsed.refusal);
    }

    /** Checks the header with the block descriptor; gives where the pages begin. */
    private int header(boolean isLong) {
        int headerBytes = isLong ? 8 : 4;
        if (list.length < headerBytes) {
            return cutOff();
        }
        boolean isDisk = unit.identity().type() == DeviceType.DISK;
        int specificAt = isLong ? 3 : 2;
        for (int at = 0; at < (isLong ? 6 : 3); at++) {
            int allowed = at == specificAt && isDisk ? WP_AND_DPOFUA : isLong && at == 4 ? LONGLBA : 0;
            int wrong = list[at] & ~allowed & 0xFF;
            if (wrong != 0) {
                return invalid(at, 31 - Integer.numberOfLeadingZeros(wrong));
            }
        }
        BitField length = isLong ? BitField.bytes(6, 2) : BitField.bytes(3, 1);
        int descriptorBytes = (int) length.get(list);
        boolean longLba = isLong && (list[4] & LONGLBA) != 0;
        if (descriptorBytes != 0 && (!isDisk || descriptorBytes != (longLba ? 16 : 8))) {
            return invalid(length.byteIndex(), 7);
        }
        if (list.length < headerBytes + descriptorBytes) {
            return cutOff();
        }
        if (descriptorBytes != 0) {
            blockDescriptor(headerBytes, longLba);
        }
        return headerBytes + descriptorBytes;
    }

    /** The capacity and the block length stay: the unit's own are taken, or zeroes, or all ones for the whole capacity. */
    private void blockDescriptor(int at, boolean isLong) {
        Geometry geometry = unit.geometry();
        BitField count = BitField.bytes(at, isLong ? 8 : 4);
        BitField reserved = isLong ? BitField.bytes(at + 8, 4) : BitField.bytes(at + 4, 1);
        BitField length = isLong ? BitField.bytes(at + 12, 4) : BitField.bytes(at + 5, 3);
        long blocks = count.get(list);
        boolean sameCount = blocks == 0 || blocks == geometry.blockCount() || blocks == count.max();
        long bytes = length.get(list);
        if (!sameCount) {
            invalid(at, 7);
        } else if (reserved.isSet(list)) {
            invalid(reserved.byteIndex(), 7);
        } else if (bytes != 0 && bytes != geometry.blockBytes()) {
            invalid(length.byteIndex(), 7);
        }
    }

    /** Checks the page at a place; gives where the next one begins. */
    private int page(int at) {
        int first = list[at] & 0xFF;
        boolean ofSubpage = (first >> SPF_BIT & 1) != 0;
        if (first >> PS_BIT != 0) {
            return invalid(at, PS_BIT);
        }
        if (at + (ofSubpage ? 4 : 2) > list.length) {
            return cutOff();
        }
        int code = first & 0x3F;
        int subpage = ofSubpage ? list[at + 1] & 0xFF : 0;
        Optional<ModePage> found = ModePages.of(unit).stream()
                .filter(page -> page.code() == code && page.subpage() == subpage && ofSubpage == page.subpage() > 0)
                .findFirst();
        if (found.isEmpty()) {
            boolean known =
                    !ModePages.find(unit, code, ModePages.ALL_SUBPAGES).isEmpty() && code != ModePages.ALL_PAGES;
            return known && ofSubpage ? invalid(at + 1, 7) : invalid(at, PAGE_CODE_BIT);
        }
        return take(found.get(), at);
    }

    private int take(ModePage page, int at) {
        int end = at + page.lengthBytes();
        byte[] sent = Arrays.copyOfRange(list, at, end);
        BitField length = page.pageLength();
        if (length.get(sent) != page.lengthBytes() - page.headerBytes()) {
            return invalid(at + length.byteIndex(), 7);
        }
        if (end > list.length) {
            return cutOff();
        }
        Optional<BitField> wrong = page.violation(sent, unit);
        if (wrong.isPresent()) {
            return invalid(at + wrong.get().byteIndex(), wrong.get().bit());
        }
        values.putAll(page.values(sent, unit));
        return end;
    }

    /** The list ends within something. */
    private int cutOff() {
        refusal = Optional.of(Sense.of(SenseCode.PARAMETER_LIST_LENGTH_ERROR));
        return list.length;
    }

    private int invalid(int byteIndex, int bit) {
        refusal = Optional.of(Sense.invalidField(new FieldPointer(false, byteIndex, bit)));
        return list.length;
    }
}
