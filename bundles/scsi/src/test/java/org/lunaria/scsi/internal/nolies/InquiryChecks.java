package org.lunaria.scsi.internal.nolies;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.lunaria.scsi.ScsiStatus;
import org.lunaria.scsi.TaskAttribute;
import org.lunaria.scsi.TaskManagement.Function;
import org.lunaria.scsi.TaskManagement.Response;
import org.lunaria.scsi.internal.unit.ArrayTransfer;
import org.lunaria.scsi.internal.unit.Initiator;

/** What a unit says of itself in one word is so: INQUIRY data, capacity, provisioning, task management functions. */
final class InquiryChecks {
    private static final int READ_10 = 0x28;
    private static final int PHYSICAL_BLOCK_BYTES = 4096;

    /** Without a version claimed (SPC-5 annex E): SAM-5, SPC-4, SBC-3; SAM-6, SPC-5, SBC-4; MMC-6. */
    private static final Set<Integer> VERSIONS = Set.of(0x00A0, 0x0460, 0x04C0, 0x00C0, 0x05C0, 0x0600, 0x04E0, 0x0960);

    private InquiryChecks() {}

    static boolean announces(List<Announced> commands, int opcode) {
        return commands.stream().anyMatch(command -> command.opcode() == opcode);
    }

    private static boolean announces(List<Announced> commands, int opcode, int action) {
        return commands.stream()
                .anyMatch(command ->
                        command.opcode() == opcode && command.serviceAction().orElse(-1) == action);
    }

    static boolean uses(List<Announced> commands, int opcode, int at, int bit) {
        return commands.stream().anyMatch(command -> command.opcode() == opcode && command.uses(at, bit));
    }

    private static byte[] inquiry(Stand stand) {
        return stand.initiator().read(255, 0x12, 0, 0, 0, 255, 0).data();
    }

    /** Bits of the standard INQUIRY data (SPC-4 6.4.2). */
    static void standardData(UnitKind kind, Findings findings) {
        Stand stand = Stand.of(kind);
        List<Announced> commands = Announced.of(stand);
        byte[] data = inquiry(stand);
        flag(findings, kind, "RMB", data[1] < 0, announces(commands, 0x1E));
        flag(findings, kind, "NORMACA", (data[3] & 0x20) != 0, uses(commands, READ_10, 9, 2));
        flag(findings, kind, "3PC", (data[5] & 0x08) != 0, announces(commands, 0x83) || announces(commands, 0x84));
        flag(findings, kind, "TPGS implicit or explicit", (data[5] & 0x30) != 0, announces(commands, 0xA3, 0x0A));
        flag(findings, kind, "TPGS explicit", (data[5] & 0x20) != 0, announces(commands, 0xA4, 0x0A));
        flag(findings, kind, "PROTECT", (data[5] & 0x01) != 0, uses(commands, READ_10, 1, 5));
        flag(findings, kind, "MULTIP", (data[6] & 0x10) != 0, ports(stand) > 1);
        flag(findings, kind, "CMDQUE", (data[7] & 0x02) != 0, queues(stand));
        findings.require((data[4] & 0xFF) == data.length - 5, kind, "ADDITIONAL LENGTH is " + data[4]);
        findings.require(data[2] >= 6, kind, "VERSION is " + data[2]);
        List<Integer> versions = new ArrayList<>();
        for (int at = 58; at < 74; at += 2) {
            versions.add((data[at] & 0xFF) << 8 | data[at + 1] & 0xFF);
        }
        versions.removeIf(version -> version == 0);
        findings.require(
                VERSIONS.containsAll(versions) && versions.size() >= 3, kind, "VERSION DESCRIPTORs " + versions);
        findings.require(
                versions.contains(data[2] == 6 ? 0x0460 : 0x05C0), kind, "VERSION and its descriptor are of two minds");
    }

    /** How many the SCSI Ports page lists (SPC-4 7.8.14). */
    private static int ports(Stand stand) {
        ByteBuffer page =
                ByteBuffer.wrap(VpdChecks.page(stand.initiator(), 0x88)).position(4);
        int ports = 0;
        while (page.hasRemaining()) {
            page.position(page.position() + 6);
            page.position(page.position() + 2 + page.getShort(page.position()));
            page.position(page.position() + 4 + page.getShort(page.position() + 2));
            ports++;
        }
        return ports;
    }

    /** The Extended INQUIRY Data page (SPC-4 7.8.7), where there is one. */
    static void extendedData(UnitKind kind, Findings findings) {
        Stand stand = Stand.of(kind);
        if (!VpdChecks.has(stand.initiator(), 0x86)) {
            return;
        }
        List<Announced> commands = Announced.of(stand);
        byte[] page = VpdChecks.page(stand.initiator(), 0x86);
        byte[] caching =
                ModePages.sense(stand.initiator(), ModePages.CURRENT, 0x08, 0).data();
        findings.require(page.length == 64, kind, "the Extended INQUIRY Data page has " + page.length + " bytes");
        flag(findings, kind, "GRD_CHK, APP_CHK, REF_CHK", (page[4] & 0x07) != 0, uses(commands, READ_10, 1, 5));
        flag(findings, kind, "GROUP_SUP", (page[5] & 0x10) != 0, uses(commands, READ_10, 6, 0));
        flag(findings, kind, "PRIOR_SUP", (page[5] & 0x08) != 0, announces(commands, 0xA4, 0x0E));
        flag(findings, kind, "HEADSUP", (page[5] & 0x04) != 0, queues(stand));
        flag(findings, kind, "ORDSUP", (page[5] & 0x02) != 0, queues(stand));
        flag(findings, kind, "SIMPSUP", (page[5] & 0x01) != 0, queues(stand));
        flag(findings, kind, "WU_SUP", (page[6] & 0x08) != 0, announces(commands, 0x3F));
        flag(findings, kind, "CRD_SUP", (page[6] & 0x04) != 0, announces(commands, 0x3F));
        boolean caches = !kind.isCdrom() && (caching[ModePages.HEADER_BYTES + 2] & 0x04) != 0;
        findings.require(!caches || (page[6] & 0x01) != 0, kind, "V_SUP is zero, but WCE is not");
        flag(findings, kind, "CBCS", (page[8] & 0x01) != 0, false);
    }

    private static void flag(Findings findings, Object about, String name, boolean said, boolean is) {
        findings.count("flags");
        findings.require(said == is, about, name + " is " + said + ", but it should be " + is);
    }

    private static boolean queues(Stand stand) {
        return Arrays.stream(
                        new TaskAttribute[] {TaskAttribute.SIMPLE, TaskAttribute.ORDERED, TaskAttribute.HEAD_OF_QUEUE})
                .allMatch(attribute -> stand.initiator()
                                .begin(attribute, new ArrayTransfer(new byte[0], 0, false), 0x00, 0, 0, 0, 0, 0)
                                .answer()
                                .status()
                        == ScsiStatus.GOOD);
    }

    /** READ CAPACITY, MODE SENSE and the VPD pages tell of one medium. */
    static void capacity(UnitKind kind, Findings findings) {
        Stand stand = Stand.of(kind);
        Initiator initiator = stand.initiator();
        List<Announced> commands = Announced.of(stand);
        ByteBuffer ten = initiator.read(8, 0x25, 0, 0, 0, 0, 0, 0, 0, 0, 0).buffer();
        if (kind.isCdrom()) {
            discCapacity(kind, initiator, ten, findings);
            return;
        }
        ByteBuffer sixteen = initiator
                .read(32, 0x9E, 0x10, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 32, 0, 0)
                .buffer();
        findings.require(
                ten.getInt(0) == sixteen.getLong(0) && ten.getInt(4) == sixteen.getInt(8), kind, "two capacities");
        byte[] mode = initiator.read(255, 0x5A, 0, 0x3F, 0, 0, 0, 0, 0, 255, 0).data();
        findings.require(
                ByteBuffer.wrap(mode).getInt(8) == Stand.BLOCKS
                        && (ByteBuffer.wrap(mode).getInt(12) & 0xFF_FFFF) == kind.blockBytes(),
                kind,
                "the block descriptor is another");
        flag(findings, kind, "WP", mode[3] < 0, kind.readOnly());
        flag(findings, kind, "DPOFUA", (mode[3] & 0x10) != 0, uses(commands, READ_10, 1, 3));

        int physical = kind.blockBytes() << (sixteen.get(13) & 0x0F);
        findings.require(physical == PHYSICAL_BLOCK_BYTES, kind, "physical blocks of " + physical);
        findings.require((sixteen.getShort(14) & 0x3FFF) == 0, kind, "LOWEST ALIGNED LOGICAL BLOCK ADDRESS");
        flag(findings, kind, "PROT_EN", (sixteen.get(12) & 1) != 0, uses(commands, READ_10, 1, 5));

        flag(findings, kind, "LBPME", (sixteen.get(14) & 0x80) != 0, kind.unmaps());
        byte[] b2 = VpdChecks.page(initiator, 0xB2);
        flag(findings, kind, "LBPU", (b2[5] & 0x80) != 0, announces(commands, 0x42));
        flag(findings, kind, "LBPWS", (b2[5] & 0x40) != 0, uses(commands, 0x93, 1, 3));
        flag(findings, kind, "LBPWS10", (b2[5] & 0x20) != 0, uses(commands, 0x41, 1, 3));
        flag(findings, kind, "LBPRZ of READ CAPACITY", (sixteen.get(14) & 0x40) != 0, (b2[5] & 0x1C) == 0x04);
        flag(findings, kind, "ANC_SUP", (b2[5] & 0x02) != 0, uses(commands, 0x93, 1, 4));
        flag(findings, kind, "PROVISIONING TYPE", (b2[6] & 7) != 0, kind.unmaps());
    }

    /** READ CAPACITY (10), READ TOC and READ TRACK INFORMATION tell of one disc. */
    private static void discCapacity(UnitKind kind, Initiator initiator, ByteBuffer ten, Findings findings) {
        findings.require(ten.getInt(4) == kind.blockBytes(), kind, "blocks of " + ten.getInt(4));
        int leadOut =
                initiator.read(12, 0x43, 0, 0, 0, 0, 0, 0xAA, 0, 12, 0).buffer().getInt(8);
        int track =
                initiator.read(48, 0x52, 1, 0, 0, 0, 1, 0, 0, 48, 0).buffer().getInt(24);
        findings.require(ten.getInt(0) + 1 == leadOut && leadOut == track, kind, "several capacities");
    }

    /** REPORT SUPPORTED TASK MANAGEMENT FUNCTIONS (SPC-4 6.36): what it has is done, what it has not is rejected. */
    static void taskManagement(UnitKind kind, Findings findings) {
        Stand stand = Stand.of(kind);
        ByteBuffer report = stand.initiator()
                .read(16, 0xA3, 0x0D, 0x80, 0, 0, 0, 0, 0, 0, 16, 0, 0)
                .buffer();
        int bits = Short.toUnsignedInt(report.getShort(0));
        function(stand, Function.ABORT_TASK, bits & 0x8000, findings);
        function(stand, Function.ABORT_TASK_SET, bits & 0x4000, findings);
        function(stand, Function.CLEAR_ACA, bits & 0x2000, findings);
        function(stand, Function.CLEAR_TASK_SET, bits & 0x1000, findings);
        function(stand, Function.LOGICAL_UNIT_RESET, bits & 0x0800, findings);
        function(stand, Function.QUERY_TASK, bits & 0x0400, findings);
        function(stand, Function.QUERY_ASYNCHRONOUS_EVENT, bits & 0x0004, findings);
        function(stand, Function.QUERY_TASK_SET, bits & 0x0002, findings);
        function(stand, Function.I_T_NEXUS_RESET, bits & 0x0001, findings);
        findings.require((bits & ~0xFC07) == 0, kind, "functions that nobody knows: " + Integer.toHexString(bits));
    }

    private static void function(Stand stand, Function function, int announced, Findings findings) {
        findings.count("task management functions");
        Response response = stand.initiator().manage(function, 1).response().orElseThrow();
        findings.require(
                (announced != 0) == (response != Response.FUNCTION_REJECTED),
                stand.kind() + " " + function,
                "is answered " + response);
    }
}
