package org.lunaria.exchange.foreign;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.lunaria.exchange.document.Section;

/** A target of a draft. Confined to one thread. */
final class DraftTarget {
    private static final int MAX_LUN = 16_383;
    private static final String LUNS = "luns";

    private final Draft draft;
    private final int line;
    private final String name;
    private final ObjectNode keys;
    private final Set<String> incoming = new LinkedHashSet<>();
    private final Set<String> outgoing = new LinkedHashSet<>();
    private boolean proved;

    DraftTarget(Draft draft, int line, String name, ObjectNode keys) {
        this.draft = draft;
        this.line = line;
        this.name = name;
        this.keys = keys;
    }

    String name() {
        return name;
    }

    ObjectNode keys() {
        return keys;
    }

    boolean hasLun(int lun) {
        return keys.get(LUNS).has(Integer.toString(lun));
    }

    void lun(int at, int lun, String volume, boolean readOnly) {
        if (lun > MAX_LUN || hasLun(lun)) {
            draft.remark(at, "lun " + lun + " of " + name + ": is taken or above " + MAX_LUN + "; left out");
        } else {
            ((ObjectNode) keys.get(LUNS)).put(Integer.toString(lun), volume + (readOnly ? ":ro" : ""));
        }
    }

    /** Lets in whoever has one of these names and comes from one of these networks; without either, any of them. */
    void allow(List<String> names, List<String> networks) {
        List<String> entries = new ArrayList<>();
        for (String initiator : names.isEmpty() ? List.of("") : names) {
            for (String network : networks.isEmpty() ? List.of("") : networks) {
                entries.add(initiator + (network.isEmpty() ? "" : "@" + network));
            }
        }
        entries.forEach(entry -> keys.withArray("access").add(entry.isEmpty() ? "any" : entry));
    }

    void portal(String portal) {
        keys.withArray("portals").add(portal);
    }

    /** Whoever logs in has to prove who it is, even if no account can be carried over. */
    void prove() {
        proved = true;
    }

    void incoming(int at, String user, String secret) {
        prove();
        draft.account(at, user, secret, false).ifPresent(incoming::add);
    }

    void outgoing(int at, String user, String secret) {
        Optional<String> account = draft.account(at, user, secret, true);
        if (account.isPresent() && !outgoing.isEmpty() && !outgoing.contains(account.get())) {
            draft.remark(at, "outgoing user " + user + ": a target has one; this one is left out");
        } else {
            account.ifPresent(outgoing::add);
        }
    }

    /** To be called at last. */
    void end() {
        SortedMap<Integer, JsonNode> luns = new TreeMap<>();
        keys.get(LUNS).properties().forEach(lun -> luns.put(Integer.parseInt(lun.getKey()), lun.getValue()));
        ObjectNode sorted = keys.putObject(LUNS);
        luns.forEach((number, volume) -> sorted.set(Integer.toString(number), volume));
        if (luns.isEmpty()) {
            draft.remark(line, "target " + name + " has no volume: target:map gives it one, target:delete removes it");
        }
        if (proved && incoming.isEmpty()) {
            keys.putArray("access");
            draft.remark(
                    line,
                    "target " + name + " lets nobody in until it has an account: account:create, then target:set "
                            + name + " auth=chap accounts=ACCOUNT, and target:allow");
        } else if (proved) {
            keys.put("auth", outgoing.isEmpty() ? "chap" : "mutual");
            List<String> accounts = new ArrayList<>(incoming);
            accounts.addAll(outgoing);
            accounts.forEach(account -> keys.withArray(Section.ACCOUNTS.key()).add(account));
        }
    }
}
