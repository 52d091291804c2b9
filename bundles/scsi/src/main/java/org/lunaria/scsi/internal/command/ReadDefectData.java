package org.lunaria.scsi.internal.command;

import org.lunaria.scsi.internal.page.BitField;

/**
 * READ DEFECT DATA (10) and (12) (SBC-3). Defects are the store's, and none is known here: the lists that are asked for are
 * there, and empty, in any format.
 */
final class ReadDefectData implements Handler {
    private static final int RESERVED_FORMAT = 7;

    /** In the header, as in the CDB. */
    private static final BitField LISTS_AND_FORMAT = new BitField(1, 4, 5);

    private final BitField primaryList;
    private final BitField grownList;
    private final BitField format;
    private final BitField allocationLength;
    private final int headerBytes;

    ReadDefectData(Cdb cdb) {
        primaryList = cdb.place(FieldName.REQ_PLIST);
        grownList = cdb.place(FieldName.REQ_GLIST);
        format = cdb.place(FieldName.DEFECT_LIST_FORMAT);
        allocationLength = cdb.place(FieldName.ALLOCATION_LENGTH);
        headerBytes = cdb.lengthBytes() == 10 ? 4 : 8;
    }

    @Override
    public void handle(Execution execution) {
        byte[] cdb = execution.cdb();
        if (format.get(cdb) == RESERVED_FORMAT) {
            execution.refuseField(format);
            return;
        }
        byte[] header = new byte[headerBytes];
        LISTS_AND_FORMAT.put(header, primaryList.get(cdb) << 4 | grownList.get(cdb) << 3 | format.get(cdb));
        execution.good(header, allocationLength.get(cdb));
    }
}
