package org.lunaria.exchange.foreign;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** FreeBSD's {@code ctl.conf}, in either form. */
final class Ctl {
    /** What stands in the file under names of its own. */
    static final Set<String> SECTIONS = Set.of("auth-group", "portal-group", "lun", "target");

    private static final Set<String> AUTH =
            Set.of("auth-type", "chap", "chap-mutual", "initiator-name", "initiator-portal");

    private final Draft draft;
    private final Map<String, Statement> authGroups = new HashMap<>();
    private final Map<String, Statement> portalGroups = new HashMap<>();
    private final Map<String, Statement> luns = new HashMap<>();

    Ctl(Draft draft) {
        this.draft = draft;
    }

    void carry(Statement file) {
        for (Statement statement : file.children()) {
            switch (statement.keyword()) {
                case "auth-group" -> authGroups.put(statement.word(1), statement);
                case "portal-group" -> portalGroups.put(statement.word(1), statement);
                case "lun" -> luns.put(statement.word(1), statement);
                default -> {
                    if (!SECTIONS.contains(statement.keyword())) {
                        draft.leaveOut(statement, "is of ctld itself; left out");
                    }
                }
            }
        }
        portalGroups.values().forEach(this::portals);
        file.all("target").forEach(this::target);
    }

    private void portals(Statement group) {
        for (Statement child : group.children()) {
            switch (child.keyword()) {
                case "listen" -> Address.of(child.word(1)).portal(draft, child.line());
                case "discovery-auth-group" -> {
                    if (!child.word(1).equals("no-authentication")) {
                        draft.leaveOut(child, "discovery is open here until portal:set PORTAL discoveryAuth=chap");
                    }
                }
                default -> draft.leaveOut(child, "there is nothing like it here; left out");
            }
        }
    }

    private void target(Statement statement) {
        draft.target(statement.line(), statement.word(1)).ifPresent(target -> {
            Optional<Statement> group = statement.last("auth-group");
            statement.last("alias").ifPresent(alias -> target.keys().put("alias", alias.word(1)));
            statement.all("portal-group").forEach(portals -> portalGroup(portals, target));
            if (group.isPresent()) {
                group(group.get(), target);
            } else if (statement.children().stream().anyMatch(child -> AUTH.contains(child.keyword()))) {
                authenticate(statement, target);
            }
            for (Statement child : statement.children()) {
                switch (child.keyword()) {
                    case "lun" -> lun(child, target);
                    case "auth-group", "portal-group", "alias" -> {
                        // Done.
                    }
                    default -> {
                        if (!AUTH.contains(child.keyword())) {
                            draft.leaveOut(child, "there is nothing like it here; left out");
                        }
                    }
                }
            }
            target.end();
        });
    }

    private void portalGroup(Statement statement, DraftTarget target) {
        if (statement.words().size() > 2) {
            draft.leaveOut(statement, "a target has the same accounts on all portals; those of its own count");
        }
        Statement group = portalGroups.get(statement.word(1));
        if (group != null) {
            group.all("listen")
                    .forEach(listen -> target.portal(Address.of(listen.word(1)).portal(draft, listen.line())));
        } else if (!statement.word(1).equals("default")) {
            draft.leaveOut(statement, "there is no portal-group " + statement.word(1));
        }
    }

    private void group(Statement statement, DraftTarget target) {
        Statement group = authGroups.get(statement.word(1));
        if (group != null) {
            authenticate(group, target);
        } else if (statement.word(1).equals("no-authentication")) {
            target.allow(List.of(), List.of());
        } else {
            draft.leaveOut(statement, statement.word(1) + " lets nobody in");
        }
    }

    /** Without names and networks, any initiator gets in that proves who it is. */
    private void authenticate(Statement group, DraftTarget target) {
        String type = group.last("auth-type").map(there -> there.word(1)).orElse("");
        if (type.equals("deny")) {
            return;
        }
        target.allow(
                group.all("initiator-name").stream().map(name -> name.word(1)).toList(),
                group.all("initiator-portal").stream()
                        .map(network -> network.word(1).replaceAll("[\\[\\]]", ""))
                        .toList());
        if (type.startsWith("chap")) {
            target.prove();
        }
        for (Statement child : type.equals("none") ? List.<Statement>of() : group.children()) {
            if (child.keyword().startsWith("chap")) {
                target.incoming(child.line(), child.word(1), child.word(2));
            }
            if (child.keyword().equals("chap-mutual")) {
                target.outgoing(child.line(), child.word(3), child.word(4));
            }
        }
    }

    /** Either {@code lun NUMBER NAME}, of one that stands at the top, or one that stands here. */
    private void lun(Statement statement, DraftTarget target) {
        boolean named = statement.words().size() > 2;
        Statement lun = named ? luns.get(statement.word(2)) : statement;
        if (lun == null || !statement.word(1).matches("\\d{1,5}")) {
            draft.leaveOut(statement, "there is no lun " + statement.word(2) + "; left out");
        } else {
            new CtlLun(draft, lun, named ? statement.word(2) : "")
                    .volume()
                    .ifPresent(volume ->
                            target.lun(statement.line(), Integer.parseInt(statement.word(1)), volume.name(), false));
        }
    }
}
