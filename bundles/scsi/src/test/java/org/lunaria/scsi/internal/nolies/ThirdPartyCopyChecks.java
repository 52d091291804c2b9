package org.lunaria.scsi.internal.nolies;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** The Third-Party Copy page (SPC-4 7.8.17): it agrees with all else that tells of copies. */
final class ThirdPartyCopyChecks {
    private static final int ROOM = 4096;
    private static final int PAGE = 0x8F;
    private static final int SUPPORTED_COMMANDS = 0x0001;
    private static final int PARAMETER_DATA = 0x0004;
    private static final int SUPPORTED_DESCRIPTORS = 0x0008;
    private static final int GENERAL_COPY_OPERATIONS = 0x8001;

    private final UnitKind kind;
    private final Findings findings;
    private final Stand stand;
    private final Map<Integer, ByteBuffer> descriptors = new TreeMap<>();

    private ThirdPartyCopyChecks(UnitKind kind, Findings findings) {
        this.kind = kind;
        this.findings = findings;
        stand = Stand.of(kind);
    }

    static void page(UnitKind kind, Findings findings) {
        ThirdPartyCopyChecks checks = new ThirdPartyCopyChecks(kind, findings);
        boolean there = VpdChecks.has(checks.stand.initiator(), PAGE);
        List<String> commands = checks.commands();
        findings.require(there == !commands.isEmpty(), kind, "VPD page 8Fh and the commands do not go together");
        if (there) {
            checks.read();
            findings.require(
                    checks.supportedCommands().equals(commands),
                    kind,
                    "VPD page 8Fh has other commands than there are");
            checks.operatingParameters();
        }
    }

    /** What is announced of the operation codes for third-party copies. */
    private List<String> commands() {
        return Announced.of(stand).stream()
                .filter(command -> command.opcode() == 0x83 || command.opcode() == 0x84)
                .map(Announced::toString)
                .sorted()
                .collect(Collectors.toList());
    }

    private void read() {
        ByteBuffer page =
                ByteBuffer.wrap(VpdChecks.page(stand.initiator(), PAGE)).position(4);
        int last = -1;
        while (page.remaining() >= 4) {
            int type = Short.toUnsignedInt(page.getShort());
            int length = Short.toUnsignedInt(page.getShort());
            findings.count("third-party copy descriptors");
            findings.require(type > last && length % 4 == 0, kind, "descriptor %04Xh is malformed".formatted(type));
            descriptors.put(type, page.slice(page.position(), length));
            page.position(page.position() + length);
            last = type;
        }
        findings.require(!page.hasRemaining(), kind, "the last third-party copy descriptor is cut off");
    }

    private List<String> supportedCommands() {
        ByteBuffer list = descriptors.get(SUPPORTED_COMMANDS);
        TreeSet<String> commands = new TreeSet<>();
        int end = 1 + (list.get() & 0xFF);
        while (list.position() < end) {
            int opcode = list.get() & 0xFF;
            for (int left = list.get(); left > 0; left--) {
                commands.add("%02Xh/%02Xh".formatted(opcode, list.get()));
            }
        }
        return List.copyOf(commands);
    }

    /** RECEIVE COPY OPERATING PARAMETERS says the same in other places. */
    private void operatingParameters() {
        ByteBuffer parameters = stand.initiator()
                .read(ROOM, 0x84, 0x03, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, ROOM >> 8, 0, 0, 0)
                .buffer();
        ByteBuffer data = descriptors.get(PARAMETER_DATA);
        ByteBuffer general = descriptors.get(GENERAL_COPY_OPERATIONS);
        byte[] codes = new byte[parameters.get(43)];
        parameters.get(44, codes);
        byte[] listed = new byte[descriptors.get(SUPPORTED_DESCRIPTORS).get(0)];
        descriptors.get(SUPPORTED_DESCRIPTORS).get(1, listed);
        findings.require(Arrays.equals(codes, listed), kind, "descriptor type codes differ");
        findings.require(
                data.getShort(4) == parameters.getShort(8)
                        && data.getShort(6) == parameters.getShort(10)
                        && data.getInt(8) == parameters.getInt(12)
                        && data.getInt(12) == 0,
                kind,
                "limits of lists differ");
        findings.require(
                general.getInt(0) == parameters.getShort(34)
                        && general.getInt(4) == parameters.get(36)
                        && general.getInt(8) == parameters.getInt(16)
                        && general.get(12) == parameters.get(37),
                kind,
                "limits of copies differ");
    }
}
