package org.lunaria.scsi.internal.command;

import java.nio.ByteBuffer;
import org.lunaria.scsi.internal.command.Access.MediumEvent;
import org.lunaria.scsi.internal.page.BitField;

/**
 * GET EVENT STATUS NOTIFICATION (MMC-6 6.7), polled: of the classes Media, whose events each initiator is told once, and Device
 * Busy, which never has one. Who has room for the header only is told of no event, and keeps it.
 */
final class GetEventStatusNotification implements Handler {
    private static final int HEADER_BYTES = 4;
    private static final int DATA_BYTES = 8;
    private static final int NO_EVENT_AVAILABLE = 0x80;
    private static final int MEDIA = 4;
    private static final int DEVICE_BUSY = 6;
    private static final int SUPPORTED = 1 << MEDIA | 1 << DEVICE_BUSY;

    private static final int NEW_MEDIA = 2;
    private static final int MEDIA_REMOVAL = 3;
    private static final int TRAY_OPEN = 0x01;
    private static final int MEDIA_PRESENT = 0x02;

    private final BitField polled;
    private final BitField classes;
    private final BitField allocationLength;

    GetEventStatusNotification(Cdb cdb) {
        polled = cdb.place(FieldName.POLLED);
        classes = cdb.place(FieldName.NOTIFICATION_CLASS_REQUEST);
        allocationLength = cdb.place(FieldName.ALLOCATION_LENGTH);
    }

    @Override
    public void handle(Execution execution) {
        byte[] cdb = execution.cdb();
        if (!polled.isSet(cdb)) {
            execution.refuseField(polled);
            return;
        }
        long wanted = classes.get(cdb) & SUPPORTED;
        long room = allocationLength.get(cdb);
        if (wanted == 0) {
            execution.good(new byte[] {0, HEADER_BYTES - 2, (byte) NO_EVENT_AVAILABLE, (byte) SUPPORTED}, room);
            return;
        }
        boolean media = (wanted & 1 << MEDIA) != 0;
        ByteBuffer data = ByteBuffer.allocate(DATA_BYTES).putShort((short) (DATA_BYTES - 2));
        data.put((byte) (media ? MEDIA : DEVICE_BUSY)).put((byte) SUPPORTED);
        if (media) {
            MediumEvent event = room > HEADER_BYTES ? execution.access().takeMediumEvent() : MediumEvent.NONE;
            data.put((byte) code(event)).put((byte) status(execution.device()));
        }
        execution.good(data.array(), room);
    }

    private static int code(MediumEvent event) {
        return switch (event) {
            case NONE -> 0;
            case INSERTED -> NEW_MEDIA;
            case REMOVED -> MEDIA_REMOVAL;
        };
    }

    private static int status(Device device) {
        return switch (device.mediumState()) {
            case STARTED, STOPPED -> MEDIA_PRESENT;
            case EJECTED -> TRAY_OPEN;
        };
    }
}
