package org.lunaria.scsi.internal.page;

import static org.lunaria.scsi.internal.page.PageField.bits;
import static org.lunaria.scsi.internal.page.PageField.bytes;
import static org.lunaria.scsi.internal.page.PageField.flag;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/** The vital product data pages that a unit has: the one table of them (SPC-4 7.8, SBC-3 6.6). */
public final class VpdPages {

    static final int THIRD_PARTY_COPY = 0x8F;

    private static final int THIN = 2;

    /** In ascending order of their codes, as page 00h lists them. */
    public static final List<VpdPage> ALL = List.of(
            new VpdPage(
                    0x00,
                    "Supported VPD Pages",
                    (unit, port) -> supported(unit.identity().type())),
            new VpdPage(0x80, "Unit Serial Number", (unit, port) -> serial(unit.identity())),
            new VpdPage(0x83, "Device Identification", DeviceIdentification::page),
            VpdPage.ofFields(
                    0x86,
                    "Extended INQUIRY Data",
                    64,
                    List.of(
                            flag("HEADSUP", 5, 2, unit -> 1),
                            flag("ORDSUP", 5, 1, unit -> 1),
                            flag("SIMPSUP", 5, 0, unit -> 1),
                            flag("V_SUP", 6, 0, unit -> unit.identity().type() == DeviceType.DISK ? 1 : 0),
                            flag("LUICLR", 7, 0, unit -> 1),
                            bytes(
                                    "EXTENDED SELF-TEST COMPLETION MINUTES",
                                    10,
                                    2,
                                    unit -> unit.identity().type() == DeviceType.DISK
                                            ? Limits.EXTENDED_SELF_TEST_SECONDS / 60
                                            : 0))),
            new VpdPage(0x87, "Mode Page Policy", (unit, port) -> modePagePolicy()),
            new VpdPage(0x88, "SCSI Ports", (unit, port) -> ScsiPorts.page(port)),
            new VpdPage(THIRD_PARTY_COPY, "Third-Party Copy", (unit, port) -> thirdPartyCopy(unit)),
            VpdPage.ofFields(
                    0xB0,
                    "Block Limits",
                    64,
                    List.of(
                            flag("WSNZ", 4, 0, unit -> 1),
                            bytes(
                                    "MAXIMUM COMPARE AND WRITE LENGTH",
                                    5,
                                    1,
                                    unit -> Limits.compareAndWriteBlocks(
                                            unit.geometry().blockBytes())),
                            bytes(
                                    "OPTIMAL TRANSFER LENGTH GRANULARITY",
                                    6,
                                    2,
                                    unit -> 1L << unit.geometry().physicalExponent()),
                            bytes(
                                    "MAXIMUM TRANSFER LENGTH",
                                    8,
                                    4,
                                    unit -> Limits.transferBlocks(
                                            unit.geometry().blockBytes())),
                            bytes(
                                    "OPTIMAL TRANSFER LENGTH",
                                    12,
                                    4,
                                    unit -> unit.geometry().optimalBlocks()),
                            bytes("MAXIMUM UNMAP LBA COUNT", 20, 4, unit -> ifUnmaps(unit, Limits.UNMAP_BLOCKS)),
                            bytes(
                                    "MAXIMUM UNMAP BLOCK DESCRIPTOR COUNT",
                                    24,
                                    4,
                                    unit -> ifUnmaps(unit, Limits.UNMAP_DESCRIPTORS)),
                            bytes(
                                    "OPTIMAL UNMAP GRANULARITY",
                                    28,
                                    4,
                                    unit -> unit.geometry().unmapBlocks()),
                            flag("UGAVALID", 32, 7, unit -> ifUnmaps(unit, 1)),
                            bytes("MAXIMUM WRITE SAME LENGTH", 36, 8, unit -> Limits.WRITE_SAME_BLOCKS),
                            bytes("MAXIMUM ATOMIC TRANSFER LENGTH", 44, 4, VpdPages::atomicBlocks),
                            bytes("MAXIMUM ATOMIC TRANSFER LENGTH WITH ATOMIC BOUNDARY", 56, 4, VpdPages::atomicBlocks),
                            bytes("MAXIMUM ATOMIC BOUNDARY SIZE", 60, 4, VpdPages::atomicBlocks))),
            VpdPage.ofFields(
                    0xB1,
                    "Block Device Characteristics",
                    64,
                    List.of(
                            bytes(
                                    "MEDIUM ROTATION RATE",
                                    4,
                                    2,
                                    unit -> unit.identity().rotationRate()),
                            bits("WABEREQ", 7, 7, 2, unit -> 1))),
            VpdPage.ofFields(
                    0xB2,
                    "Logical Block Provisioning",
                    8,
                    List.of(
                            bytes(
                                    "THRESHOLD EXPONENT",
                                    4,
                                    1,
                                    unit -> unit.geometry().thresholdExponent()),
                            flag("LBPU", 5, 7, unit -> ifUnmaps(unit, 1)),
                            flag("LBPWS", 5, 6, unit -> ifUnmaps(unit, 1)),
                            flag("LBPWS10", 5, 5, unit -> ifUnmaps(unit, 1)),
                            bits("LBPRZ", 5, 4, 3, unit -> ifUnmaps(unit, 1)),
                            bits("PROVISIONING TYPE", 6, 2, 3, unit -> ifUnmaps(unit, THIN)))));

    private VpdPages() {}

    /** The page with a code that a unit of a type has. */
    public static Optional<VpdPage> find(int code, DeviceType type) {
        return of(type).stream().filter(page -> page.code() == code).findFirst();
    }

    private static List<VpdPage> of(DeviceType type) {
        return ALL.stream().filter(type::has).toList();
    }

    private static byte[] supported(DeviceType type) {
        List<VpdPage> pages = of(type);
        ByteBuffer page =
                ByteBuffer.allocate(VpdPage.HEADER_BYTES + pages.size()).position(VpdPage.HEADER_BYTES);
        pages.forEach(listed -> page.put((byte) listed.code()));
        return page.array();
    }

    /** One descriptor: all mode pages and subpages are shared by all nexuses (SPC-4 7.8.10). */
    private static byte[] modePagePolicy() {
        return ByteBuffer.allocate(VpdPage.HEADER_BYTES + 4)
                .position(VpdPage.HEADER_BYTES)
                .put((byte) ModePages.ALL_PAGES)
                .put((byte) ModePages.ALL_SUBPAGES)
                .array();
    }

    private static byte[] thirdPartyCopy(DescribedUnit unit) {
        byte[] descriptors = unit.thirdPartyCopyDescriptors();
        return ByteBuffer.allocate(VpdPage.HEADER_BYTES + descriptors.length)
                .position(VpdPage.HEADER_BYTES)
                .put(descriptors)
                .array();
    }

    private static byte[] serial(Identity identity) {
        byte[] serial = identity.serial().getBytes(StandardCharsets.US_ASCII);
        return ByteBuffer.allocate(VpdPage.HEADER_BYTES + serial.length)
                .position(VpdPage.HEADER_BYTES)
                .put(serial)
                .array();
    }

    private static long atomicBlocks(DescribedUnit unit) {
        return unit.geometry().atomicBlocks();
    }

    private static long ifUnmaps(DescribedUnit unit, long value) {
        return unit.geometry().unmaps() ? value : 0;
    }
}
