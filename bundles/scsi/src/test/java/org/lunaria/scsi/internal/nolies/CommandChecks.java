package org.lunaria.scsi.internal.nolies;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.lunaria.scsi.ScsiStatus;
import org.lunaria.scsi.SenseCode;
import org.lunaria.scsi.internal.unit.Answer;

/** Commands: what is announced works, and what works is announced. */
final class CommandChecks {
    private static final int RCTD = 0x80;
    private static final int TIMEOUTS_BYTES = 12;
    private static final int NOT_SUPPORTED = 1;
    private static final int SUPPORTED_BY_STANDARD = 3;
    private static final int VARIABLE_LENGTH = 0x7F;

    private CommandChecks() {}

    /** Every command works as its examples say, and has one. */
    static void work(UnitKind kind, Findings findings) {
        for (Announced command : Announced.of(Stand.of(kind))) {
            findings.count("commands");
            List<Example> examples = Examples.of(command, kind);
            findings.require(!examples.isEmpty(), kind + " " + command, "has no example");
            for (Example example : examples) {
                findings.check(kind + " " + command, () -> works(kind, example, command, findings));
            }
        }
    }

    private static void works(UnitKind kind, Example example, Announced command, Findings findings) {
        findings.count("examples");
        Stand stand = example.stand(kind);
        Example.Request request = example.request(stand);
        findings.require(
                request.cdb().length == command.cdbBytes() || request.cdb().length == 10 && command.cdbBytes() == 6,
                kind + " " + command,
                "CDB SIZE is " + command.cdbBytes());
        String before = stand.state();
        Answer answer = stand.send(request);
        if (example.isWrite() && kind.readOnly()) {
            boolean refused = answer.status() == ScsiStatus.CHECK_CONDITION
                    && answer.code() == SenseCode.WRITE_PROTECTED
                    && before.equals(stand.state());
            findings.require(refused, kind + " " + command, "writes to what is write protected: " + answer.result());
            return;
        }
        findings.require(
                answer.status() == example.status(), kind + " " + command, "answers " + BitChecks.text(answer));
        example.checkEffect(stand, answer);
    }

    /** A report on one command says what the list of all says, with and without time-outs. */
    static void reportsAgree(UnitKind kind, Findings findings) {
        Stand stand = Stand.of(kind);
        List<Announced> commands = Announced.of(stand);
        byte[] all = Announced.report(stand, RCTD, 0, 0).data();
        findings.require(all.length == 4 + 20 * commands.size(), kind, "the list with time-outs has " + all.length);
        for (int i = 0; i < commands.size(); i++) {
            Announced command = commands.get(i);
            int action = command.serviceAction().orElse(0);
            int options = command.serviceAction().isPresent() ? 2 : 1;
            byte[] one = Announced.report(stand, RCTD | options, command.opcode(), action)
                    .data();
            Object about = kind + " " + command;
            findings.count("time-outs");
            findings.require(one[1] == (byte) (0x80 | SUPPORTED_BY_STANDARD), about, "SUPPORT is " + one[1]);
            findings.require(command.usage().length == command.cdbBytes(), about, "two lengths of CDB");
            findings.require((command.usage()[0] & 0xFF) == command.opcode(), about, "another operation code");
            findings.require(one.length == 4 + command.cdbBytes() + TIMEOUTS_BYTES, about, "no time-outs");
            checkTimeouts(one, 4 + command.cdbBytes(), about, findings);
            checkTimeouts(all, 4 + 20 * i + 8, about, findings);
            findings.require((all[4 + 20 * i + 5] & 2) != 0, about, "CTDP is not set in the list");
            byte[] either = Announced.report(stand, 3, command.opcode(), action).data();
            findings.require(either[1] == SUPPORTED_BY_STANDARD, about, "is unknown to REPORTING OPTIONS 011b");
            Answer wrong = Announced.report(stand, 3 - options, command.opcode(), action);
            findings.require(
                    BitChecks.isInvalidField(wrong, options == 2 ? "CDB 3.7" : "CDB 4.7"),
                    about,
                    "the wrong REPORTING OPTIONS are answered " + BitChecks.text(wrong));
        }
    }

    private static void checkTimeouts(byte[] report, int at, Object about, Findings findings) {
        ByteBuffer descriptor = ByteBuffer.wrap(report, at, TIMEOUTS_BYTES);
        findings.require(descriptor.getShort() == TIMEOUTS_BYTES - 2, about, "time-outs of a wrong length");
        descriptor.getShort();
        long nominal = Integer.toUnsignedLong(descriptor.getInt());
        long recommended = Integer.toUnsignedLong(descriptor.getInt());
        findings.require(nominal > 0 && recommended >= nominal, about, nominal + " and " + recommended + " s");
    }

    /** Every operation code and service action that is not announced is refused, and reported as unknown. */
    static void othersAreRefused(UnitKind kind, Findings findings) {
        Stand stand = Stand.of(kind);
        List<Announced> commands = Announced.of(stand);
        Set<Integer> opcodes = commands.stream().map(Announced::opcode).collect(Collectors.toCollection(TreeSet::new));
        for (int opcode = 0; opcode < 256; opcode++) {
            int code = opcode;
            List<Announced> same =
                    commands.stream().filter(c -> c.opcode() == code).toList();
            boolean hasActions = !same.isEmpty() && same.get(0).serviceAction().isPresent();
            if (!opcodes.contains(opcode)) {
                refused(stand, opcode, 0, SenseCode.INVALID_COMMAND_OPERATION_CODE, "CDB 0.7", findings);
            } else if (hasActions && opcode != VARIABLE_LENGTH) {
                for (int action = 0; action < 32; action++) {
                    int number = action;
                    if (same.stream().noneMatch(c -> c.serviceAction().getAsInt() == number)) {
                        refused(stand, opcode, action, SenseCode.INVALID_FIELD_IN_CDB, "CDB 1.4", findings);
                    }
                }
            }
        }
    }

    private static void refused(
            Stand stand, int opcode, int action, SenseCode code, String pointer, Findings findings) {
        findings.count("operation codes and service actions that are not there");
        String about = stand.kind() + " %02Xh/%02Xh".formatted(opcode, action);
        Answer answer = stand.initiator().read(512, opcode, action, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0);
        boolean right = answer.status() == ScsiStatus.CHECK_CONDITION
                && answer.code() == code
                && answer.pointer().equals(pointer)
                && answer.residual() == 512;
        findings.require(right, about, "answers " + BitChecks.text(answer));
        Answer report = Announced.report(stand, 3, opcode, action);
        findings.require(report.data()[1] == NOT_SUPPORTED, about, "is announced by REPORTING OPTIONS 011b");
    }
}
