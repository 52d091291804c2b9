package org.lunaria.scsi.internal.command;

import org.lunaria.scsi.internal.mmc.Disc;
import org.lunaria.scsi.internal.page.BitField;

/** READ TRACK INFORMATION (MMC-6 6.26): of the one track, by a block of it, its number, or its session's. */
final class ReadTrackInformation implements Handler {
    private static final int BLOCK = 0;
    private static final int SESSION = 2;

    private final BitField numberType;
    private final BitField address;
    private final BitField allocationLength;

    ReadTrackInformation(Cdb cdb) {
        numberType = cdb.place(FieldName.ADDRESS_NUMBER_TYPE);
        address = cdb.place(FieldName.ADDRESS);
        allocationLength = cdb.place(FieldName.ALLOCATION_LENGTH);
    }

    @Override
    public void handle(Execution execution) {
        byte[] cdb = execution.cdb();
        Device device = execution.device();
        long type = numberType.get(cdb);
        if (type > SESSION) {
            execution.refuseField(numberType);
            return;
        }
        if (type == BLOCK) {
            if (execution.isOutOfRange(device.geometry(), address.get(cdb), 1)) {
                return;
            }
        } else if (address.get(cdb) != Disc.ONLY) {
            execution.refuseField(address);
            return;
        }
        execution.good(LoadedDisc.of(device).trackInformation(), allocationLength.get(cdb));
    }
}
