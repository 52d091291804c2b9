package org.lunaria.scsi.internal.command;

import org.lunaria.scsi.internal.mmc.Configuration;
import org.lunaria.scsi.internal.mmc.Configuration.Requested;
import org.lunaria.scsi.internal.page.BitField;

/** GET CONFIGURATION (MMC-6 6.6). */
final class GetConfiguration implements Handler {
    private final BitField requestedType;
    private final BitField startingFeature;
    private final BitField allocationLength;

    GetConfiguration(Cdb cdb) {
        requestedType = cdb.place(FieldName.RT);
        startingFeature = cdb.place(FieldName.STARTING_FEATURE_NUMBER);
        allocationLength = cdb.place(FieldName.ALLOCATION_LENGTH);
    }

    @Override
    public void handle(Execution execution) {
        byte[] cdb = execution.cdb();
        int type = (int) requestedType.get(cdb);
        if (type >= Requested.values().length) {
            execution.refuseField(requestedType);
            return;
        }
        byte[] data = Configuration.of(
                LoadedDisc.in(execution.device()), Requested.values()[type], (int) startingFeature.get(cdb));
        execution.good(data, allocationLength.get(cdb));
    }
}
