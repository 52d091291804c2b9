package org.lunaria.scsi.internal.command;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.List;
import org.lunaria.scsi.SenseCode;
import org.lunaria.scsi.internal.page.BitField;
import org.lunaria.scsi.internal.page.DeviceType;
import org.lunaria.scsi.internal.page.Geometry;
import org.lunaria.scsi.internal.page.ModePage;
import org.lunaria.scsi.internal.page.ModePage.PageControl;
import org.lunaria.scsi.internal.page.ModePages;

/**
 * MODE SENSE (6) and (10) (SPC-4 6.11, 6.12). Block descriptors and the DEVICE-SPECIFIC PARAMETER are for disks (SBC-3 6.5.1,
 * 6.5.2); in those of MMC-6 (7.2) they are not there, and reserved.
 */
final class ModeSense implements Handler {
    private static final int WP = 0x80;
    private static final int DPOFUA = 0x10;
    private static final int LONGLBA = 0x01;

    private final boolean longHeader;
    private final BitField disableBlockDescriptors;
    private final BitField longLbaAccepted;
    private final BitField pageControl;
    private final BitField pageCode;
    private final BitField subpageCode;
    private final BitField allocationLength;

    ModeSense(Cdb cdb) {
        longHeader = cdb.lengthBytes() > 6;
        disableBlockDescriptors = cdb.place(FieldName.DBD);
        longLbaAccepted = cdb.optionalPlace(FieldName.LLBAA);
        pageControl = cdb.place(FieldName.PC);
        pageCode = cdb.place(FieldName.PAGE_CODE);
        subpageCode = cdb.place(FieldName.SUBPAGE_CODE);
        allocationLength = cdb.place(FieldName.ALLOCATION_LENGTH);
    }

    @Override
    public void handle(Execution execution) {
        byte[] cdb = execution.cdb();
        PageControl control = PageControl.values()[(int) pageControl.get(cdb)];
        int code = (int) pageCode.get(cdb);
        Device unit = execution.device();
        List<ModePage> pages = ModePages.find(unit, code, (int) subpageCode.get(cdb));
        if (pages.isEmpty()) {
            execution.refuseField(
                    ModePages.find(unit, code, ModePages.ALL_SUBPAGES).isEmpty() ? pageCode : subpageCode);
            return;
        }
        if (control == PageControl.SAVED) {
            pages = pages.stream().filter(page -> page.isSaveable(unit)).toList();
        }
        if (pages.isEmpty()) {
            execution.refuse(SenseCode.SAVING_PARAMETERS_NOT_SUPPORTED);
            return;
        }
        execution.good(data(execution, control, pages), allocationLength.get(cdb));
    }

    private byte[] data(Execution execution, PageControl control, List<ModePage> pages) {
        byte[] cdb = execution.cdb();
        boolean longLba = longLbaAccepted.isSet(cdb);
        boolean isDisk = execution.device().identity().type() == DeviceType.DISK;
        byte[] descriptor = disableBlockDescriptors.isSet(cdb) || !isDisk
                ? new byte[0]
                : blockDescriptor(execution.device().geometry(), longLba);
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        body.writeBytes(descriptor);
        pages.forEach(page -> body.writeBytes(page.encode(execution.device(), control)));

        int specific = isDisk ? DPOFUA | (execution.access().writeProtected() ? WP : 0) : 0;
        ByteBuffer data = ByteBuffer.allocate((longHeader ? 8 : 4) + body.size());
        if (longHeader) {
            data.putShort((short) (data.capacity() - 2)).put((byte) 0).put((byte) specific);
            data.put((byte) (longLba && descriptor.length > 0 ? LONGLBA : 0)).put((byte) 0);
            data.putShort((short) descriptor.length);
        } else {
            data.put((byte) (data.capacity() - 1)).put((byte) 0).put((byte) specific);
            data.put((byte) descriptor.length);
        }
        return data.put(body.toByteArray()).array();
    }

    private static byte[] blockDescriptor(Geometry geometry, boolean longLba) {
        if (longLba) {
            return ByteBuffer.allocate(16)
                    .putLong(geometry.blockCount())
                    .putInt(0)
                    .putInt(geometry.blockBytes())
                    .array();
        }
        return ByteBuffer.allocate(8)
                .putInt((int) Math.min(geometry.blockCount(), 0xFFFF_FFFFL))
                .putInt(geometry.blockBytes())
                .array();
    }
}
