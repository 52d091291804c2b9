package org.lunaria.scsi.internal.command;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.lunaria.backend.BlockBackend.Extent;
import org.lunaria.scsi.internal.page.BitField;
import org.lunaria.scsi.internal.page.Geometry;

/**
 * GET LBA STATUS (16) (SBC-4 5.6). What there is to tell does not depend on the allocation length, which cuts it off (SPC-4
 * 4.2.5.6).
 */
final class GetLbaStatus implements Handler {
    /** How much of the medium is asked for at a time, so that a count fits the descriptor's 32 bits. */
    private static final long WINDOW_BLOCKS = 1L << 30;

    private final BitField startingLba;
    private final BitField allocationLength;
    private final BitField reportType;

    GetLbaStatus(Cdb cdb) {
        startingLba = cdb.place(FieldName.LOGICAL_BLOCK_ADDRESS);
        allocationLength = cdb.place(FieldName.ALLOCATION_LENGTH);
        reportType = cdb.place(FieldName.REPORT_TYPE);
    }

    @Override
    public void handle(Execution execution) {
        byte[] cdb = execution.cdb();
        Geometry geometry = execution.device().geometry();
        Optional<LbaReportType> type = LbaReportType.of(reportType.get(cdb));
        if (type.isEmpty()) {
            execution.refuseField(reportType);
            return;
        }
        long lbaFirst = startingLba.get(cdb);
        if (execution.isOutOfRange(geometry, lbaFirst, 1)) {
            return;
        }
        LbaStatus status = new LbaStatus(geometry, type.get(), lbaFirst);
        execution.perform(new Question(execution, geometry, status, allocationLength.get(cdb)));
    }

    /** Asks until there is something to tell: of one kind of blocks there may be none for a long way. */
    private static final class Question extends Procedure {
        private final Execution execution;
        private final Geometry geometry;
        private final LbaStatus status;
        private final long allocationLength;
        private CompletionStage<List<Extent>> asked;

        Question(Execution execution, Geometry geometry, LbaStatus status, long allocationLength) {
            super(execution);
            this.execution = execution;
            this.geometry = geometry;
            this.status = status;
            this.allocationLength = allocationLength;
        }

        @Override
        protected CompletionStage<?> step() {
            if (asked != null) {
                status.add(value(asked));
            }
            if (status.isEnough()) {
                return then(() -> execution.good(status.encode(), allocationLength));
            }
            long blockCount = Math.min(geometry.blockCount() - status.next(), WINDOW_BLOCKS);
            asked = execution
                    .device()
                    .medium()
                    .extents(status.next() * geometry.blockBytes(), blockCount * geometry.blockBytes());
            return medium(asked);
        }

        @Override
        protected void release() {}
    }
}
