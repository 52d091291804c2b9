package org.lunaria.exchange.foreign;

import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/** The {@code saveconfig.json} of Linux's own target, as targetcli writes it. */
final class Lio {
    private static final Set<String> ATTRIBUTES_CARRIED =
            Set.of("authentication", "generate_node_acls", "cache_dynamic_acls", "demo_mode_write_protect");

    private final Draft draft;

    /** By their path in the tree of targetcli. */
    private final Map<String, DraftVolume> volumes = new HashMap<>();

    Lio(Draft draft) {
        this.draft = draft;
    }

    void carry(Lined file) {
        for (Lined store : file.get("storage_objects").items()) {
            new LioStore(draft, store)
                    .volume()
                    .ifPresent(volume ->
                            volumes.put("/backstores/" + store.text("plugin") + "/" + store.text("name"), volume));
        }
        for (Lined module : file.get("fabric_modules").items()) {
            if (module.fields().keySet().stream().anyMatch(key -> key.endsWith("userid"))) {
                draft.remark(
                        module.line(),
                        "fabric_modules: discovery is open here until portal:set PORTAL discoveryAuth=chap");
            }
        }
        for (Lined target : file.get("targets").items()) {
            if (target.text("fabric").equals("iscsi")) {
                target(target);
            } else {
                draft.remark(
                        target.line(),
                        "target " + target.text("wwn") + ": fabric " + target.text("fabric") + " is not supported");
            }
        }
    }

    private void target(Lined target) {
        // LIO writes them down in any order.
        List<Lined> groups = target.get("tpgs").items().stream()
                .filter(group -> !group.text("enable").equals("false"))
                .sorted(Comparator.comparing(
                                (Lined group) -> group.get("luns").items().isEmpty())
                        .thenComparing(group -> group.number("tag", 1)))
                .toList();
        if (groups.isEmpty()) {
            draft.remark(target.line(), "target " + target.text("wwn") + ": is not enabled; left out");
            return;
        }
        groups.stream()
                .skip(1)
                .forEach(group -> draft.remark(
                        group.line(),
                        "tpg " + group.text("tag") + ": a target has one here; that of tag "
                                + groups.get(0).text("tag") + " is carried over"));
        draft.target(target.line(), target.text("wwn")).ifPresent(made -> group(groups.get(0), made));
    }

    private void group(Lined group, DraftTarget target) {
        Lined attributes = group.get("attributes");
        Map<Integer, DraftVolume> luns = new HashMap<>();
        for (Lined lun : group.get("luns").items()) {
            DraftVolume volume = volumes.get(lun.text("storage_object"));
            if (volume == null) {
                draft.remark(
                        lun.line(),
                        "lun " + lun.text("index") + ": " + lun.text("storage_object") + " is not carried over");
            } else {
                luns.put(lun.number("index", 0), volume);
            }
        }
        for (Lined portal : group.get("portals").items()) {
            String address = portal.text("ip_address").replaceAll("[\\[\\]]", "");
            target.portal(draft.portal(portal.line(), address, portal.number("port", 3260)));
            if (portal.isTrue("iser") || portal.isTrue("offload")) {
                draft.remark(portal.line(), "portal: iSER and offload are not supported; it speaks iSCSI over TCP");
            }
        }
        if (group.get("portals").items().isEmpty()) {
            draft.remark(group.line(), "tpg " + group.text("tag") + ": has no portal; here its target is on all");
        }
        LioDefaults.compare(
                draft, "tpg " + group.text("tag"), attributes, LioDefaults.GROUP, ATTRIBUTES_CARRIED::contains);
        parameters(group.get("parameters"), target);
        LunGroups groups = new LunGroups(draft, target);
        group.get("node_acls").items().forEach(acl -> acl(acl, groups, luns));
        if (attributes.isTrue("generate_node_acls")) {
            boolean readOnly = !attributes.text("demo_mode_write_protect").equals("0");
            SortedMap<Integer, LunGroups.Lun> all = new TreeMap<>();
            luns.forEach((number, volume) -> all.put(number, new LunGroups.Lun(volume.name(), readOnly)));
            groups.add(group.line(), "generate_node_acls", List.of("any"), all);
        }
        groups.end();
        authenticate(group, target);
        target.end();
    }

    /** Newer kernels let each initiator differ from its group. */
    private void authenticate(Lined group, DraftTarget target) {
        boolean all = group.get("attributes").isTrue("authentication");
        List<Lined> acls = group.get("node_acls").items();
        if (all || acls.stream().anyMatch(acl -> acl.get("attributes").isTrue("authentication"))) {
            target.prove();
            accounts(group, target);
            acls.forEach(acl -> accounts(acl, target));
            acls.stream().map(acl -> acl.get("attributes")).forEach(attributes -> {
                String own = attributes.text("authentication");
                if (own.equals("0") || !all && !own.equals("1")) {
                    draft.remark(
                            attributes.line(),
                            "node_acls: this one had to prove nothing; here all of a target have to");
                }
            });
            long users = acls.stream()
                    .filter(acl -> !acl.text("chap_userid").isEmpty())
                    .count();
            if (users > 1) {
                draft.remark(
                        group.get("node_acls").line(),
                        "node_acls: each had an account of its own; here any account of a target opens it to any initiator"
                                + " that it lets in");
            }
        }
    }

    private void parameters(Lined parameters, DraftTarget target) {
        Set<String> carried = new HashSet<>(Set.of("AuthMethod"));
        parameters.fields().forEach((key, value) -> {
            String usual = LioDefaults.PARAMETERS.getOrDefault(key, value.text());
            if (usual.equals(value.text())) {
                return;
            }
            if (key.equals("TargetAlias")) {
                target.keys().put("alias", value.text());
                carried.add(key);
            } else if (Negotiation.carry(draft, target, Statement.of(value.line(), List.of(key, value.text())))) {
                carried.add(key);
            }
        });
        LioDefaults.compare(draft, "parameters", parameters, LioDefaults.PARAMETERS, carried::contains);
    }

    private void acl(Lined acl, LunGroups groups, Map<Integer, DraftVolume> luns) {
        LioDefaults.compare(
                draft,
                "acl " + acl.text("node_wwn"),
                acl.get("attributes"),
                LioDefaults.INITIATOR,
                "authentication"::equals);
        SortedMap<Integer, LunGroups.Lun> seen = new TreeMap<>();
        for (Lined mapped : acl.get("mapped_luns").items()) {
            DraftVolume volume = luns.get(mapped.number("tpg_lun", -1));
            if (volume != null) {
                seen.put(mapped.number("index", 0), new LunGroups.Lun(volume.name(), mapped.isTrue("write_protect")));
            }
        }
        groups.add(acl.line(), "acl " + acl.text("node_wwn"), List.of(acl.text("node_wwn")), seen);
    }

    private void accounts(Lined where, DraftTarget target) {
        if (!where.text("chap_userid").isEmpty()) {
            target.incoming(where.get("chap_userid").line(), where.text("chap_userid"), where.text("chap_password"));
        }
        if (!where.text("chap_mutual_userid").isEmpty()) {
            target.outgoing(
                    where.get("chap_mutual_userid").line(),
                    where.text("chap_mutual_userid"),
                    where.text("chap_mutual_password"));
        }
    }
}
