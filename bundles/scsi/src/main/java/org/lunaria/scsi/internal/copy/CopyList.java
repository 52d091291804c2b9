package org.lunaria.scsi.internal.copy;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.lunaria.scsi.SenseCode;

/**
 * The parameter list of EXTENDED COPY (SPC-4 6.4, 6.5): devices, and what is to be done with them. It is checked whole before
 * anything is done. Immutable.
 *
 * @param listIdentifier by which the initiator asks for the copy; empty when it never will
 */
public record CopyList(OptionalLong listIdentifier, List<Cscd> cscds, List<Segment> segments) {
    private static final int LENGTH_AT = 2;
    private static final int SEGMENT_HEADER_BYTES = 4;

    /**
     * @param list at least as long as the format's header
     */
    public static CopyList of(CopyListFormat format, byte[] list) throws InvalidCopyList {
        format.check(list);
        long identifier = format.listIdentifier(list);
        format.checkLengths(list);
        int segmentsAt = format.headerBytes() + (int) format.cscdBytes().get(list);
        int end = segmentsAt + (int) format.segmentBytes().get(list);
        return new CopyList(
                identifier < 0 ? OptionalLong.empty() : OptionalLong.of(identifier),
                cscds(format, list, segmentsAt),
                segments(format, list, segmentsAt, end));
    }

    private static List<Cscd> cscds(CopyListFormat format, byte[] list, int end) throws InvalidCopyList {
        int lengthAt = format.cscdBytes().byteIndex();
        if ((end - format.headerBytes()) % Cscd.LENGTH_BYTES != 0) {
            throw InvalidCopyList.field(lengthAt);
        }
        if (end - format.headerBytes() > CopyLimits.CSCD_DESCRIPTORS * Cscd.LENGTH_BYTES) {
            throw InvalidCopyList.at(SenseCode.TOO_MANY_TARGET_DESCRIPTORS, lengthAt);
        }
        List<Cscd> cscds = new ArrayList<>();
        for (int at = format.headerBytes(); at < end; at += Cscd.LENGTH_BYTES) {
            if ((list[at] & 0xFF) != Cscd.TYPE_CODE) {
                throw InvalidCopyList.at(SenseCode.UNSUPPORTED_TARGET_DESCRIPTOR_TYPE_CODE, at);
            }
            cscds.add(Cscd.of(list, at));
        }
        return cscds;
    }

    private static List<Segment> segments(CopyListFormat format, byte[] list, int begin, int end)
            throws InvalidCopyList {
        int lengthAt = format.segmentBytes().byteIndex();
        List<Segment> segments = new ArrayList<>();
        for (int at = begin; at < end; ) {
            if (segments.size() == CopyLimits.SEGMENT_DESCRIPTORS) {
                throw InvalidCopyList.at(SenseCode.TOO_MANY_SEGMENT_DESCRIPTORS, lengthAt);
            }
            Segment.Type type = Segment.Type.of(list, at);
            if (end - at < type.lengthBytes()) {
                throw InvalidCopyList.field(lengthAt);
            }
            int length = (list[at + LENGTH_AT] & 0xFF) << 8 | list[at + LENGTH_AT + 1] & 0xFF;
            if (length != type.lengthBytes() - SEGMENT_HEADER_BYTES) {
                throw InvalidCopyList.field(at + LENGTH_AT);
            }
            segments.add(type.read(list, at));
            at += type.lengthBytes();
        }
        return segments;
    }
}
