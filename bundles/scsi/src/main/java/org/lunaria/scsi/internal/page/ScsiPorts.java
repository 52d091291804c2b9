package org.lunaria.scsi.internal.page;

import java.io.ByteArrayOutputStream;
import java.util.Map;

/** The SCSI Ports page (SPC-4 7.8.14): the target ports by which the unit is reached. None of them is an initiator port. */
final class ScsiPorts {
    private ScsiPorts() {}

    static byte[] page(PortIdentity port) {
        ByteArrayOutputStream page = new ByteArrayOutputStream();
        page.writeBytes(new byte[VpdPage.HEADER_BYTES]);
        for (Map.Entry<Integer, String> each : port.all().entrySet()) {
            byte[] designator = DeviceIdentification.ofPort(each.getValue());
            page.writeBytes(number(each.getKey()));
            // INITIATOR PORT TRANSPORTID LENGTH.
            page.writeBytes(number(0));
            page.writeBytes(number(designator.length));
            page.writeBytes(designator);
        }
        return page.toByteArray();
    }

    /** Two reserved bytes, and two with a number. */
    private static byte[] number(int value) {
        byte[] bytes = new byte[4];
        BitField.bytes(2, 2).put(bytes, value);
        return bytes;
    }
}
