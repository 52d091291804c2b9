package org.lunaria.scsi.internal.unit;

import org.lunaria.backend.ArrayBackend;
import org.lunaria.scsi.internal.page.Identity;

/** A unit with a removable medium, an initiator that does something, and another one that does not. */
record UnitAttentionScene(Bench bench, ArrayBackend store, Initiator doer, Initiator other) {

    /**
     * @param ready whether the initiators have heard that they are new
     */
    static UnitAttentionScene create(boolean ready) {
        ArrayBackend store = Bench.backend();
        Bench bench = Bench.removable(store);
        Initiator doer = bench.newInitiator("doer");
        Initiator other = bench.newInitiator("other");
        return ready
                ? new UnitAttentionScene(bench, store, doer.ready(), other.ready())
                : new UnitAttentionScene(bench, store, doer, other);
    }

    UnitSettings settings() {
        return bench.unit().settings();
    }

    /** All have heard what there was so far. */
    void hearAll() {
        doer.command(0x00);
        other.command(0x00);
    }

    void change(Identity identity, boolean readOnly) {
        UnitSettings before = settings();
        bench.unit()
                .change(new UnitSettings(
                        before.name(),
                        before.backendId(),
                        identity,
                        before.blockBytes(),
                        readOnly,
                        before.writeCache(),
                        before.taskAbortedStatus(),
                        before.policy()));
    }
}
