package org.lunaria.scsi.internal.command;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.lunaria.backend.BlockBackend.Extent;
import org.lunaria.backend.BlockBackend.Mapping;
import org.lunaria.scsi.internal.page.Geometry;

/**
 * The LBA status descriptors of a range, those that a REPORT TYPE asks for (SBC-4 5.6.2). Neighbours of one status are joined; a
 * block that is a hole only in part is mapped, and so is every block of a unit that is fully provisioned. Confined.
 */
final class LbaStatus {
    private static final int HEADER_BYTES = 8;
    private static final int DESCRIPTOR_BYTES = 16;
    private static final int LENGTH_AFTER = 4;

    /** Of a command, whatever its allocation length: what is behind them is to be asked for anew. */
    private static final int MAX_DESCRIPTORS = 1024;

    /** COMPLETION CONDITION: the capacity of the medium was reached. */
    private static final int AT_CAPACITY = 0b011 << 1;

    /** Report type processed. */
    private static final int RTP = 0x01;

    private record Descriptor(long lbaFirst, long blockCount, int provisioning) {}

    private final Geometry geometry;
    private final LbaReportType type;
    private final List<Descriptor> descriptors = new ArrayList<>();

    /** The first block that nothing is known of yet. */
    private long next;

    private boolean full;

    LbaStatus(Geometry geometry, LbaReportType type, long lbaFirst) {
        this.geometry = geometry;
        this.type = type;
        this.next = lbaFirst;
    }

    long next() {
        return next;
    }

    /** Whether there is something to report, or nothing more to be asked. */
    boolean isEnough() {
        return !descriptors.isEmpty() || isAtCapacity();
    }

    private boolean isAtCapacity() {
        return next >= geometry.blockCount();
    }

    /** Takes what the store tells from the first block on that nothing is known of. */
    void add(List<Extent> extents) {
        int blockBytes = geometry.blockBytes();
        long asked = next;
        for (Extent extent : extents) {
            boolean hole = extent.mapping() == Mapping.HOLE && geometry.unmaps();
            long end = extent.offset() + extent.length();
            long first = hole ? (extent.offset() + blockBytes - 1) / blockBytes : next;
            long last = hole ? end / blockBytes : (end + blockBytes - 1) / blockBytes;
            addUpTo(first, false);
            addUpTo(last, hole);
        }
        addUpTo(asked + 1, false);
    }

    private void addUpTo(long lbaEnd, boolean hole) {
        if (lbaEnd <= next || full) {
            return;
        }
        if (type.reports(hole)) {
            int status = type.status(hole);
            int last = descriptors.size() - 1;
            Descriptor before = last < 0 ? null : descriptors.get(last);
            boolean joins =
                    before != null && before.provisioning == status && before.lbaFirst + before.blockCount == next;
            if (joins) {
                descriptors.set(last, new Descriptor(before.lbaFirst, lbaEnd - before.lbaFirst, status));
            } else if (descriptors.size() == MAX_DESCRIPTORS) {
                full = true;
                return;
            } else {
                descriptors.add(new Descriptor(next, lbaEnd - next, status));
            }
        }
        next = lbaEnd;
    }

    byte[] encode() {
        ByteBuffer data = ByteBuffer.allocate(HEADER_BYTES + DESCRIPTOR_BYTES * descriptors.size());
        data.putInt(data.capacity() - LENGTH_AFTER).putInt(RTP | (isAtCapacity() ? AT_CAPACITY : 0));
        for (Descriptor descriptor : descriptors) {
            data.putLong(descriptor.lbaFirst).putInt((int) descriptor.blockCount);
            data.put((byte) descriptor.provisioning).put((byte) 0).putShort((short) 0);
        }
        return data.array();
    }
}
