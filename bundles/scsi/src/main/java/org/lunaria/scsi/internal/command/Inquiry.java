package org.lunaria.scsi.internal.command;

import java.util.Optional;
import org.lunaria.scsi.AccessState;
import org.lunaria.scsi.internal.page.BitField;
import org.lunaria.scsi.internal.page.StandardInquiry;
import org.lunaria.scsi.internal.page.VpdPage;
import org.lunaria.scsi.internal.page.VpdPages;

/** INQUIRY (SPC-4 6.4). */
final class Inquiry implements Handler {
    /** PERIPHERAL QUALIFIER 001b. */
    private static final int NOT_CONNECTED = 0x20;

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
            byte[] data = device.map(unit -> qualified(
                            StandardInquiry.of(unit, execution.access().port()), execution.access()))
                    .orElseGet(StandardInquiry::withoutUnit);
            execution.good(data, allocationLength.get(cdb));
            return;
        }
        Optional<VpdPage> page = device.flatMap(
                unit -> VpdPages.find((int) pageCode.get(cdb), unit.identity().type()));
        if (page.isEmpty()) {
            execution.refuseField(pageCode);
            return;
        }
        byte[] data = page.get().encode(device.get(), execution.access().port());
        execution.good(qualified(data, execution.access()), allocationLength.get(cdb));
    }

    /** The peripheral qualifier is 001b while the unit is unavailable through the port (SPC-4 5.15.2.4.5). */
    private static byte[] qualified(byte[] data, Access access) {
        if (access.accessStatus().state() == AccessState.UNAVAILABLE) {
            data[0] |= NOT_CONNECTED;
        }
        return data;
    }
}
