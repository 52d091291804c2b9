package org.lunaria.scsi.internal.command;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.lunaria.backend.BlockBackend.Extent;
import org.lunaria.backend.BlockBackend.Mapping;
import org.lunaria.scsi.internal.page.BitField;
import org.lunaria.scsi.internal.page.Geometry;

/** GET LBA STATUS (SBC-3 5.4). */
final class GetLbaStatus implements Handler {
    private static final int HEADER_BYTES = 8;
    private static final int DESCRIPTOR_BYTES = 16;
    private static final int MAX_DESCRIPTORS = 1024;
    private static final int LENGTH_AFTER = 4;

    /** How much of the medium is asked for at a time, so that a count fits the descriptor's 32 bits. */
    private static final long WINDOW_BLOCKS = 1L << 30;

    /** PROVISIONING STATUS. Nothing is anchored. */
    private static final int MAPPED = 0;

    private static final int DEALLOCATED = 1;

    private record Descriptor(long lbaFirst, long blockCount, int provisioning) {}

    private final BitField startingLba;
    private final BitField allocationLength;

    GetLbaStatus(Cdb cdb) {
        startingLba = cdb.place(FieldName.LOGICAL_BLOCK_ADDRESS);
        allocationLength = cdb.place(FieldName.ALLOCATION_LENGTH);
    }

    @Override
    public void handle(Execution execution) {
        Geometry geometry = execution.device().geometry();
        long lbaFirst = startingLba.get(execution.cdb());
        if (execution.isOutOfRange(geometry, lbaFirst, 1)) {
            return;
        }
        execution.perform(new Question(execution, geometry, lbaFirst));
    }

    private final class Question extends Procedure {
        private final Execution execution;
        private final Geometry geometry;
        private final long lbaFirst;
        private CompletionStage<List<Extent>> asked;

        Question(Execution execution, Geometry geometry, long lbaFirst) {
            super(execution);
            this.execution = execution;
            this.geometry = geometry;
            this.lbaFirst = lbaFirst;
        }

        @Override
        protected CompletionStage<?> step() {
            if (asked == null) {
                long blockCount = Math.min(geometry.blockCount() - lbaFirst, WINDOW_BLOCKS);
                asked = execution
                        .device()
                        .medium()
                        .extents(lbaFirst * geometry.blockBytes(), blockCount * geometry.blockBytes());
                return medium(asked);
            }
            long length = allocationLength.get(execution.cdb());
            int room = (int) Math.max(1, Math.min((length - HEADER_BYTES) / DESCRIPTOR_BYTES, MAX_DESCRIPTORS));
            byte[] data = encode(descriptors(value(asked), lbaFirst, geometry.blockBytes()), room);
            return then(() -> execution.good(data, length));
        }

        @Override
        protected void release() {}
    }

    /** Extents in blocks; neighbours of one status are joined. A block that is a hole only in part is mapped. */
    private static List<Descriptor> descriptors(List<Extent> extents, long lbaFirst, int blockBytes) {
        List<Descriptor> list = new ArrayList<>();
        long covered = lbaFirst;
        for (Extent extent : extents) {
            boolean hole = extent.mapping() == Mapping.HOLE;
            long end = extent.offset() + extent.length();
            long first = hole ? (extent.offset() + blockBytes - 1) / blockBytes : covered;
            long last = hole ? end / blockBytes : (end + blockBytes - 1) / blockBytes;
            add(list, covered, first, MAPPED);
            covered = Math.max(covered, first);
            add(list, covered, last, hole ? DEALLOCATED : MAPPED);
            covered = Math.max(covered, last);
        }
        add(list, covered, Math.max(covered, lbaFirst + 1), MAPPED);
        return list;
    }

    private static void add(List<Descriptor> list, long lbaFirst, long lbaEnd, int provisioning) {
        if (lbaEnd <= lbaFirst) {
            return;
        }
        int last = list.size() - 1;
        if (last >= 0 && list.get(last).provisioning == provisioning) {
            Descriptor before = list.get(last);
            list.set(last, new Descriptor(before.lbaFirst, lbaEnd - before.lbaFirst, provisioning));
        } else {
            list.add(new Descriptor(lbaFirst, lbaEnd - lbaFirst, provisioning));
        }
    }

    private static byte[] encode(List<Descriptor> descriptors, int room) {
        int count = Math.min(descriptors.size(), room);
        ByteBuffer data = ByteBuffer.allocate(HEADER_BYTES + DESCRIPTOR_BYTES * count);
        data.putInt(data.capacity() - LENGTH_AFTER).putInt(0);
        for (Descriptor descriptor : descriptors.subList(0, count)) {
            data.putLong(descriptor.lbaFirst).putInt((int) descriptor.blockCount);
            data.put((byte) descriptor.provisioning).put((byte) 0).putShort((short) 0);
        }
        return data.array();
    }
}
