package org.lunaria.scsi.internal.command;

import java.util.Optional;
import org.lunaria.scsi.internal.page.BitField;
import org.lunaria.scsi.internal.page.StandardInquiry;
import org.lunaria.scsi.internal.page.VpdPage;
import org.lunaria.scsi.internal.page.VpdPages;

/** INQUIRY (SPC-4 6.4). */
final class Inquiry implements Handler {
    private final BitField vitalProductData;
    private final BitField pageCode;
    private final BitField allocationLength;

    Inquiry(Cdb cdb) {
        vitalProductData = cdb.place(FieldName.EVPD);
        pageCode = cdb.place(FieldName.PAGE_CODE);
        allocationLength = cdb.place(FieldName.ALLOCATION_LENGTH);
    }

    @Override
    public void handle(Execution execution) {
        byte[] cdb = execution.cdb();
        Optional<Device> device = execution.access().device();
        if (!vitalProductData.isSet(cdb)) {
            if (pageCode.isSet(cdb)) {
                execution.refuseField(pageCode);
                return;
            }
            execution.good(
                    device.map(StandardInquiry::of).orElseGet(StandardInquiry::withoutUnit), allocationLength.get(cdb));
            return;
        }
        Optional<VpdPage> page = device.flatMap(
                unit -> VpdPages.find((int) pageCode.get(cdb), unit.identity().type()));
        if (page.isEmpty()) {
            execution.refuseField(pageCode);
            return;
        }
        execution.good(page.get().encode(device.get(), execution.access().port()), allocationLength.get(cdb));
    }
}
