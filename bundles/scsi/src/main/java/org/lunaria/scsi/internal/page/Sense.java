package org.lunaria.scsi.internal.page;

import java.util.Optional;
import java.util.OptionalLong;
import org.lunaria.scsi.SenseCode;

/**
 * Why a command was not done, before it is put into one of the {@link SenseFormat}s. Immutable.
 *
 * @param code sense key and additional sense code
 * @param information the INFORMATION field: an LBA, or an offset for a miscompare
 * @param specific which field was wrong, or how far a work has come
 * @param copyError where a third-party copy ended
 */
public record Sense(
        SenseCode code, OptionalLong information, Optional<SenseKeySpecific> specific, Optional<CopyError> copyError) {

    public Sense(SenseCode code, OptionalLong information, Optional<SenseKeySpecific> specific) {
        this(code, information, specific, Optional.empty());
    }

    public static Sense of(SenseCode code) {
        return new Sense(code, OptionalLong.empty(), Optional.empty());
    }

    /**
     * Why a third-party copy was given up.
     *
     * @param listByte the field of the parameter list that has to do with it, or -1
     */
    public static Sense ofCopy(SenseCode code, int listByte, CopyError error) {
        Optional<SenseKeySpecific> pointer =
                listByte < 0 ? Optional.empty() : Optional.of(FieldPointer.parameter(listByte));
        return new Sense(code, OptionalLong.empty(), pointer, Optional.of(error));
    }

    public static Sense withInformation(SenseCode code, long information) {
        return new Sense(code, OptionalLong.of(information), Optional.empty());
    }

    /** A work goes on, and has come so far. */
    public static Sense inProgress(SenseCode code, Progress progress) {
        return new Sense(code, OptionalLong.empty(), Optional.of(progress));
    }

    public static Sense invalidField(FieldPointer pointer) {
        SenseCode code = pointer.inCdb() ? SenseCode.INVALID_FIELD_IN_CDB : SenseCode.INVALID_FIELD_IN_PARAMETER_LIST;
        return new Sense(code, OptionalLong.empty(), Optional.of(pointer));
    }

    /** A field of the CDB has a value that this unit does not take. */
    public static Sense invalidField(BitField field) {
        return invalidField(FieldPointer.cdb(field));
    }
}
