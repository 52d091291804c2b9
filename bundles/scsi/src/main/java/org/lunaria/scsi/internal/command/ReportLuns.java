package org.lunaria.scsi.internal.command;

import java.nio.ByteBuffer;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.lunaria.scsi.internal.page.BitField;

/** REPORT LUNS (SPC-4 6.33). The one well known logical unit is there where it is asked for. */
final class ReportLuns implements Handler {
    private static final int HEADER_BYTES = 8;
    private static final int LUN_BYTES = 8;

    /** SELECT REPORT. */
    private static final int LOGICAL_UNITS = 0x00;

    private static final int WELL_KNOWN_ONLY = 0x01;
    private static final int ALL = 0x02;

    private final BitField selectReport;
    private final BitField allocationLength;

    ReportLuns(Cdb cdb) {
        selectReport = cdb.place(FieldName.SELECT_REPORT);
        allocationLength = cdb.place(FieldName.ALLOCATION_LENGTH);
    }

    @Override
    public void handle(Execution execution) {
        int select = (int) selectReport.get(execution.cdb());
        if (select != LOGICAL_UNITS && select != WELL_KNOWN_ONLY && select != ALL) {
            execution.refuseField(selectReport);
            return;
        }
        long[] luns = luns(select, execution.access());
        ByteBuffer list = ByteBuffer.allocate(HEADER_BYTES + LUN_BYTES * luns.length);
        list.putInt(LUN_BYTES * luns.length).position(HEADER_BYTES);
        list.asLongBuffer().put(luns);
        execution.access().lunsReported();
        execution.good(list.array(), allocationLength.get(execution.cdb()));
    }

    private static long[] luns(int select, Access access) {
        LongStream units = select == WELL_KNOWN_ONLY
                ? LongStream.empty()
                : IntStream.of(access.luns()).mapToLong(Lun::encode);
        LongStream wellKnown = select == LOGICAL_UNITS ? LongStream.empty() : LongStream.of(Lun.REPORT_LUNS);
        return LongStream.concat(units, wellKnown).toArray();
    }
}
