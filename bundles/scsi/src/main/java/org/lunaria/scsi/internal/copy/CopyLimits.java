package org.lunaria.scsi.internal.copy;

/** What the copy manager takes: announced by RECEIVE COPY OPERATING PARAMETERS and VPD page 8Fh, and held by the commands. */
public final class CopyLimits {

    /** MAXIMUM CSCD DESCRIPTOR COUNT. */
    public static final int CSCD_DESCRIPTORS = 64;

    /** MAXIMUM SEGMENT DESCRIPTOR COUNT. */
    public static final int SEGMENT_DESCRIPTORS = 64;

    /** MAXIMUM DESCRIPTOR LIST LENGTH: all of both, of the longest kinds. */
    public static final int DESCRIPTOR_LIST_BYTES =
            CSCD_DESCRIPTORS * Cscd.LENGTH_BYTES + SEGMENT_DESCRIPTORS * Segment.MAX_BYTES;

    /** MAXIMUM SEGMENT LENGTH: more than the 16 bits of a count of blocks of 4096 bytes can say. */
    public static final long SEGMENT_BYTES = 256L << 20;

    /** TOTAL and MAXIMUM CONCURRENT COPIES, of the whole engine: more are answered BUSY. */
    public static final int CONCURRENT_COPIES = 32;

    /** DATA SEGMENT GRANULARITY, as a power of two: the smallest logical block. */
    public static final int SEGMENT_GRANULARITY_EXPONENT = 9;

    private CopyLimits() {}

    /** IMPLEMENTED DESCRIPTOR TYPE CODES, ascending: of segments, and of CSCDs. */
    public static byte[] descriptorTypeCodes() {
        Segment.Type[] types = Segment.Type.values();
        byte[] codes = new byte[types.length + 1];
        for (int i = 0; i < types.length; i++) {
            codes[i] = (byte) types[i].code();
        }
        codes[types.length] = (byte) Cscd.TYPE_CODE;
        return codes;
    }
}
