package org.lunaria.scsi.internal.command;

import java.util.Optional;
import org.lunaria.scsi.SenseCode;
import org.lunaria.scsi.internal.mmc.Disc;
import org.lunaria.scsi.internal.mmc.DiscStructure;
import org.lunaria.scsi.internal.page.BitField;

/** READ DISC STRUCTURE, before MMC-5 READ DVD STRUCTURE (MMC-6 6.22), of layer 0. */
final class ReadDiscStructure implements Handler {
    private final BitField mediaType;
    private final BitField layer;
    private final BitField format;
    private final BitField allocationLength;

    ReadDiscStructure(Cdb cdb) {
        mediaType = cdb.place(FieldName.MEDIA_TYPE);
        layer = cdb.place(FieldName.LAYER_NUMBER);
        format = cdb.place(FieldName.FORMAT);
        allocationLength = cdb.place(FieldName.ALLOCATION_LENGTH);
    }

    @Override
    public void handle(Execution execution) {
        byte[] cdb = execution.cdb();
        Disc disc = LoadedDisc.of(execution.device());
        Optional<DiscStructure> structure = DiscStructure.find((int) format.get(cdb));
        if (mediaType.isSet(cdb)) {
            execution.refuseField(mediaType);
        } else if (layer.isSet(cdb)) {
            execution.refuseField(layer);
        } else if (structure.isEmpty()) {
            execution.refuseField(format);
        } else if (!structure.get().isOn(disc)) {
            execution.refuse(SenseCode.CANNOT_READ_MEDIUM_INCOMPATIBLE_FORMAT);
        } else {
            execution.good(structure.get().of(disc), allocationLength.get(cdb));
        }
    }
}
