package org.lunaria.scsi.internal.command;

import org.lunaria.scsi.SenseCode;
import org.lunaria.scsi.internal.command.Device.MediumState;
import org.lunaria.scsi.internal.page.BitField;
import org.lunaria.scsi.internal.page.DeviceType;

/**
 * START STOP UNIT (SBC-3 5.26). While removal is prevented the medium is neither ejected nor loaded. A stop or an ejection makes what was written durable first, unless NO_FLUSH says
 * otherwise (for a CD/DVD unit that bit is another field, which is not supported: MMC-6 6.42); with IMMED it does so behind the answer.
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
        if (noFlush.isSet(cdb) && device.identity().type() != DeviceType.DISK) {
            execution.refuseField(noFlush);
            return;
        }
        boolean moves = loadEject.isSet(cdb);
        if (moves && !device.identity().removable()) {
            execution.refuseField(loadEject);
            return;
        }
        if (moves && device.removalPrevented()) {
            execution.refuse(SenseCode.MEDIUM_REMOVAL_PREVENTED);
            return;
        }
        if (start.isSet(cdb)) {
            start(execution, moves);
            return;
        }
        MediumState target =
                moves || device.mediumState() == MediumState.EJECTED ? MediumState.EJECTED : MediumState.STOPPED;
        stop(execution, target);
    }

    private static void start(Execution execution, boolean loads) {
        Device device = execution.device();
        if (device.mediumState() == MediumState.EJECTED && !loads) {
            execution.refuse(device.identity().type().mediumNotPresent());
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
