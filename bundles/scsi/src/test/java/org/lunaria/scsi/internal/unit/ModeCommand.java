package org.lunaria.scsi.internal.unit;

import org.lunaria.scsi.TaskAttribute;
import org.lunaria.scsi.internal.unit.Initiator.Sent;

/** A flag of a mode page, read by MODE SENSE (10) and changed by MODE SELECT (10), for tests. */
enum ModeCommand {
    WCE(0x08, 2, 2),
    D_SENSE(0x0A, 2, 2),
    SWP(0x0A, 4, 3),
    TAS(0x0A, 5, 6),
    /** That of nothing used. */
    USED_THRESHOLD(0x1C, 0x02, 24, 7);

    private static final int HEADER_BYTES = 8;
    private static final int PF = 0x10;
    private static final int SP = 0x01;

    private final int page;
    private final int subpage;
    private final int at;
    private final int bit;

    ModeCommand(int page, int at, int bit) {
        this(page, 0, at, bit);
    }

    ModeCommand(int page, int subpage, int at, int bit) {
        this.page = page;
        this.subpage = subpage;
        this.at = at;
        this.bit = bit;
    }

    private byte[] page(Initiator initiator, int control) {
        return initiator
                .read(255, 0x5A, 8, control << 6 | page, subpage, 0, 0, 0, 0, 255, 0)
                .data();
    }

    /** @param control 0 current, 2 default, 3 saved */
    boolean isSet(Initiator initiator, int control) {
        return (page(initiator, control)[HEADER_BYTES + at] >> bit & 1) != 0;
    }

    boolean isSet(Initiator initiator) {
        return isSet(initiator, 0);
    }

    Answer set(Initiator initiator, boolean value) {
        return begin(initiator, value, 0).answer();
    }

    /** With SP. */
    Answer save(Initiator initiator, boolean value) {
        return begin(initiator, value, SP).answer();
    }

    Sent begin(Initiator initiator, boolean value) {
        return begin(initiator, value, 0);
    }

    private Sent begin(Initiator initiator, boolean value, int flags) {
        byte[] list = page(initiator, 0);
        list[0] = 0;
        list[1] = 0;
        list[HEADER_BYTES] &= 0x7F;
        list[HEADER_BYTES + at] &= (byte) ~(1 << bit);
        list[HEADER_BYTES + at] |= (byte) (value ? 1 << bit : 0);
        return initiator.begin(
                TaskAttribute.SIMPLE,
                new ArrayTransfer(list, 0, false),
                0x55,
                PF | flags,
                0,
                0,
                0,
                0,
                0,
                0,
                list.length,
                0);
    }
}
