package org.lunaria.scsi.internal.page;

import java.util.List;

/**
 * A vital product data page (SPC-4 7.8). Immutable.
 *
 * @param code PAGE CODE
 * @param body makes the page: {@value #HEADER_BYTES} bytes that are filled in here, and what follows them
 */
public record VpdPage(int code, String name, Body body) {
    static final int HEADER_BYTES = 4;

    /** The contents of a page, for a unit that is seen through a port. */
    @FunctionalInterface
    interface Body {
        byte[] of(DescribedUnit unit, PortIdentity port);
    }

    /** A page of fixed length that is nothing but fields. */
    static VpdPage ofFields(int code, String name, int lengthBytes, List<PageField> fields) {
        return new VpdPage(code, name, (unit, port) -> {
            byte[] page = new byte[lengthBytes];
            fields.forEach(field -> field.put(page, unit));
            return page;
        });
    }

    /** The page with its header: peripheral qualifier 000b and device type, PAGE CODE, PAGE LENGTH. */
    public byte[] encode(DescribedUnit unit, PortIdentity port) {
        byte[] page = body.of(unit, port);
        page[0] = (byte) unit.identity().type().code();
        page[1] = (byte) code;
        BitField.bytes(2, 2).put(page, page.length - HEADER_BYTES);
        return page;
    }
}
