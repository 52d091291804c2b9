package org.lunaria.scsi.internal.nolies;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;

/** GET CONFIGURATION (MMC-6 5.3): a feature that a drive says to have comes with its commands. */
final class FeatureChecks {
    private static final int GET_CONFIGURATION = 0x46;
    private static final int ROOM = 4096;
    private static final int HEADER_BYTES = 8;

    /** Feature code to the operation codes that are mandatory for it, but for those of the core that every unit has. */
    private static final Map<Integer, List<Integer>> COMMANDS = Map.of(
            0x0000, List.of(),
            0x0001, List.of(0x00, 0x03, 0x12, 0x46, 0x4A, 0x55, 0x5A),
            0x0002, List.of(0x46, 0x4A),
            0x0003, List.of(0x1B, 0x1E, 0xBD),
            0x0010, List.of(0x25, 0x28),
            0x001D, List.of(0x28, 0xBE, 0x51, 0x52),
            0x001E, List.of(0xBE, 0xB9, 0x43),
            0x001F, List.of(0x28, 0xA8, 0xAD),
            0x0108, List.of(0x46));

    private FeatureChecks() {}

    static void features(UnitKind kind, Findings findings) {
        Stand stand = Stand.of(kind);
        List<Announced> commands = Announced.of(stand);
        if (!InquiryChecks.announces(commands, GET_CONFIGURATION)) {
            return;
        }
        ByteBuffer data = stand.initiator()
                .read(ROOM, GET_CONFIGURATION, 0, 0, 0, 0, 0, 0, ROOM >> 8, 0, 0)
                .buffer();
        int at = HEADER_BYTES;
        while (at + 4 <= data.limit()) {
            int code = Short.toUnsignedInt(data.getShort(at));
            String about = kind + " feature %04Xh".formatted(code);
            findings.count("features");
            findings.require(COMMANDS.containsKey(code), about, "is not in the table of this test");
            for (int opcode : COMMANDS.getOrDefault(code, List.of())) {
                findings.require(
                        InquiryChecks.announces(commands, opcode), about, "lacks command %02Xh".formatted(opcode));
            }
            at += 4 + (data.get(at + 3) & 0xFF);
        }
        findings.require(at == data.limit(), kind, "the last feature descriptor is cut off");
    }
}
