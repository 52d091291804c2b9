package org.lunaria.scsi.internal.command;

import org.lunaria.scsi.SenseCode;
import org.lunaria.scsi.internal.command.Device.MediumState;
import org.lunaria.scsi.internal.page.BitField;

/**
 * START STOP UNIT (SBC-3 5.26). While removal is prevented the medium is not ejected. A stop or an ejection makes what was written durable first, unless NO_FLUSH says
 * otherwise; with IMMED it does so behind the answer.
 */
final class StartStopUnit implements Handler {
    private final BitField immediate;
    private final BitField noFlush;
    private final BitField loadEject;
    private final BitField start;

    StartStopUnit(Cdb cdb) {
        immediate = cdb.place(FieldName.IMMED);
        noFlush = cdb.place(FieldName.NO_FLUSH);
        loadEject = cdb.place(FieldName.LOEJ);
        start = cdb.place(FieldName.START);
    }

    @Override
    public void handle(Execution execution) {
        byte[] cdb = execution.cdb();
        Device device = execution.device();
        boolean moves = loadEject.isSet(cdb);
        if (moves && !device.identity().removable()) {
            execution.refuseField(loadEject);
            return;
        }
        boolean ejects = moves && !start.isSet(cdb);
        if (ejects && device.removalPrevented()) {
            execution.refuse(SenseCode.MEDIUM_REMOVAL_PREVENTED);
            return;
        }
        if (start.isSet(cdb)) {
            start(execution, moves);
            return;
        }
        MediumState target =
                ejects || device.mediumState() == MediumState.EJECTED ? MediumState.EJECTED : MediumState.STOPPED;
        stop(execution, target);
    }

    private static void start(Execution execution, boolean loads) {
        Device device = execution.device();
        if (device.mediumState() == MediumState.EJECTED && !loads) {
            execution.refuse(SenseCode.MEDIUM_NOT_PRESENT);
            return;
        }
        device.changeMediumState(MediumState.STARTED, execution);
        execution.good();
    }

    private void stop(Execution execution, MediumState target) {
        byte[] cdb = execution.cdb();
        Device device = execution.device();
        boolean flushes = !noFlush.isSet(cdb) && device.geometry().writable();
        if (flushes && !immediate.isSet(cdb)) {
            execution.perform(new Flush(execution, () -> {
                device.changeMediumState(target, execution);
                execution.good();
            }));
            return;
        }
        if (flushes) {
            SynchronizeCache.flushBehind(device);
        }
        device.changeMediumState(target, execution);
        execution.good();
    }
}
