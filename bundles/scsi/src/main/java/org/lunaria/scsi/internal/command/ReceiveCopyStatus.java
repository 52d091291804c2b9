package org.lunaria.scsi.internal.command;

import java.util.Optional;
import java.util.function.Function;
import org.lunaria.scsi.internal.copy.CopyOperation;
import org.lunaria.scsi.internal.page.BitField;

/**
 * RECEIVE COPY STATUS(LID1) and (LID4) (SPC-4 6.23, 6.24): how far a copy is, or what became of it. It can be asked again, until
 * the list identifier is used for another copy, or that is long ago.
 */
final class ReceiveCopyStatus implements Handler {
    private static final BitField AVAILABLE_DATA = BitField.bytes(0, 4);

    private static final int LID1_BYTES = 12;
    private static final BitField LID1_STATUS = new BitField(4, 6, 7);
    private static final BitField LID1_SEGMENTS = BitField.bytes(5, 2);
    private static final BitField LID1_UNITS = BitField.bytes(7, 1);
    private static final BitField LID1_COUNT = BitField.bytes(8, 4);

    private static final int LID4_BYTES = 32;
    private static final BitField RESPONSE_TO_SERVICE_ACTION = new BitField(4, 4, 5);
    private static final BitField COPY_OPERATION_STATUS = new BitField(5, 6, 7);
    private static final BitField OPERATION_COUNTER = BitField.bytes(6, 2);
    private static final BitField ESTIMATED_STATUS_UPDATE_DELAY = BitField.bytes(8, 4);
    private static final BitField EXTENDED_COPY_COMPLETION_STATUS = BitField.bytes(12, 1);
    private static final BitField LENGTH_OF_THE_SENSE_DATA_FIELD = BitField.bytes(13, 1);
    private static final BitField SENSE_DATA_LENGTH = BitField.bytes(14, 1);
    private static final BitField LID4_COUNT = BitField.bytes(16, 8);
    private static final BitField LID4_SEGMENTS = BitField.bytes(24, 2);

    private static final int BACKGROUND_DELAY_MILLIS = 100;

    /** TRANSFER COUNT UNITS: bytes are 0, and this is 1024 of them. */
    private static final int KIBIBYTES = 1;

    private final BitField listIdentifier;
    private final BitField allocationLength;
    private final Function<CopyOperation, byte[]> answer;

    private ReceiveCopyStatus(Cdb cdb, Function<CopyOperation, byte[]> answer) {
        listIdentifier = cdb.place(FieldName.LIST_IDENTIFIER);
        allocationLength = cdb.place(FieldName.ALLOCATION_LENGTH);
        this.answer = answer;
    }

    static ReceiveCopyStatus ofLid1(Cdb cdb) {
        return new ReceiveCopyStatus(cdb, ReceiveCopyStatus::shortStatus);
    }

    static ReceiveCopyStatus ofLid4(Cdb cdb) {
        return new ReceiveCopyStatus(cdb, operation -> status(operation, 0));
    }

    @Override
    public void handle(Execution execution) {
        byte[] cdb = execution.cdb();
        Optional<CopyOperation> operation = execution.access().copies().find(listIdentifier.get(cdb));
        if (operation.isEmpty()) {
            execution.refuseField(listIdentifier);
            return;
        }
        execution.good(answer.apply(operation.get()), allocationLength.get(cdb));
    }

    private static byte[] shortStatus(CopyOperation operation) {
        byte[] data = new byte[LID1_BYTES];
        AVAILABLE_DATA.put(data, data.length - 4);
        LID1_STATUS.put(data, operation.state().shortStatus());
        LID1_SEGMENTS.put(data, operation.segments());
        long bytes = operation.bytes();
        boolean large = bytes > LID1_COUNT.max();
        LID1_UNITS.put(data, large ? KIBIBYTES : 0);
        LID1_COUNT.put(data, large ? bytes >> 10 : bytes);
        return data;
    }

    /**
     * What RECEIVE COPY STATUS(LID4) and its relatives answer: 32 bytes, then the sense data.
     *
     * @param moreBytes that the caller has behind them, for AVAILABLE DATA; zeroes here
     */
    static byte[] status(CopyOperation operation, int moreBytes) {
        CopyOperation.State state = operation.state();
        byte[] sense = operation.result().sense();
        byte[] data = new byte[LID4_BYTES + sense.length + moreBytes];
        AVAILABLE_DATA.put(data, data.length - 4);
        RESPONSE_TO_SERVICE_ACTION.put(data, operation.serviceAction());
        COPY_OPERATION_STATUS.put(data, state.status());
        OPERATION_COUNTER.put(data, operation.operations());
        ESTIMATED_STATUS_UPDATE_DELAY.put(data, updateDelay(state));
        EXTENDED_COPY_COMPLETION_STATUS.put(data, operation.result().status().code());
        LENGTH_OF_THE_SENSE_DATA_FIELD.put(data, sense.length);
        SENSE_DATA_LENGTH.put(data, sense.length);
        LID4_COUNT.put(data, operation.bytes());
        LID4_SEGMENTS.put(data, operation.segments());
        System.arraycopy(sense, 0, data, LID4_BYTES, sense.length);
        return data;
    }

    /** Within a command its answer tells first; what is over will not change. */
    private static long updateDelay(CopyOperation.State state) {
        return switch (state) {
            case IN_PROGRESS -> 0;
            case IN_BACKGROUND -> BACKGROUND_DELAY_MILLIS;
            case COMPLETED, FAILED, PARTIAL, TERMINATED -> ESTIMATED_STATUS_UPDATE_DELAY.max();
        };
    }
}
