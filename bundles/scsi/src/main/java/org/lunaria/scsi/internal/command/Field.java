package org.lunaria.scsi.internal.command;

import java.util.Set;
import org.lunaria.scsi.internal.page.BitField;

/**
 * A field of a CDB. Immutable.
 *
 * @param use what is done with it
 * @param needs what a unit must have to obey it; one that has not refuses it, and does not announce it
 */
record Field(FieldName name, BitField place, Use use, Set<Trait> needs) {

    /** What the device server does with a field. */
    enum Use {
        /** The handler obeys it, or may rightly disregard it. */
        EVALUATED,
        /** It belongs to an option that this device server does not have: it must be zero. */
        UNSUPPORTED
    }

    static Field flag(FieldName name, int byteIndex, int bit) {
        return bits(name, byteIndex, bit, 1);
    }

    static Field bits(FieldName name, int byteIndex, int bit, int bits) {
        return new Field(name, new BitField(byteIndex, bit, bits), Use.EVALUATED, Set.of());
    }

    static Field bytes(FieldName name, int byteIndex, int count) {
        return new Field(name, BitField.bytes(byteIndex, count), Use.EVALUATED, Set.of());
    }

    static Field unsupported(FieldName name, int byteIndex, int bit, int bits) {
        return new Field(name, new BitField(byteIndex, bit, bits), Use.UNSUPPORTED, Set.of());
    }

    /** The same for some units only: the handler refuses it for others. */
    Field onlyWith(Trait trait) {
        return new Field(name, place, use, Set.of(trait));
    }
}
