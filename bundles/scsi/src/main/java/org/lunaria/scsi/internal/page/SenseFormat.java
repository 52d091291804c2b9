package org.lunaria.scsi.internal.page;

import java.nio.ByteBuffer;
import org.lunaria.scsi.SenseCode;

/** The formats of sense data about the current command (SPC-4 4.5). */
public enum SenseFormat {
    /** Response code 70h (SPC-4 4.5.3). INFORMATION has room for 32 bits; what is larger is left out. */
    FIXED {
        @Override
        public byte[] encode(Sense sense) {
            SenseCode code = sense.code();
            byte[] data = new byte[FIXED_BYTES + CopyError.areaBytes(sense)];
            data[0] = 0x70;
            data[2] = (byte) code.key().code();
            sense.information().ifPresent(information -> {
                if (information >>> 32 == 0) {
                    data[0] |= (byte) VALID;
                    BitField.bytes(3, 4).put(data, information);
                }
            });
            data[7] = (byte) (data.length - 8);
            data[12] = (byte) code.asc();
            data[13] = (byte) code.ascq();
            sense.specific().ifPresent(specific -> specific.put(data, 15));
            sense.copyError().ifPresent(error -> error.putFixed(data, FIXED_BYTES));
            return data;
        }
    },

    /** Response code 72h (SPC-4 4.5.2). */
    DESCRIPTOR {
        @Override
        public byte[] encode(Sense sense) {
            SenseCode code = sense.code();
            int length = 8
                    + (sense.information().isPresent() ? INFORMATION_BYTES : 0)
                    + (sense.specific().isPresent() ? SENSE_KEY_SPECIFIC_BYTES : 0)
                    + CopyError.descriptorBytes(sense);
            ByteBuffer data = ByteBuffer.allocate(length);
            data.put((byte) 0x72)
                    .put((byte) code.key().code())
                    .put((byte) code.asc())
                    .put((byte) code.ascq());
            data.position(7).put((byte) (length - 8));
            sense.information()
                    .ifPresent(information -> data.put((byte) 0x00)
                            .put((byte) (INFORMATION_BYTES - 2))
                            .put((byte) VALID)
                            .put((byte) 0)
                            .putLong(information));
            sense.specific().ifPresent(specific -> {
                int at = data.position();
                data.put((byte) 0x02).put((byte) (SENSE_KEY_SPECIFIC_BYTES - 2));
                specific.put(data.array(), at + 4);
                data.position(at + SENSE_KEY_SPECIFIC_BYTES);
            });
            sense.copyError().ifPresent(error -> error.putDescriptors(data));
            return data.array();
        }
    };

    private static final int FIXED_BYTES = 18;
    private static final int VALID = 0x80;
    private static final int INFORMATION_BYTES = 12;
    private static final int SENSE_KEY_SPECIFIC_BYTES = 8;

    public abstract byte[] encode(Sense sense);
}
