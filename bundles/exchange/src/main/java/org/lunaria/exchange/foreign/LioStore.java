package org.lunaria.exchange.foreign;

import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** A storage object of LIO. What initiators know it by, LIO makes of its unit serial number; it is made here likewise. */
record LioStore(Draft draft, Lined store) {
    /** NAA 6h, the company identifier 001405h, and 25 digits of the serial number. */
    private static final String NAA = "6001405";

    private static final Set<String> CARRIED = Set.of("block_size", "emulate_model_alias", "is_nonrot");
    private static final int DIGITS = 25;
    private static final int PRODUCT_CHARACTERS = 16;

    /** Empty when it is none that there can be here. */
    Optional<DraftVolume> volume() {
        String plugin = store.text("plugin");
        String path = store.text("dev");
        if (!plugin.equals("fileio") && !plugin.equals("block")) {
            draft.remark(
                    store.line(), "storage object " + store.text("name") + ": " + plugin + " backstore: not supported");
            return Optional.empty();
        }
        if (!path.startsWith("/")) {
            draft.remark(
                    store.line(), "storage object " + store.text("name") + ": '" + path + "' is no path; left out");
            return Optional.empty();
        }
        DraftVolume volume = draft.volume(store.line(), store.text("name"), path);
        identity(volume);
        Lined attributes = store.get("attributes");
        if (!attributes.text("block_size").isEmpty()) {
            volume.blockBytes(attributes.get("block_size").line(), attributes.text("block_size"));
        }
        if (attributes.isTrue("is_nonrot")) {
            volume.number(attributes.get("is_nonrot").line(), "rotationRate", 1);
        }
        LioDefaults.compare(
                draft,
                "storage object " + store.text("name"),
                attributes,
                LioDefaults.STORE,
                name -> CARRIED.contains(name) || LioDefaults.OF_THE_DEVICE.contains(name));
        store.get("alua_tpgs").items().stream()
                .filter(group -> !group.text("name").equals("default_tg_pt_gp"))
                .forEach(group -> draft.remark(
                        group.line(),
                        "alua_tpgs: " + group.text("name") + ": portals have groups here, by their tag; left out"));
        if (store.text("size").matches("\\d{1,18}")) {
            volume.sizeBytes(Long.parseLong(store.text("size")));
        }
        if (store.isTrue("readonly")) {
            volume.flag(store.get("readonly").line(), "readOnly", true);
        }
        if (!store.text("write_back").isEmpty()) {
            volume.flag(store.get("write_back").line(), "writeCache", store.isTrue("write_back"));
        }
        return Optional.of(volume);
    }

    private void identity(DraftVolume volume) {
        String serial = store.text("wwn");
        if (serial.isEmpty()) {
            draft.remark(
                    store.line(),
                    "storage object " + store.text("name") + ": has no wwn; its volume gets an identity of its own");
            return;
        }
        volume.serial(store.get("wwn").line(), serial);
        String digits = serial.toLowerCase(Locale.ROOT).replaceAll("[^0-9a-f]", "");
        volume.naa(store.get("wwn").line(), NAA + (digits + "0".repeat(DIGITS)).substring(0, DIGITS));
        volume.vendor(store.line(), "LIO-ORG");
        String plugin = store.text("plugin").equals("block") ? "IBLOCK" : "FILEIO";
        String name = store.text("name");
        boolean alias = store.get("attributes").isTrue("emulate_model_alias");
        volume.product(store.line(), alias ? name.substring(0, Math.min(name.length(), PRODUCT_CHARACTERS)) : plugin);
    }
}
