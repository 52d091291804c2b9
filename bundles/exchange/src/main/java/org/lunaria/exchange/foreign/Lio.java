package org.lunaria.exchange.foreign;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** The {@code saveconfig.json} of Linux's own target, as targetcli writes it. */
final class Lio {
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
        List<Lined> groups = target.get("tpgs").items().stream()
                .filter(group -> !group.text("enable").equals("false"))
                .toList();
        if (groups.isEmpty()) {
            draft.remark(target.line(), "target " + target.text("wwn") + ": is not enabled; left out");
            return;
        }
        groups.stream()
                .skip(1)
                .forEach(group -> draft.remark(
                        group.line(),
                        "tpg " + group.text("tag") + ": a target has one here; only the first is carried over"));
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
            target.portal(draft.portal(portal.text("ip_address"), portal.number("port", 3260)));
            if (portal.isTrue("iser") || portal.isTrue("offload")) {
                draft.remark(portal.line(), "portal: iSER and offload are not supported; it speaks iSCSI over TCP");
            }
        }
        if (!group.get("parameters").fields().isEmpty()) {
            draft.remark(group.get("parameters").line(), "parameters: not needed; each login settles them");
        }
        LunGroups groups = new LunGroups(draft, target);
        group.get("node_acls").items().forEach(acl -> acl(acl, groups, luns));
        if (attributes.isTrue("generate_node_acls")) {
            boolean readOnly = !attributes.text("demo_mode_write_protect").equals("0");
            SortedMap<Integer, LunGroups.Lun> all = new TreeMap<>();
            luns.forEach((number, volume) -> all.put(number, new LunGroups.Lun(volume.name(), readOnly)));
            groups.add(group.line(), "generate_node_acls", List.of("any"), all);
        }
        groups.end();
        if (attributes.isTrue("authentication")) {
            target.prove();
            accounts(group, target);
            group.get("node_acls").items().forEach(acl -> accounts(acl, target));
            long users = group.get("node_acls").items().stream()
                    .filter(acl -> !acl.text("chap_userid").isEmpty())
                    .count();
            if (users > 1) {
                draft.remark(
                        group.get("node_acls").line(),
                        "node_acls: each had an account of its own; here any account of a target opens it to any initiator"
                                + " that it lets in");
            }
        }
        target.end();
    }

    private void acl(Lined acl, LunGroups groups, Map<Integer, DraftVolume> luns) {
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
