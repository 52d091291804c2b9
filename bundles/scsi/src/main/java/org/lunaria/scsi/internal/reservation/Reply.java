package org.lunaria.scsi.internal.reservation;

import java.util.Optional;
import org.lunaria.scsi.ScsiStatus;
import org.lunaria.scsi.SenseCode;
import org.lunaria.scsi.internal.page.BitField;
import org.lunaria.scsi.internal.page.FieldPointer;
import org.lunaria.scsi.internal.page.Sense;

/**
 * How a request is answered. Immutable.
 *
 * @param sense with CHECK CONDITION only
 */
public record Reply(ScsiStatus status, Optional<Sense> sense) {
    static final Reply GOOD = new Reply(ScsiStatus.GOOD, Optional.empty());
    public static final Reply CONFLICT = new Reply(ScsiStatus.RESERVATION_CONFLICT, Optional.empty());

    static Reply of(SenseCode code) {
        return of(Sense.of(code));
    }

    static Reply invalidField(BitField field) {
        return of(Sense.invalidField(field));
    }

    static Reply invalidParameter(int byteIndex) {
        return of(Sense.invalidField(FieldPointer.parameter(byteIndex)));
    }

    static Reply invalidParameter(int byteIndex, int bit) {
        return of(Sense.invalidField(new FieldPointer(false, byteIndex, bit)));
    }

    /** Not done, because it could not be made durable. */
    public static Reply notDurable() {
        return of(SenseCode.INTERNAL_TARGET_FAILURE);
    }

    private static Reply of(Sense sense) {
        return new Reply(ScsiStatus.CHECK_CONDITION, Optional.of(sense));
    }
}
