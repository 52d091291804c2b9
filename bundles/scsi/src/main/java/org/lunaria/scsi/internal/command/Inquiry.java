package org.lunaria.scsi.internal.command;

import java.util.Optional;
import org.lunaria.scsi.AccessState;
import org.lunaria.scsi.internal.page.BitField;
import org.lunaria.scsi.internal.page.StandardInquiry;
import org.lunaria.scsi.internal.page.VpdPages;
import org.lunaria.scsi.internal.page.WellKnownUnitInquiry;

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
        boolean standard = !vitalProductData.isSet(cdb);
        Optional<byte[]> data = !standard
                ? page((int) pageCode.get(cdb), execution.access())
                : Optional.of(standard(execution.access())).filter(unused -> !pageCode.isSet(cdb));
        if (data.isEmpty()) {
            execution.refuseField(pageCode);
        } else {
            execution.good(data.get(), allocationLength.get(cdb));
        }
    }

    private static byte[] standard(Access access) {
        Optional<Device> device = access.device();
        if (device.isPresent()) {
            return qualified(StandardInquiry.of(device.get(), access.port()), access);
        }
        return access.isWellKnown() ? WellKnownUnitInquiry.standard(access.port()) : StandardInquiry.withoutUnit();
    }

    private static Optional<byte[]> page(int code, Access access) {
        if (access.isWellKnown()) {
            return WellKnownUnitInquiry.page(code, access.port());
        }
        return access.device()
                .flatMap(unit -> VpdPages.find(code, unit.identity().type())
                        .map(page -> qualified(page.encode(unit, access.port()), access)));
    }

    /** The peripheral qualifier is 001b while the unit is unavailable through the port (SPC-4 5.15.2.4.5). */
    private static byte[] qualified(byte[] data, Access access) {
        if (access.accessStatus().state() == AccessState.UNAVAILABLE) {
            data[0] |= NOT_CONNECTED;
        }
        return data;
    }
}
