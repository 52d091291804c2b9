package org.lunaria.scsi.internal.nolies;

import java.util.EnumSet;
import java.util.Set;
import org.lunaria.backend.ArrayBackend;
import org.lunaria.backend.BlockBackend;
import org.lunaria.backend.BlockBackend.Capability;
import org.lunaria.scsi.SenseCode;
import org.lunaria.scsi.internal.page.DeviceType;
import org.lunaria.scsi.internal.reservation.MapStore;
import org.lunaria.scsi.internal.unit.Bench;

/** The kinds of units there are: they announce different things. */
enum UnitKind {
    /** Blocks of 512 bytes on a store that writes 4096 and can deallocate. */
    THIN(512, EnumSet.allOf(Capability.class), false, false),
    FOUR_K(4096, EnumSet.allOf(Capability.class), false, false),
    /** Can neither deallocate nor write atomically. */
    THICK(512, EnumSet.complementOf(EnumSet.of(Capability.UNMAP, Capability.ATOMIC_WRITE)), false, false),
    REMOVABLE(512, EnumSet.allOf(Capability.class), true, false),
    READ_ONLY(512, EnumSet.allOf(Capability.class), false, true),
    CDROM(2048, EnumSet.allOf(Capability.class), true, true);

    private final int blockBytes;
    private final Set<Capability> capabilities;
    private final boolean removable;
    private final boolean readOnly;

    UnitKind(int blockBytes, Set<Capability> capabilities, boolean removable, boolean readOnly) {
        this.blockBytes = blockBytes;
        this.capabilities = capabilities;
        this.removable = removable;
        this.readOnly = readOnly;
    }

    /** Not a disk. */
    boolean isCdrom() {
        return this == CDROM;
    }

    /** What says that the medium is out. */
    SenseCode notPresent() {
        return isCdrom() ? SenseCode.MEDIUM_NOT_PRESENT_TRAY_OPEN : SenseCode.MEDIUM_NOT_PRESENT;
    }

    int blockBytes() {
        return blockBytes;
    }

    Set<Capability> capabilities() {
        return capabilities;
    }

    boolean unmaps() {
        return capabilities.contains(Capability.UNMAP) && !isCdrom();
    }

    boolean removable() {
        return removable;
    }

    boolean readOnly() {
        return readOnly;
    }

    ArrayBackend store(int blockCount) {
        return new ArrayBackend(blockCount * blockBytes, blockBytes, capabilities);
    }

    /** A unit of this kind. */
    Bench bench(BlockBackend store, MapStore reservations) {
        return Bench.of(
                store, isCdrom() ? DeviceType.CDROM : DeviceType.DISK, blockBytes, removable, readOnly, reservations);
    }
}
