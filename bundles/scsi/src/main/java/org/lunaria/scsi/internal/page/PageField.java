package org.lunaria.scsi.internal.page;

import java.util.Optional;
import java.util.function.ToLongFunction;

/**
 * A field of a page: its name in the standard, its place, and its value as a function of the unit. Immutable.
 *
 * @param place counted from the first byte of the page
 * @param parameter which mode parameter it is, if initiators can change it
 */
record PageField(String name, BitField place, ToLongFunction<DescribedUnit> value, Optional<ModeParameter> parameter) {

    static PageField bytes(String name, int byteIndex, int count, ToLongFunction<DescribedUnit> value) {
        return new PageField(name, BitField.bytes(byteIndex, count), value, Optional.empty());
    }

    static PageField bits(String name, int byteIndex, int bit, int bits, ToLongFunction<DescribedUnit> value) {
        return new PageField(name, new BitField(byteIndex, bit, bits), value, Optional.empty());
    }

    static PageField flag(String name, int byteIndex, int bit, ToLongFunction<DescribedUnit> value) {
        return bits(name, byteIndex, bit, 1, value);
    }

    /** A flag of a mode page that initiators can change. */
    static PageField changeable(ModeParameter parameter, int byteIndex, int bit) {
        return new PageField(
                parameter.name(),
                new BitField(byteIndex, bit, 1),
                unit -> unit.modes(ModePage.PageControl.CURRENT).get(parameter),
                Optional.of(parameter));
    }

    void put(byte[] page, DescribedUnit unit) {
        place.put(page, value.applyAsLong(unit));
    }

    /** What a field that cannot be changed has, it has by default as well. */
    void put(byte[] page, DescribedUnit unit, ModePage.PageControl control) {
        if (control == ModePage.PageControl.CHANGEABLE) {
            place.put(page, parameter.isPresent() ? -1 : 0);
        } else if (parameter.isPresent()) {
            place.put(page, unit.modes(control).get(parameter.get()));
        } else {
            put(page, unit);
        }
    }
}
