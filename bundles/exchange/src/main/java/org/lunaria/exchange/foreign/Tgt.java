package org.lunaria.exchange.foreign;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** tgt's {@code targets.conf}. */
final class Tgt {
    private static final Set<String> STORES = Set.of("backing-store", "direct-store");
    private static final Set<String> GLOBAL =
            Set.of("initiator-address", "initiator-name", "incominguser", "outgoinguser", "lun");

    private final Draft draft;

    Tgt(Draft draft) {
        this.draft = draft;
    }

    void carry(Statement file) {
        for (Statement statement : file.children()) {
            if (statement.keyword().equals("target")) {
                target(statement);
            } else if (!statement.words().equals(List.of("default-driver", "iscsi"))) {
                draft.leaveOut(statement, "is of tgt itself; left out");
            }
        }
    }

    private void target(Statement statement) {
        Optional<Statement> driver = statement.last("driver");
        if (driver.isPresent() && !driver.get().word(1).equals("iscsi")) {
            draft.leaveOut(driver.get(), driver.get().word(1) + " is not supported; its target is left out");
            return;
        }
        draft.target(statement.line(), statement.word(1)).ifPresent(target -> {
            stores(statement, target);
            // tgt lets in whoever both lists let in, and everybody where there is none.
            target.allow(
                    values(statement, "initiator-name"),
                    values(statement, "initiator-address").stream()
                            .filter(address -> !address.equalsIgnoreCase("ALL"))
                            .toList());
            for (Statement child : statement.children()) {
                switch (child.keyword()) {
                    case "incominguser" -> target.incoming(child.line(), child.word(1), child.word(2));
                    case "outgoinguser" -> target.outgoing(child.line(), child.word(1), child.word(2));
                    default -> other(child, target);
                }
            }
            target.end();
        });
    }

    private void other(Statement child, DraftTarget target) {
        String keyword = child.keyword();
        boolean known = STORES.contains(keyword) || GLOBAL.contains(keyword) || keyword.equals("driver");
        if (!known && !TgtStore.KEYS.contains(keyword) && !Negotiation.carry(draft, target, child)) {
            draft.leaveOut(child, "not known; left out");
        }
    }

    /** As tgt numbers them: those with a number of their own first, then backing-stores, then direct-stores, from 1 on. */
    private void stores(Statement statement, DraftTarget target) {
        List<Statement> stores = Stream.concat(
                        statement.all("backing-store").stream(), statement.all("direct-store").stream())
                .toList();
        List<Statement> unnumbered = new ArrayList<>();
        boolean alone = stores.size() == 1;
        for (Statement store : stores) {
            Optional<Statement> lun = store.last("lun").or(() -> alone ? statement.last("lun") : Optional.empty());
            if (lun.isPresent() && lun.get().word(1).matches("\\d{1,5}")) {
                put(store, statement, target, Integer.parseInt(lun.get().word(1)), alone);
            } else {
                unnumbered.add(store);
            }
        }
        boolean surely = unnumbered.size() == stores.size()
                && stores.stream().allMatch(store -> store.children().isEmpty());
        int next = 1;
        for (Statement store : unnumbered) {
            while (target.hasLun(next)) {
                next++;
            }
            boolean there = put(store, statement, target, next, alone);
            if (there && !surely && !alone) {
                draft.remark(
                        store.line(),
                        store.keyword() + " " + store.word(1) + ": has no lun; it gets " + next
                                + ", the first that is free, and may have had another with tgt");
            }
        }
    }

    /** @return whether it is a volume now */
    private boolean put(Statement store, Statement of, DraftTarget target, int lun, boolean alone) {
        Optional<DraftVolume> made = new TgtStore(draft, store, of, alone).volume();
        made.ifPresent(volume ->
                target.lun(store.line(), lun, volume.name(), TgtStore.isTrue(TgtStore.value(store, of, "readonly"))));
        return made.isPresent();
    }

    private static List<String> values(Statement statement, String keyword) {
        return statement.all(keyword).stream().map(Statement::rest).toList();
    }
}
