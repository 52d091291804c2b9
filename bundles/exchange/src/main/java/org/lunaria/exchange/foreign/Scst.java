package org.lunaria.exchange.foreign;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/** SCST's {@code scst.conf}. */
final class Scst {
    private static final Set<String> HANDLERS = Set.of("vdisk_fileio", "vdisk_blockio", "vcdrom");
    private static final Set<String> OF_THE_TARGET =
            Set.of("LUN", "GROUP", "IncomingUser", "OutgoingUser", "allowed_portal", "enabled");

    private static final String NOTHING_LIKE_IT = "there is nothing like it here; left out";

    private final Draft draft;

    /** By the device's name. */
    private final Map<String, DraftVolume> volumes = new HashMap<>();

    Scst(Draft draft) {
        this.draft = draft;
    }

    void carry(Statement file) {
        for (Statement handler : file.all("HANDLER")) {
            for (Statement child : handler.children()) {
                if (child.keyword().equals("DEVICE")) {
                    device(handler.word(1), child);
                } else {
                    draft.leaveOut(child, NOTHING_LIKE_IT);
                }
            }
        }
        for (Statement statement : file.children()) {
            switch (statement.keyword()) {
                case "HANDLER" -> {
                    // Done.
                }
                case "TARGET_DRIVER" -> driver(statement);
                default -> draft.leaveOut(statement, NOTHING_LIKE_IT);
            }
        }
    }

    private void device(String handler, Statement device) {
        String path = device.last("filename").map(there -> there.word(1)).orElse("");
        if (!HANDLERS.contains(handler) || !path.startsWith("/")) {
            draft.leaveOut(
                    device,
                    device.word(1) + ": "
                            + (HANDLERS.contains(handler) ? "has no file" : "handler " + handler + " is not supported")
                            + "; left out");
            return;
        }
        DraftVolume volume = draft.volume(device.line(), device.word(1), path);
        if (handler.equals("vcdrom")) {
            volume.cdrom(device.line());
        }
        device.children().forEach(key -> new ScstKey(draft, volume, key).carry());
        volumes.put(device.word(1), volume);
    }

    private void driver(Statement driver) {
        if (!driver.word(1).equals("iscsi")) {
            draft.leaveOut(driver, driver.word(1) + " is not supported; its targets are left out");
            return;
        }
        for (Statement child : driver.children()) {
            switch (child.keyword()) {
                case "TARGET" -> target(child);
                case "enabled" -> {
                    if (!child.word(1).equals("1")) {
                        draft.leaveOut(child, "none of the targets was served; here they are");
                    }
                }
                case "IncomingUser", "OutgoingUser" ->
                    draft.leaveOut(child, "discovery is open here until portal:set PORTAL discoveryAuth=chap");
                default -> draft.leaveOut(child, NOTHING_LIKE_IT);
            }
        }
    }

    private void target(Statement statement) {
        if (!statement.last("enabled").map(there -> there.word(1)).orElse("0").equals("1")) {
            draft.leaveOut(statement, statement.word(1) + " is not enabled; left out");
            return;
        }
        draft.target(statement.line(), statement.word(1)).ifPresent(target -> {
            LunGroups groups = new LunGroups(draft, target);
            statement.all("GROUP").forEach(group -> group(group, groups));
            if (!statement.all("LUN").isEmpty()) {
                groups.add(statement.line(), "TARGET", List.of("any"), luns(statement));
            }
            groups.end();
            for (Statement child : statement.children()) {
                switch (child.keyword()) {
                    case "IncomingUser" -> {
                        List<String> words = words(child);
                        target.incoming(child.line(), words.get(0), words.get(1));
                    }
                    case "OutgoingUser" -> {
                        List<String> words = words(child);
                        target.outgoing(child.line(), words.get(0), words.get(1));
                    }
                    case "allowed_portal" ->
                        target.portal(Address.of(child.word(1)).portal(draft, child.line()));
                    default -> {
                        if (!OF_THE_TARGET.contains(child.keyword()) && !Negotiation.carry(draft, target, child)) {
                            draft.leaveOut(child, NOTHING_LIKE_IT);
                        }
                    }
                }
            }
            target.end();
        });
    }

    private void group(Statement group, LunGroups groups) {
        for (Statement initiator : group.all("INITIATOR")) {
            if (!initiator.word(1).matches("(iqn|eui|naa)\\.[^!#\\\\]+|\\*")) {
                draft.leaveOut(
                        initiator,
                        initiator.word(1) + " is no initiator's name or pattern; its group " + group.word(1)
                                + " is left out");
                return;
            }
        }
        List<String> initiators = group.all("INITIATOR").stream()
                .map(initiator -> initiator.word(1).equals("*") ? "any" : initiator.word(1))
                .toList();
        groups.add(group.line(), "GROUP " + group.word(1), initiators, luns(group));
        for (Statement child : group.children()) {
            if (!Set.of("LUN", "INITIATOR").contains(child.keyword())) {
                draft.leaveOut(child, NOTHING_LIKE_IT);
            }
        }
    }

    private SortedMap<Integer, LunGroups.Lun> luns(Statement where) {
        SortedMap<Integer, LunGroups.Lun> luns = new TreeMap<>();
        for (Statement lun : where.all("LUN")) {
            DraftVolume volume = volumes.get(lun.word(2));
            if (volume == null || !lun.word(1).matches("\\d{1,5}")) {
                draft.leaveOut(lun, "device " + lun.word(2) + " is not carried over");
            } else {
                boolean readOnly = lun.last("read_only")
                        .map(there -> there.word(1).equals("1"))
                        .orElse(false);
                luns.put(Integer.parseInt(lun.word(1)), new LunGroups.Lun(volume.name(), readOnly));
                lun.children().stream()
                        .filter(child -> !child.keyword().equals("read_only"))
                        .forEach(child -> draft.leaveOut(child, NOTHING_LIKE_IT));
            }
        }
        return luns;
    }

    /** User and secret, which stand in one pair of quotation marks. */
    private static List<String> words(Statement statement) {
        String[] words = statement.rest().split("\\s+", 2);
        return List.of(words[0], words.length < 2 ? "" : words[1]);
    }
}
