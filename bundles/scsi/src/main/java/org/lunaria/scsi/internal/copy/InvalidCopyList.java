package org.lunaria.scsi.internal.copy;

import java.util.Optional;
import java.util.OptionalLong;
import org.lunaria.scsi.SenseCode;
import org.lunaria.scsi.internal.page.FieldPointer;
import org.lunaria.scsi.internal.page.Sense;

/** A parameter list that asks for what cannot be understood: nothing of it is done. */
public final class InvalidCopyList extends Exception {
    private static final long serialVersionUID = 1L;

    private final transient Sense sense;

    private InvalidCopyList(Sense sense) {
        super(sense.toString());
        this.sense = sense;
    }

    static InvalidCopyList of(SenseCode code) {
        return new InvalidCopyList(Sense.of(code));
    }

    /** INVALID FIELD IN PARAMETER LIST. */
    static InvalidCopyList field(int at) {
        return new InvalidCopyList(Sense.invalidField(FieldPointer.parameter(at)));
    }

    static InvalidCopyList field(int at, int bit) {
        return new InvalidCopyList(Sense.invalidField(new FieldPointer(false, at, bit)));
    }

    static InvalidCopyList at(SenseCode code, int at) {
        return new InvalidCopyList(new Sense(code, OptionalLong.empty(), Optional.of(FieldPointer.parameter(at))));
    }

    public Sense sense() {
        return sense;
    }
}
