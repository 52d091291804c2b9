package org.lunaria.scsi.internal.nolies;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.lunaria.scsi.ScsiStatus;
import org.lunaria.scsi.SenseCode;
import org.lunaria.scsi.internal.page.BitField;
import org.lunaria.scsi.internal.unit.Answer;

/** The bits of each CDB: those of the usage data are obeyed, and no other may be set. */
final class BitChecks {
    private BitChecks() {}

    static String text(Answer answer) {
        return answer.status() == ScsiStatus.CHECK_CONDITION
                ? answer.code() + " at " + answer.pointer()
                : answer.status().toString();
    }

    static boolean isInvalidField(Answer answer) {
        return answer.status() == ScsiStatus.CHECK_CONDITION && answer.code() == SenseCode.INVALID_FIELD_IN_CDB;
    }

    static boolean isInvalidField(Answer answer, String pointer) {
        return isInvalidField(answer) && answer.pointer().equals(pointer);
    }

    /** A bit that is not announced is refused, with a pointer to it or to its field, and nothing is done. */
    static void othersAreRefused(UnitKind kind, Findings findings) {
        for (Announced command : Announced.of(Stand.of(kind))) {
            Optional<Example> example = Examples.of(command, kind).stream().findFirst();
            if (example.isEmpty()) {
                continue;
            }
            Stand stand = example.get().stand(kind);
            Example.Request request = example.get().request(stand);
            String before = stand.state();
            for (int at = 1; at < command.cdbBytes(); at++) {
                for (int bit = 7; bit >= 0; bit--) {
                    if (command.uses(at, bit) || command.isServiceAction(at, bit)) {
                        continue;
                    }
                    findings.count("bits that must not be set");
                    Answer answer = stand.send(with(request, at, bit));
                    Object about = kind + " " + command + " byte " + at + " bit " + bit;
                    findings.require(
                            isInvalidField(answer) && pointsAt(command, answer.pointer(), at, bit),
                            about,
                            "answers " + text(answer));
                    findings.require(
                            answer.data().length == 0
                                    && answer.residual() == Math.max(request.out().length, request.inBytes()),
                            about,
                            "moves data");
                    findings.require(before.equals(stand.state()), about, "changes something");
                }
            }
        }
    }

    /** To the bit, or to the first one of a field that is not announced. */
    private static boolean pointsAt(Announced command, String pointer, int at, int bit) {
        String[] place = pointer.split("[ .]");
        if (!place[0].equals("CDB")) {
            return false;
        }
        int from = 8 * Integer.parseInt(place[1]) + 7 - Integer.parseInt(place[2]);
        int to = 8 * at + 7 - bit;
        for (int i = from; i <= to; i++) {
            if (command.uses(i / 8, 7 - i % 8)) {
                return false;
            }
        }
        return from <= to;
    }

    /** A bit that is announced is not refused, or it belongs to a field that does not take all values. */
    static void announcedAreObeyed(UnitKind kind, Findings findings) {
        for (Announced command : Announced.of(Stand.of(kind))) {
            List<Example> examples = Examples.of(command, kind);
            for (int at = 1; at < command.cdbBytes(); at++) {
                for (int bit = 7; bit >= 0; bit--) {
                    if (!command.uses(at, bit) || command.isServiceAction(at, bit)) {
                        continue;
                    }
                    findings.count("bits that are obeyed");
                    Object about = kind + " " + command + " byte " + at + " bit " + bit;
                    obeyed(kind, examples, at, bit, about, findings);
                }
            }
        }
    }

    private static void obeyed(
            UnitKind kind, List<Example> examples, int at, int bit, Object about, Findings findings) {
        boolean taken = examples.isEmpty();
        for (Example example : examples) {
            Stand stand = example.stand(kind);
            Example.Request request = example.request(stand);
            Answer answer = stand.send(with(request, at, bit));
            boolean refused = isInvalidField(answer);
            boolean isInExample = at < request.cdb().length && (request.cdb()[at] >> bit & 1) != 0;
            taken |= !refused || isInExample || isOfSeveralBits(example, at, bit);
            findings.require(!refused || isLimited(example, answer), about, "answers " + text(answer));
            boolean known = answer.status() != ScsiStatus.CHECK_CONDITION
                    || answer.code() != SenseCode.INVALID_COMMAND_OPERATION_CODE
                            && answer.code() != SenseCode.INTERNAL_TARGET_FAILURE;
            findings.require(known, about, "answers " + text(answer));
        }
        findings.require(taken, about, "is announced, and never taken");
    }

    private static boolean isLimited(Example example, Answer answer) {
        return example.limited().stream()
                .anyMatch(field -> answer.pointer().equals("CDB " + field.byteIndex() + "." + field.bit()));
    }

    private static boolean isOfSeveralBits(Example example, int at, int bit) {
        byte[] set = new byte[64];
        set[at] = (byte) (1 << bit);
        return example.limited().stream().filter(field -> field.bits() > 1).anyMatch(field -> isSet(field, set));
    }

    private static boolean isSet(BitField field, byte[] bytes) {
        return field.get(bytes) != 0;
    }

    /** The same with a bit the other way round. */
    private static Example.Request with(Example.Request request, int at, int bit) {
        int[] cdb = Arrays.copyOf(request.cdb(), Math.max(request.cdb().length, at + 1));
        cdb[at] ^= 1 << bit;
        return new Example.Request(cdb, request.out(), request.inBytes());
    }
}
