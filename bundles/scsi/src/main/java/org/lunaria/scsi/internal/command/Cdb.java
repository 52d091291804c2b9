package org.lunaria.scsi.internal.command;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.StringJoiner;
import java.util.function.Predicate;
import org.lunaria.scsi.internal.command.Field.Use;
import org.lunaria.scsi.internal.page.BitField;
import org.lunaria.scsi.internal.page.FieldPointer;

/**
 * The layout of a command descriptor block of up to 16 bytes (SPC-4 4.3): its fields, and nothing else. A bit that no
 * evaluated field covers is reserved and must be zero; so must the CONTROL byte, since NACA is not supported (NORMACA is
 * zero in the INQUIRY data) and its other bits are reserved, obsolete or nobody's. Immutable.
 */
final class Cdb {
    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);
    private static final int MAX_BYTES = 16;

    private final int lengthBytes;
    private final List<Field> fields;
    private final byte[] usage;
    private final long reservedHigh;
    private final long reservedLow;

    /**
     * @param serviceAction value that the SERVICE ACTION field has, for the usage data; 0 if there is no such field
     */
    Cdb(int opcode, int serviceAction, int lengthBytes, List<Field> fields) {
        this.lengthBytes = lengthBytes;
        this.fields = List.copyOf(fields);
        byte[] evaluated = new byte[MAX_BYTES];
        evaluated[0] = (byte) 0xFF;
        for (Field field : fields) {
            if (field.use() == Use.EVALUATED) {
                field.place().put(evaluated, -1);
            }
        }
        reservedHigh = ~(long) LONG.get(evaluated, 0);
        reservedLow = ~(long) LONG.get(evaluated, 8);
        usage = evaluated;
        usage[0] = (byte) opcode;
        find(FieldName.SERVICE_ACTION).ifPresent(field -> field.place().put(usage, serviceAction));
    }

    int lengthBytes() {
        return lengthBytes;
    }

    List<Field> fields() {
        return fields;
    }

    /** The bits that some unit evaluates, after the operation code. */
    byte[] usage() {
        return Arrays.copyOf(usage, lengthBytes);
    }

    /**
     * The CDB USAGE DATA of REPORT SUPPORTED OPERATION CODES: operation code, then the bits that are evaluated.
     *
     * @param has what the unit has that is asked
     */
    byte[] usage(Predicate<Trait> has) {
        byte[] data = usage();
        for (Field field : fields) {
            if (!field.needs().stream().allMatch(has)) {
                field.place().put(data, 0);
            }
        }
        return data;
    }

    /** Where a field is that this layout must have. */
    BitField place(FieldName name) {
        return find(name)
                .map(Field::place)
                .orElseThrow(() -> new IllegalArgumentException("no field " + name + " in " + fields));
    }

    /** Where a field is that only some of a handler's layouts have; in the others it reads as zero. */
    BitField optionalPlace(FieldName name) {
        return find(name).map(Field::place).orElse(BitField.ABSENT);
    }

    /**
     * The first field or bit that is set and must not be.
     *
     * @param cdb of 16 bytes or more, zeroes behind a shorter one
     */
    Optional<FieldPointer> violation(byte[] cdb) {
        long high = (long) LONG.get(cdb, 0) & reservedHigh;
        long low = (long) LONG.get(cdb, 8) & reservedLow;
        if ((high | low) == 0) {
            return Optional.empty();
        }
        int fromTop = high != 0 ? Long.numberOfLeadingZeros(high) : Long.SIZE + Long.numberOfLeadingZeros(low);
        BitField bit = new BitField(fromTop / 8, 7 - fromTop % 8, 1);
        byte[] wrong = new byte[MAX_BYTES];
        bit.put(wrong, 1);
        return Optional.of(FieldPointer.cdb(fields.stream()
                .filter(field -> field.place().isSet(wrong))
                .map(Field::place)
                .findFirst()
                .orElse(bit)));
    }

    /** The fields with their values, for the log. */
    String describe(byte[] cdb) {
        StringJoiner text = new StringJoiner(" ");
        for (Field field : fields) {
            long value = field.place().get(cdb);
            if (value != 0) {
                text.add(field.name() + "=" + Long.toUnsignedString(value));
            }
        }
        return text.toString();
    }

    private Optional<Field> find(FieldName name) {
        return fields.stream().filter(field -> field.name() == name).findFirst();
    }
}
