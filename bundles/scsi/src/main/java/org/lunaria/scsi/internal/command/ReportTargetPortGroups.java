package org.lunaria.scsi.internal.command;

import java.nio.ByteBuffer;
import java.util.Set;
import org.lunaria.scsi.internal.page.AccessStatus;
import org.lunaria.scsi.internal.page.BitField;
import org.lunaria.scsi.internal.page.PortIdentity;

/**
 * REPORT TARGET PORT GROUPS (SPC-4 6.37): the one group of the target that the command came to, with all its target ports.
 * Other targets are SCSI target devices of their own, with relative target port identifiers of their own.
 */
final class ReportTargetPortGroups implements Handler {
    private static final int LENGTH_ONLY = 0b000;
    private static final int EXTENDED = 0b001;

    private static final int LENGTH_BYTES = 4;
    private static final int EXTENDED_HEADER_BYTES = 8;
    private static final int GROUP_BYTES = 8;
    private static final int PORT_BYTES = 4;

    /** T_SUP, U_SUP, S_SUP, AN_SUP and AO_SUP: neither offline nor dependent on blocks. */
    private static final int SUPPORTED_STATES = 0x8F;

    private final BitField format;
    private final BitField allocationLength;

    ReportTargetPortGroups(Cdb cdb) {
        format = cdb.place(FieldName.PARAMETER_DATA_FORMAT);
        allocationLength = cdb.place(FieldName.ALLOCATION_LENGTH);
    }

    @Override
    public void handle(Execution execution) {
        int asked = (int) format.get(execution.cdb());
        if (asked != LENGTH_ONLY && asked != EXTENDED) {
            execution.refuseField(format);
            return;
        }
        byte[] group = group(execution.access().port(), execution.access().accessStatus());
        ByteBuffer data =
                ByteBuffer.allocate((asked == EXTENDED ? EXTENDED_HEADER_BYTES : LENGTH_BYTES) + group.length);
        data.putInt(data.limit() - LENGTH_BYTES);
        if (asked == EXTENDED) {
            // FORMAT TYPE, and IMPLICIT TRANSITION TIME: none is told, as what the administrator sets holds at once.
            data.put((byte) (EXTENDED << 4)).put((byte) 0).putShort((short) 0);
        }
        execution.good(data.put(group).array(), allocationLength.get(execution.cdb()));
    }

    /** The target port group descriptor. */
    private static byte[] group(PortIdentity port, AccessStatus status) {
        Set<Integer> ports = port.all().keySet();
        ByteBuffer group = ByteBuffer.allocate(GROUP_BYTES + PORT_BYTES * ports.size())
                .put((byte) status.state().code())
                .put((byte) SUPPORTED_STATES)
                .putShort((short) port.group().identifier())
                .put((byte) 0)
                .put((byte) status.cause().ordinal())
                .put((byte) 0)
                .put((byte) ports.size());
        ports.forEach(relative -> group.putShort((short) 0).putShort(relative.shortValue()));
        return group.array();
    }
}
