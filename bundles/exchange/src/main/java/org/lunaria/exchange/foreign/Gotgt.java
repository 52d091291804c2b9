package org.lunaria.exchange.foreign;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** gotgt's {@code config.json}. */
final class Gotgt {
    private final Draft draft;

    /** Volumes by device ID, and portals by their ID. */
    private final Map<String, String> volumes = new HashMap<>();

    private final Map<String, String> portals = new HashMap<>();

    Gotgt(Draft draft) {
        this.draft = draft;
    }

    void carry(Lined file) {
        file.fields().forEach((key, value) -> {
            if (!Set.of("storages", "iscsiportals", "iscsitargets", "targets").contains(key)) {
                draft.remark(value.line(), key + ": not known; left out");
            }
        });
        file.get("storages").items().forEach(this::storage);
        file.get("iscsiportals")
                .items()
                .forEach(portal -> portals.put(portal.text("id"), portal(portal.get("portal"))));
        file.get("iscsitargets").fields().forEach(this::target);
        file.get("targets").fields().forEach(this::target);
    }

    private void storage(Lined storage) {
        String id = storage.text("deviceID");
        String path = storage.text("path");
        if (!storage.isTrue("online")) {
            draft.remark(storage.line(), "storage " + id + ": is not online; left out");
        } else if (!path.startsWith("file:/")) {
            draft.remark(storage.get("path").line(), "storage " + id + " at " + path + ": only files are carried over");
        } else {
            String file = path.substring("file:".length());
            volumes.put(
                    id, draft.volume(storage.line(), FileName.of(file), file).name());
        }
    }

    /** HOST:PORT, or HOST. */
    private String portal(Lined where) {
        return Address.of(where.text()).portal(draft, where.line());
    }

    private void target(String iqn, Lined value) {
        draft.target(value.line(), iqn).ifPresent(target -> {
            target.allow(List.of(), List.of());
            value.get("luns").fields().forEach((lun, device) -> {
                String volume = volumes.get(device.text());
                if (volume == null || !lun.matches("\\d{1,5}")) {
                    draft.remark(device.line(), "lun " + lun + ": no storage " + device.text() + " is carried over");
                } else {
                    target.lun(device.line(), Integer.parseInt(lun), volume, false);
                }
            });
            value.get("portals").items().forEach(portal -> target.portal(portal(portal)));
            value.get("tpgts")
                    .fields()
                    .values()
                    .forEach(group -> group.items().forEach(portal -> {
                        if (portals.containsKey(portal.text())) {
                            target.portal(portals.get(portal.text()));
                        } else {
                            draft.remark(portal.line(), "portal " + portal.text() + ": there is none of that id");
                        }
                    }));
            target.end();
        });
    }
}
