package org.lunaria.scsi.internal.page;

import java.util.function.ToLongFunction;

/**
 * A field of a page: its name in the standard, its place, and its value as a function of the unit. Immutable.
 *
 * @param place counted from the first byte of the page
 */
record PageField(String name, BitField place, ToLongFunction<DescribedUnit> value) {

    static PageField bytes(String name, int byteIndex, int count, ToLongFunction<DescribedUnit> value) {
        return new PageField(name, BitField.bytes(byteIndex, count), value);
    }

    static PageField bits(String name, int byteIndex, int bit, int bits, ToLongFunction<DescribedUnit> value) {
        return new PageField(name, new BitField(byteIndex, bit, bits), value);
    }

    static PageField flag(String name, int byteIndex, int bit, ToLongFunction<DescribedUnit> value) {
        return bits(name, byteIndex, bit, 1, value);
    }

    void put(byte[] page, DescribedUnit unit) {
        place.put(page, value.applyAsLong(unit));
    }
}
