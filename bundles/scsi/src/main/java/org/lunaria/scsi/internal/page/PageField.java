package org.lunaria.scsi.internal.page;

import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.ToLongFunction;

/**
 * A field of a page: its name in the standard, its place, and its value as a function of the unit. Immutable.
 *
 * @param place counted from the first byte of the page
 * @param parameter which mode parameter it is, if initiators can change it
 * @param presence which units have it; with others it is always zero
 */
record PageField(
        String name,
        BitField place,
        ToLongFunction<DescribedUnit> value,
        Optional<ModeParameter> parameter,
        Predicate<DescribedUnit> presence) {

    private static PageField of(String name, BitField place, ToLongFunction<DescribedUnit> value) {
        return new PageField(name, place, value, Optional.empty(), unit -> true);
    }

    static PageField bytes(String name, int byteIndex, int count, ToLongFunction<DescribedUnit> value) {
        return of(name, BitField.bytes(byteIndex, count), value);
    }

    static PageField bits(String name, int byteIndex, int bit, int bits, ToLongFunction<DescribedUnit> value) {
        return of(name, new BitField(byteIndex, bit, bits), value);
    }

    static PageField flag(String name, int byteIndex, int bit, ToLongFunction<DescribedUnit> value) {
        return bits(name, byteIndex, bit, 1, value);
    }

    /** A flag of a mode page that initiators can change. */
    static PageField changeable(ModeParameter parameter, int byteIndex, int bit) {
        return changeable(parameter, new BitField(byteIndex, bit, 1));
    }

    static PageField changeable(ModeParameter parameter, BitField place) {
        return new PageField(
                parameter.name(),
                place,
                unit -> unit.modes(ModePage.PageControl.CURRENT).get(parameter),
                Optional.of(parameter),
                unit -> true);
    }

    /** The same, for some units only. */
    PageField onlyIf(Predicate<DescribedUnit> which) {
        return new PageField(name, place, value, parameter, which);
    }

    /** Whether initiators can change it with a unit. */
    boolean isChangeable(DescribedUnit unit) {
        return parameter.isPresent() && presence.test(unit);
    }

    /** Whether a page that was sent has a value here that the field may have. */
    boolean accepts(byte[] sent) {
        return parameter.isEmpty() || parameter.get().accepts(place.get(sent));
    }

    void put(byte[] page, DescribedUnit unit) {
        if (presence.test(unit)) {
            place.put(page, value.applyAsLong(unit));
        }
    }

    /** What a field that cannot be changed has, it has by default as well. */
    void put(byte[] page, DescribedUnit unit, ModePage.PageControl control) {
        if (control == ModePage.PageControl.CHANGEABLE) {
            place.put(page, isChangeable(unit) ? -1 : 0);
        } else if (isChangeable(unit)) {
            place.put(page, unit.modes(control).get(parameter.get()));
        } else {
            put(page, unit);
        }
    }
}
