package org.lunaria.scsi.internal.nolies;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.Set;
import org.lunaria.scsi.ScsiStatus;
import org.lunaria.scsi.SenseCode;
import org.lunaria.scsi.internal.page.BitField;
import org.lunaria.scsi.internal.unit.Answer;

/** ALLOCATION LENGTH and PARAMETER LIST LENGTH (SPC-4 4.2.5.6, 4.2.5.5). */
final class LengthChecks {
    /** What a list that is cut off may be told to be. */
    private static final Set<SenseCode> WRONG_LIST = EnumSet.of(
            SenseCode.PARAMETER_LIST_LENGTH_ERROR,
            SenseCode.INVALID_FIELD_IN_PARAMETER_LIST,
            SenseCode.INVALID_FIELD_IN_CDB);

    private LengthChecks() {}

    /** Data is cut off at the allocation length, and at the room of the initiator. */
    static void allocationLengths(UnitKind kind, Findings findings) {
        for (Announced command : Announced.of(Stand.of(kind))) {
            for (Example example : Examples.of(command, kind)) {
                if (example.allocation().isPresent()) {
                    Object about = kind + " " + command;
                    findings.check(about, () -> allocationLengths(kind, example, about, findings));
                }
            }
        }
    }

    private static void allocationLengths(UnitKind kind, Example example, Object about, Findings findings) {
        Stand stand = example.stand(kind);
        Example.Request request = example.request(stand);
        BitField field = example.allocation().get();
        byte[] whole = stand.send(request).data();
        for (int length = 0; length <= Math.min(field.max(), whole.length + 2); length++) {
            findings.count("allocation lengths");
            Answer answer = stand.send(with(field, request, length));
            if (length < example.leastAllocation()) {
                findings.require(BitChecks.isInvalidField(answer), about, "takes " + length);
                continue;
            }
            int sent = Math.min(length, whole.length);
            findings.require(
                    answer.status() == example.status()
                            && Arrays.equals(Arrays.copyOf(whole, sent), answer.data())
                            && answer.residual() == request.inBytes() - sent,
                    about,
                    "cuts off wrongly at " + length + ": " + answer.data().length + " bytes, residual "
                            + answer.residual());
        }
        int room = whole.length / 2;
        Answer answer = stand.send(request.cdb(), request.out(), room);
        findings.require(
                Arrays.equals(Arrays.copyOf(whole, room), answer.data()) && answer.residual() == room - whole.length,
                about,
                "overflows by " + answer.residual());
    }

    /** A list that ends early changes nothing. */
    static void parameterListLengths(UnitKind kind, Findings findings) {
        for (Announced command : Announced.of(Stand.of(kind))) {
            for (Example example : Examples.of(command, kind)) {
                if (example.list().isPresent() && !(example.isWrite() && kind.readOnly())) {
                    Object about = kind + " " + command;
                    findings.check(about, () -> parameterListLengths(kind, example, about, findings));
                }
            }
        }
    }

    private static void parameterListLengths(UnitKind kind, Example example, Object about, Findings findings) {
        Stand stand = example.stand(kind);
        Example.Request request = example.request(stand);
        BitField field = example.list().get();
        byte[] list = request.out();
        String before = stand.state();
        for (int length = 0; length < list.length; length++) {
            findings.count("parameter list lengths");
            byte[] part = Arrays.copyOf(list, length);
            Answer cut = stand.send(with(field, new Example.Request(request.cdb(), part, 0), length));
            requireHarmless(cut, about, "a list of " + length, findings);
            Answer withheld = stand.send(request.cdb(), part, 0);
            requireHarmless(withheld, about, "a list of which only " + length + " come", findings);
            findings.require(before.equals(stand.state()), about, "does a list of " + length);
        }
    }

    private static void requireHarmless(Answer answer, Object about, String what, Findings findings) {
        boolean harmless = answer.status() == ScsiStatus.GOOD
                || answer.status() == ScsiStatus.CHECK_CONDITION && WRONG_LIST.contains(answer.code());
        findings.require(harmless, about, "answers " + what + " " + BitChecks.text(answer));
    }

    private static Example.Request with(BitField field, Example.Request request, int length) {
        byte[] bytes = new byte[request.cdb().length];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) request.cdb()[i];
        }
        field.put(bytes, length);
        int[] cdb = new int[bytes.length];
        for (int i = 0; i < cdb.length; i++) {
            cdb[i] = bytes[i] & 0xFF;
        }
        return new Example.Request(cdb, request.out(), request.inBytes());
    }
}
