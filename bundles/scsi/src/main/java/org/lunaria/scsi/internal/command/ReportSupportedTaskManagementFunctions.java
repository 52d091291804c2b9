package org.lunaria.scsi.internal.command;

import java.util.Map;
import org.lunaria.scsi.TaskManagement.Function;
import org.lunaria.scsi.internal.page.BitField;

/**
 * REPORT SUPPORTED TASK MANAGEMENT FUNCTIONS (SPC-4 6.36): those that {@link Function#isSupported}. How long a function may
 * take is not told (TMFTMOV is zero).
 */
final class ReportSupportedTaskManagementFunctions implements Handler {
    private static final int BASIC_BYTES = 4;
    private static final int EXTENDED_BYTES = 16;
    private static final int ADDITIONAL_DATA_LENGTH = 3;

    /** The bit of each function in the first two bytes, as a number of 16 bits. TARGET RESET has none that is not obsolete. */
    private static final Map<Function, Integer> BITS = Map.of(
            Function.ABORT_TASK, 0x8000,
            Function.ABORT_TASK_SET, 0x4000,
            Function.CLEAR_ACA, 0x2000,
            Function.CLEAR_TASK_SET, 0x1000,
            Function.LOGICAL_UNIT_RESET, 0x0800,
            Function.QUERY_TASK, 0x0400,
            Function.QUERY_ASYNCHRONOUS_EVENT, 0x0004,
            Function.QUERY_TASK_SET, 0x0002,
            Function.I_T_NEXUS_RESET, 0x0001);

    private final BitField extended;
    private final BitField allocationLength;

    ReportSupportedTaskManagementFunctions(Cdb cdb) {
        extended = cdb.place(FieldName.REPD);
        allocationLength = cdb.place(FieldName.ALLOCATION_LENGTH);
    }

    @Override
    public void handle(Execution execution) {
        long length = allocationLength.get(execution.cdb());
        if (length < BASIC_BYTES) {
            execution.refuseField(allocationLength);
            return;
        }
        byte[] data = new byte[extended.isSet(execution.cdb()) ? EXTENDED_BYTES : BASIC_BYTES];
        int bits = BITS.entrySet().stream()
                .filter(entry -> entry.getKey().isSupported())
                .mapToInt(Map.Entry::getValue)
                .sum();
        data[0] = (byte) (bits >> Byte.SIZE);
        data[1] = (byte) bits;
        data[ADDITIONAL_DATA_LENGTH] = (byte) (data.length - BASIC_BYTES);
        execution.good(data, length);
    }
}
