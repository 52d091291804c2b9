package org.lunaria.scsi.internal.command;

import java.security.SecureRandom;
import java.util.Optional;
import org.lunaria.scsi.internal.copy.Cscd;
import org.lunaria.scsi.internal.copy.RodType;
import org.lunaria.scsi.internal.page.BitField;
import org.lunaria.scsi.internal.page.DeviceIdentification;
import org.lunaria.scsi.internal.page.Geometry;

/**
 * The bytes of a ROD token (SPC-4 5.17.6.4, SBC-3 4.28.4). Its identifier and what its named fields leave, more than 1000 bits, are
 * random.
 */
final class RodTokenFormat {
    static final int BYTES = 512;

    private static final BitField ROD_TYPE = BitField.bytes(0, 4);
    private static final BitField ROD_TOKEN_LENGTH = BitField.bytes(6, 2);
    private static final int LENGTH = BYTES - 8;
    private static final int IDENTIFIER_AT = 8;
    private static final int IDENTIFIER_BYTES = 8;
    private static final BitField COPY_MANAGER_ROD_TOKEN_IDENTIFIER = BitField.bytes(IDENTIFIER_AT, IDENTIFIER_BYTES);

    /** CREATOR LOGICAL UNIT DESCRIPTOR: an identification CSCD descriptor. */
    private static final int CREATOR_AT = 16;

    private static final int DESIGNATOR_AT = 4;
    private static final BitField DISK_BLOCK_LENGTH = BitField.bytes(CREATOR_AT + 29, 3);

    /** The lower half of NUMBER OF BYTES REPRESENTED. */
    private static final BitField BYTES_REPRESENTED = BitField.bytes(56, 8);

    /** Device type specific data: as READ CAPACITY (16) has it from its block length on. */
    private static final BitField BLOCK_LENGTH = BitField.bytes(96, 4);

    private static final BitField PHYSICAL_EXPONENT = new BitField(101, 3, 4);
    private static final BitField LBPME = new BitField(102, 7, 1);
    private static final BitField LBPRZ = new BitField(102, 6, 1);

    /** TARGET DEVICE DESCRIPTOR: a designation descriptor, SCSI name string, of the target device. */
    private static final int TARGET_AT = 128;

    private RodTokenFormat() {}

    static byte[] token(RodSource source, SecureRandom random) {
        byte[] token = new byte[BYTES];
        random.nextBytes(token);
        byte[] fields = fields(source);
        System.arraycopy(fields, 0, token, 0, IDENTIFIER_AT);
        int behind = IDENTIFIER_AT + IDENTIFIER_BYTES;
        System.arraycopy(fields, behind, token, behind, fields.length - behind);
        return token;
    }

    /** What is not random, and zeroes for the identifier. */
    private static byte[] fields(RodSource source) {
        byte[] target = DeviceIdentification.ofTarget(source.access().port());
        byte[] fields = new byte[TARGET_AT + target.length];
        ROD_TYPE.put(fields, RodType.CHANGE_VULNERABLE.code());
        ROD_TOKEN_LENGTH.put(fields, LENGTH);
        byte[] unit = DeviceIdentification.ofUnit(source.unit().identity());
        fields[CREATOR_AT] = (byte) Cscd.TYPE_CODE;
        System.arraycopy(unit, 0, fields, CREATOR_AT + DESIGNATOR_AT, unit.length);
        DISK_BLOCK_LENGTH.put(fields, source.blockBytes());
        BYTES_REPRESENTED.put(fields, source.lengthBytes());
        Geometry geometry = source.unit().geometry();
        BLOCK_LENGTH.put(fields, source.blockBytes());
        PHYSICAL_EXPONENT.put(fields, geometry.physicalExponent());
        LBPME.put(fields, geometry.unmaps() ? 1 : 0);
        LBPRZ.put(fields, geometry.unmaps() ? 1 : 0);
        System.arraycopy(target, 0, fields, TARGET_AT, target.length);
        return fields;
    }

    static long identifier(byte[] token) {
        return COPY_MANAGER_ROD_TOKEN_IDENTIFIER.get(token);
    }

    static Optional<RodType> type(byte[] token) {
        return RodType.of(ROD_TYPE.get(token));
    }

    static boolean hasLength(byte[] token) {
        return ROD_TOKEN_LENGTH.get(token) == LENGTH;
    }
}
