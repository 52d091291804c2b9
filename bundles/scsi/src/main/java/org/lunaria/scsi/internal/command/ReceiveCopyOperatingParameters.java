package org.lunaria.scsi.internal.command;

import org.lunaria.scsi.internal.copy.CopyLimits;
import org.lunaria.scsi.internal.page.BitField;

/** RECEIVE COPY OPERATING PARAMETERS (SPC-4 6.22): what the copy manager takes. */
final class ReceiveCopyOperatingParameters implements Handler {
    private static final int CODES_AT = 44;

    private static final BitField AVAILABLE_DATA = BitField.bytes(0, 4);

    /** Supports no list identifier. */
    private static final BitField SNLID = new BitField(4, 0, 1);

    private static final BitField MAXIMUM_CSCD_DESCRIPTOR_COUNT = BitField.bytes(8, 2);
    private static final BitField MAXIMUM_SEGMENT_DESCRIPTOR_COUNT = BitField.bytes(10, 2);
    private static final BitField MAXIMUM_DESCRIPTOR_LIST_LENGTH = BitField.bytes(12, 4);
    private static final BitField MAXIMUM_SEGMENT_LENGTH = BitField.bytes(16, 4);
    private static final BitField TOTAL_CONCURRENT_COPIES = BitField.bytes(34, 2);
    private static final BitField MAXIMUM_CONCURRENT_COPIES = BitField.bytes(36, 1);
    private static final BitField DATA_SEGMENT_GRANULARITY = BitField.bytes(37, 1);
    private static final int CODES_LENGTH_AT = 43;

    private static final byte[] PARAMETERS = parameters();

    private final BitField allocationLength;

    ReceiveCopyOperatingParameters(Cdb cdb) {
        allocationLength = cdb.place(FieldName.ALLOCATION_LENGTH);
    }

    @Override
    public void handle(Execution execution) {
        execution.good(PARAMETERS, allocationLength.get(execution.cdb()));
    }

    /** What is zero is not there: inline data, held data, stream devices. */
    private static byte[] parameters() {
        byte[] codes = CopyLimits.descriptorTypeCodes();
        byte[] data = new byte[CODES_AT + codes.length];
        AVAILABLE_DATA.put(data, data.length - 4);
        SNLID.put(data, 1);
        MAXIMUM_CSCD_DESCRIPTOR_COUNT.put(data, CopyLimits.CSCD_DESCRIPTORS);
        MAXIMUM_SEGMENT_DESCRIPTOR_COUNT.put(data, CopyLimits.SEGMENT_DESCRIPTORS);
        MAXIMUM_DESCRIPTOR_LIST_LENGTH.put(data, CopyLimits.DESCRIPTOR_LIST_BYTES);
        MAXIMUM_SEGMENT_LENGTH.put(data, CopyLimits.SEGMENT_BYTES);
        TOTAL_CONCURRENT_COPIES.put(data, CopyLimits.CONCURRENT_COPIES);
        MAXIMUM_CONCURRENT_COPIES.put(data, CopyLimits.CONCURRENT_COPIES);
        DATA_SEGMENT_GRANULARITY.put(data, CopyLimits.SEGMENT_GRANULARITY_EXPONENT);
        data[CODES_LENGTH_AT] = (byte) codes.length;
        System.arraycopy(codes, 0, data, CODES_AT, codes.length);
        return data;
    }
}
