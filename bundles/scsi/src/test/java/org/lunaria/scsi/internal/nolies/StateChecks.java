package org.lunaria.scsi.internal.nolies;

import org.lunaria.scsi.ScsiStatus;
import org.lunaria.scsi.SenseCode;
import org.lunaria.scsi.internal.unit.Answer;

/** What a unit cannot do now, because its medium is stopped or out, it says: and it has not done it. */
final class StateChecks {

    /** Why a medium cannot be used. */
    private enum State {
        STOPPED(SenseCode.LOGICAL_UNIT_NOT_READY_INITIALIZING_COMMAND_REQUIRED) {
            @Override
            boolean enter(Stand stand) {
                return stand.initiator().command(0x1B, 0, 0, 0, 0, 0).status() == ScsiStatus.GOOD;
            }
        },
        EJECTED(SenseCode.MEDIUM_NOT_PRESENT) {
            @Override
            boolean enter(Stand stand) {
                return stand.initiator().command(0x1B, 0, 0, 0, 2, 0).status() == ScsiStatus.GOOD;
            }
        };

        private final SenseCode notReady;

        State(SenseCode notReady) {
            this.notReady = notReady;
        }

        /** Whether the unit can be in it. */
        abstract boolean enter(Stand stand);
    }

    private StateChecks() {}

    static void notReady(UnitKind kind, Findings findings) {
        for (Announced command : Announced.of(Stand.of(kind))) {
            for (Example example : Examples.of(command, kind)) {
                for (State state : State.values()) {
                    Object about = kind + " " + command + " " + state;
                    findings.check(about, () -> notReady(kind, example, state, about, findings));
                }
            }
        }
    }

    private static void notReady(UnitKind kind, Example example, State state, Object about, Findings findings) {
        Stand stand = example.stand(kind);
        Example.Request request = example.request(stand);
        if (!state.enter(stand)) {
            return;
        }
        findings.count("commands in other states");
        int changes = stand.witness().changes();
        Answer answer = stand.send(request);
        boolean done = answer.status() == example.status();
        boolean refused = answer.status() == ScsiStatus.CHECK_CONDITION && isFit(answer.code(), example, state, kind);
        findings.require(done || refused, about, "answers " + BitChecks.text(answer));
        findings.require(!done || !example.isWrite(), about, "is done");
        findings.require(changes == stand.witness().changes(), about, "writes");
    }

    private static boolean isFit(SenseCode code, Example example, State state, UnitKind kind) {
        boolean isProtected = example.isWrite() && kind.readOnly() && code == SenseCode.WRITE_PROTECTED;
        boolean isOfCopy = code.key() == SenseCode.Key.COPY_ABORTED;
        return code == state.notReady || isProtected || isOfCopy || code == kind.notPresent();
    }
}
