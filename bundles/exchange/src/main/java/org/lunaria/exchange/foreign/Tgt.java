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
            Set.of("initiator-address", "initiator-name", "incominguser", "outgoinguser", "driver");
    private static final String ISCSI = "iscsi";

    private final Draft draft;
    private String driver = ISCSI;

    Tgt(Draft draft) {
        this.draft = draft;
    }

    void carry(Statement file) {
        file.last("default-driver").ifPresent(statement -> driver = statement.word(1));
        for (Statement statement : file.children()) {
            switch (statement.keyword()) {
                case "target" -> target(statement);
                case "default-driver" -> {
                    if (!driver.equals(ISCSI)) {
                        draft.leaveOut(
                                statement, driver + " is not supported; targets without driver iscsi are left out");
                    }
                }
                case "include" ->
                    draft.leaveOut(statement, statement.word(1) + " is not read; import what is there file by file");
                case "incomingdiscoveryuser", "outgoingdiscoveryuser" ->
                    draft.leaveOut(statement, "discovery is open here until portal:set PORTAL discoveryAuth=chap");
                case "iSNS", "iSNSServerIP", "iSNSServerPort", "iSNSAccessControl" ->
                    draft.leaveOut(statement, "iSNS servers stand in etc/org.lunaria.isns.cfg, as servers = HOST:PORT");
                default -> draft.leaveOut(statement, "is of tgt itself; left out");
            }
        }
    }

    private void target(Statement statement) {
        Optional<Statement> own = statement.last("driver");
        String used = own.map(there -> there.word(1)).orElse(driver);
        if (!used.equals(ISCSI)) {
            draft.leaveOut(
                    own.orElse(statement), used + " is not supported; target " + statement.word(1) + " is left out");
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
        if (keyword.equals("controller_tid")) {
            draft.leaveOut(child, "not needed");
            return;
        }
        boolean known = STORES.contains(keyword) || GLOBAL.contains(keyword);
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
        if (!alone) {
            statement.all("lun").forEach(lun -> draft.leaveOut(lun, "belongs to no store; left out"));
        }
        for (Statement store : stores) {
            Optional<Statement> lun = store.last("lun").or(() -> alone ? statement.last("lun") : Optional.empty());
            boolean numbered = lun.isPresent() && lun.get().word(1).matches("\\d{1,5}");
            if (numbered) {
                put(store, statement, target, Integer.parseInt(lun.get().word(1)), alone);
            } else {
                lun.ifPresent(wrong -> draft.leaveOut(wrong, wrong.word(1) + " is no number; another is taken"));
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
