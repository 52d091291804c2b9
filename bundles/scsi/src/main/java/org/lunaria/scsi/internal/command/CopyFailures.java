package org.lunaria.scsi.internal.command;

import java.util.Optional;
import org.lunaria.scsi.SenseCode;
import org.lunaria.scsi.TaskResult;
import org.lunaria.scsi.internal.copy.Cscd;
import org.lunaria.scsi.internal.copy.Segment;
import org.lunaria.scsi.internal.page.BitField;
import org.lunaria.scsi.internal.page.CopyError;
import org.lunaria.scsi.internal.page.CopyError.ThirdParty;
import org.lunaria.scsi.internal.page.Sense;

/**
 * The sense data of a segment that was not done (SPC-4 5.17.7.4): its number, and a pointer into the parameter list. Immutable.
 *
 * @param number of the segment, from 0
 */
record CopyFailures(CopyUnits units, Segment segment, int number) {

    /**
     * The nexus does not see what a CSCD descriptor ID names.
     *
     * @param id where that is in the segment descriptor
     */
    Sense notReachable(BitField id) {
        return of(SenseCode.COPY_TARGET_DEVICE_NOT_REACHABLE, segment.at() + id.byteIndex(), Optional.empty());
    }

    /** A unit is not what its CSCD descriptor says. */
    Sense wrongDevice(int id) {
        return of(SenseCode.INCORRECT_COPY_TARGET_DEVICE_TYPE, descriptorAt(id), Optional.empty());
    }

    /** The segment asks for what cannot be; at a place in its descriptor. */
    Sense inSegment(SenseCode code, int at) {
        return of(code, segment.at() + at, Optional.empty());
    }

    /** A unit did not do what the copy asked of it, or was taken from the nexus meanwhile. */
    Sense ofCommand(int id, boolean destination, Optional<TaskResult> answer) {
        return answer.map(result -> of(
                        SenseCode.THIRD_PARTY_DEVICE_FAILURE,
                        descriptorAt(id),
                        Optional.of(new ThirdParty(destination, result.status(), result.sense()))))
                .orElseGet(() -> of(SenseCode.COPY_TARGET_DEVICE_NOT_REACHABLE, descriptorAt(id), Optional.empty()));
    }

    private int descriptorAt(int id) {
        return units.descriptor(id).map(Cscd::at).orElse(-1);
    }

    private Sense of(SenseCode code, int listByte, Optional<ThirdParty> party) {
        return Sense.ofCopy(code, listByte, new CopyError(number, party));
    }
}
