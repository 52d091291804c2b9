package org.lunaria.scsi.internal.page;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Optional;
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
    private static final int PARAMETER_HEADER_BYTES = 4;

    /** Disable save: nothing of it is kept over a loss of power. */
    private static final int DS = 0x80;

    private static final int SPF = 0x40;

    /**
     * The page of a unit, with its header.
     *
     * @param from PARAMETER POINTER: parameters before it are left out
     * @return empty when no parameter is left
     */
    public Optional<byte[]> encode(DescribedUnit unit, int from) {
        byte[] all = body.apply(unit);
        int start = from == 0 ? 0 : start(all, from);
        if (from > 0 && start == all.length) {
            return Optional.empty();
        }
        byte[] contents = Arrays.copyOfRange(all, start, all.length);
        byte[] page = new byte[HEADER_BYTES + contents.length];
        page[0] = (byte) (DS | (subpage == 0 ? 0 : SPF) | code);
        page[1] = (byte) subpage;
        BitField.bytes(2, 2).put(page, contents.length);
        System.arraycopy(contents, 0, page, HEADER_BYTES, contents.length);
        return Optional.of(page);
    }

    /** Where the first parameter is with a code that is not below one; the lists of pages have none. */
    private int start(byte[] parameters, int from) {
        int at = 0;
        while (code != 0
                && at < parameters.length
                && Short.toUnsignedInt(ByteBuffer.wrap(parameters).getShort(at)) < from) {
            at += PARAMETER_HEADER_BYTES + (parameters[at + PARAMETER_HEADER_BYTES - 1] & 0xFF);
        }
        return code == 0 ? parameters.length : at;
    }
}
