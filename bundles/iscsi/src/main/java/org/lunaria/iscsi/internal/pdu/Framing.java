package org.lunaria.iscsi.internal.pdu;

/**
 * How long the parts of a PDU are on the wire (RFC 7143 11.2, 11.2.3): the one place that knows of padding and of the
 * room that digests take. Immutable.
 *
 * @param headerDigest whether a CRC32C follows the header
 * @param dataDigest whether a CRC32C follows a data segment
 */
public record Framing(boolean headerDigest, boolean dataDigest) {
    /** No digests, as every connection begins. */
    public static final Framing PLAIN = new Framing(false, false);

    /** Basic header segment. */
    public static final int BHS_BYTES = 48;

    /** The longest additional header segments that TotalAHSLength can tell of. */
    public static final int AHS_BYTES_MAX = 255 * 4;

    public static final int DIGEST_BYTES = 4;

    /** The longest padding with its digest. */
    public static final int TRAILER_BYTES_MAX = 3 + DIGEST_BYTES;

    /** The longest header with its digest. */
    public static final int HEADER_BYTES_MAX = BHS_BYTES + AHS_BYTES_MAX + DIGEST_BYTES;

    /** The longest data segment that DataSegmentLength can tell of. */
    public static final int DATA_SEGMENT_BYTES_MAX = 0xFFFFFF;

    /** The length of BHS and AHS, and the digest behind them. */
    public int headerBytes(int ahsBytes) {
        return BHS_BYTES + ahsBytes + (headerDigest ? DIGEST_BYTES : 0);
    }

    /** What follows a data segment: padding and digest; nothing follows an empty one. */
    public int trailerBytes(int dataSegmentBytes) {
        return dataSegmentBytes == 0 ? 0 : padding(dataSegmentBytes) + (dataDigest ? DIGEST_BYTES : 0);
    }

    /** The length of a whole PDU. */
    public int pduBytes(int ahsBytes, int dataSegmentBytes) {
        return headerBytes(ahsBytes) + dataSegmentBytes + trailerBytes(dataSegmentBytes);
    }

    /** Bytes that fill a segment up to a multiple of four. */
    public static int padding(int bytes) {
        return -bytes & 3;
    }
}
