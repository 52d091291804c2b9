package org.lunaria.scsi.internal.page;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * A mode page (SPC-4 7.5). Immutable.
 *
 * @param code PAGE CODE
 * @param subpage SUBPAGE CODE; 0 for a page in page_0 format
 * @param lengthBytes with the header
 * @param fields that are not always zero, placed from the first byte of the page on
 * @param presence which units have it
 */
public record ModePage(
        int code,
        int subpage,
        String name,
        int lengthBytes,
        List<PageField> fields,
        Predicate<DescribedUnit> presence) {
    private static final int PS = 0x80;
    private static final int SPF = 0x40;

    /** Page control: which values are asked for (SPC-4 6.11). */
    public enum PageControl {
        CURRENT,
        CHANGEABLE,
        DEFAULT,
        SAVED
    }

    /** A page that all units of a type have. */
    ModePage(int code, int subpage, String name, int lengthBytes, List<PageField> fields) {
        this(code, subpage, name, lengthBytes, fields, unit -> true);
    }

    /** The same, for some units only. */
    ModePage onlyIf(Predicate<DescribedUnit> which) {
        return new ModePage(code, subpage, name, lengthBytes, fields, which);
    }

    /** A page in page_0 format. */
    static ModePage of(int code, String name, int lengthBytes, List<PageField> fields) {
        return new ModePage(code, 0, name, lengthBytes, fields);
    }

    /** Names of the fields that have a value. */
    public List<String> fieldNames() {
        return fields.stream().map(PageField::name).toList();
    }

    /** Names of those that initiators can change. */
    public List<String> changeableNames() {
        return fields.stream()
                .filter(field -> field.parameter().isPresent())
                .map(PageField::name)
                .toList();
    }

    /** Whether there is anything to save (PS). */
    public boolean isSaveable(DescribedUnit unit) {
        return fields.stream().anyMatch(field -> field.isChangeable(unit));
    }

    public int headerBytes() {
        return headerBytes(subpage != 0);
    }

    static int headerBytes(boolean ofSubpage) {
        return ofSubpage ? 4 : 2;
    }

    /** Where PAGE LENGTH is, from the first byte of the page on. */
    public BitField pageLength() {
        return subpage != 0 ? BitField.bytes(2, 2) : BitField.bytes(1, 1);
    }

    /** The page with its header. */
    public byte[] encode(DescribedUnit unit, PageControl control) {
        byte[] page = new byte[lengthBytes];
        page[0] = (byte) ((isSaveable(unit) ? PS : 0) | (subpage != 0 ? SPF : 0) | code);
        if (subpage != 0) {
            page[1] = (byte) subpage;
        }
        pageLength().put(page, lengthBytes - headerBytes());
        fields.forEach(field -> field.put(page, unit, control));
        return page;
    }

    /**
     * The first place where a page that was sent has another value than the unit has, and may not change it, or one that nothing
     * may have: that of the field, or of the bit where there is no field.
     *
     * @param sent the page, whole; its header was looked at
     */
    public Optional<BitField> violation(byte[] sent, DescribedUnit unit) {
        byte[] now = encode(unit, PageControl.CURRENT);
        byte[] mask = encode(unit, PageControl.CHANGEABLE);
        for (int at = headerBytes(); at < lengthBytes; at++) {
            int wrong = (sent[at] ^ now[at]) & ~mask[at] & 0xFF;
            if (wrong != 0) {
                BitField bit = new BitField(at, 31 - Integer.numberOfLeadingZeros(wrong), 1);
                return Optional.of(fieldAt(bit).orElse(bit));
            }
        }
        return fields.stream()
                .filter(field -> !field.accepts(sent))
                .map(PageField::place)
                .findFirst();
    }

    /** The changeable parameters of a page that was sent. */
    public Map<ModeParameter, Long> values(byte[] sent, DescribedUnit unit) {
        Map<ModeParameter, Long> values = new EnumMap<>(ModeParameter.class);
        for (PageField field : fields) {
            if (field.isChangeable(unit)) {
                values.put(field.parameter().orElseThrow(), field.place().get(sent));
            }
        }
        return values;
    }

    private Optional<BitField> fieldAt(BitField bit) {
        byte[] set = new byte[lengthBytes];
        bit.put(set, 1);
        return fields.stream()
                .map(PageField::place)
                .filter(place -> place.isSet(set))
                .findFirst();
    }
}
