package org.lunaria.scsi.internal.page;

import java.nio.ByteBuffer;
import java.util.Optional;
import org.lunaria.scsi.ScsiStatus;

/**
 * Where a third-party copy was given up, for the sense data of COPY ABORTED (SPC-4 5.17.7.4): in the fixed format the
 * command-specific information, in the other a descriptor of it and one of forwarded sense data. Immutable.
 *
 * @param segment number of the segment descriptor, from 0
 * @param party what a copy source or destination had answered, if it was that
 */
public record CopyError(int segment, Optional<ThirdParty> party) {

    /**
     * What a device answered the copy manager. The array is not to be changed.
     *
     * @param destination whether it is the copy destination, else the copy source
     * @param sense that came with the status; may be empty
     */
    public record ThirdParty(boolean destination, ScsiStatus status, byte[] sense) {}

    private static final int COMMAND_SPECIFIC_BYTES = 12;
    private static final int FORWARDED_HEADER_BYTES = 4;
    private static final int SOURCE = 1;
    private static final int DESTINATION = 2;

    /** What the fixed format needs behind its usual end: a status, and sense data. */
    static int areaBytes(Sense sense) {
        return party(sense).map(party -> 1 + party.sense().length).orElse(0);
    }

    /** The first two bytes of COMMAND-SPECIFIC INFORMATION point to what the source and the destination have answered. */
    void putFixed(byte[] data, int areaAt) {
        BitField.bytes(10, 2).put(data, segment);
        party.ifPresent(answered -> {
            data[answered.destination() ? 9 : 8] = (byte) areaAt;
            data[areaAt] = (byte) answered.status().code();
            System.arraycopy(answered.sense(), 0, data, areaAt + 1, answered.sense().length);
        });
    }

    static int descriptorBytes(Sense sense) {
        return sense.copyError().isEmpty()
                ? 0
                : COMMAND_SPECIFIC_BYTES
                        + party(sense)
                                .map(party -> FORWARDED_HEADER_BYTES + party.sense().length)
                                .orElse(0);
    }

    void putDescriptors(ByteBuffer data) {
        data.put((byte) 0x01)
                .put((byte) (COMMAND_SPECIFIC_BYTES - 2))
                .putShort((short) 0)
                .putLong(segment);
        party.ifPresent(answered -> data.put((byte) 0x0C)
                .put((byte) (FORWARDED_HEADER_BYTES - 2 + answered.sense().length))
                .put((byte) (answered.destination() ? DESTINATION : SOURCE))
                .put((byte) answered.status().code())
                .put(answered.sense()));
    }

    private static Optional<ThirdParty> party(Sense sense) {
        return sense.copyError().flatMap(CopyError::party);
    }
}
