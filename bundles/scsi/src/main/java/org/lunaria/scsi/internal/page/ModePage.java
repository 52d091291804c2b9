package org.lunaria.scsi.internal.page;

import java.util.List;

/**
 * A mode page without subpages (SPC-4 7.5). None of its fields can be changed by an initiator yet, so that its current
 * values are its default ones. Immutable.
 *
 * @param code PAGE CODE
 * @param lengthBytes with the header of two bytes
 */
public record ModePage(int code, String name, int lengthBytes, List<PageField> fields) {
    private static final int HEADER_BYTES = 2;

    /** Page control: which values are asked for (SPC-4 6.11). */
    public enum PageControl {
        CURRENT,
        CHANGEABLE,
        DEFAULT,
        SAVED
    }

    /** Names of the fields that have a value. */
    public List<String> fieldNames() {
        return fields.stream().map(PageField::name).toList();
    }

    /** The page with its header; not for saved values, which there are none of. */
    public byte[] encode(DescribedUnit unit, PageControl control) {
        byte[] page = new byte[lengthBytes];
        page[0] = (byte) code;
        page[1] = (byte) (lengthBytes - HEADER_BYTES);
        switch (control) {
            case CURRENT, DEFAULT -> fields.forEach(field -> field.put(page, unit));
            case CHANGEABLE -> {
                // A mask of zeroes: nothing can be changed.
            }
            case SAVED -> throw new IllegalArgumentException("nothing is saved");
        }
        return page;
    }
}
