package org.lunaria.scsi.internal.page;

import java.util.function.Function;

/**
 * A log page (SPC-4 7.3). Immutable.
 *
 * @param code PAGE CODE
 * @param subpage SUBPAGE CODE
 * @param body what follows the header
 */
public record LogPage(int code, int subpage, String name, Function<DescribedUnit, byte[]> body) {
    private static final int HEADER_BYTES = 4;

    /** Disable save: nothing of it is kept over a loss of power. */
    private static final int DS = 0x80;

    private static final int SPF = 0x40;

    /** The page of a unit, with its header. */
    public byte[] encode(DescribedUnit unit) {
        byte[] contents = body.apply(unit);
        byte[] page = new byte[HEADER_BYTES + contents.length];
        page[0] = (byte) (DS | (subpage == 0 ? 0 : SPF) | code);
        page[1] = (byte) subpage;
        BitField.bytes(2, 2).put(page, contents.length);
        System.arraycopy(contents, 0, page, HEADER_BYTES, contents.length);
        return page;
    }
}
