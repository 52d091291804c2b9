package org.lunaria.exchange.foreign;

import java.util.Optional;
import java.util.Set;

/**
 * A logical unit of tgt's file, whose keys stand with it or with its target.
 *
 * @param alone whether it is the only one of its target
 */
record TgtStore(Draft draft, Statement store, Statement target, boolean alone) {
    static final Set<String> KEYS = Set.of(
            "vendor_id",
            "product_id",
            "product_rev",
            "scsi_sn",
            "scsi_id",
            "removable",
            "write-cache",
            "device-type",
            "block-size",
            "bs-type",
            "readonly",
            "lun",
            "sense_format",
            "online",
            "path",
            "mode_page",
            "params",
            "allow-in-use",
            "bsopts",
            "bsoflags",
            "thin_provisioning",
            "rotation_rate",
            "lbppbe",
            "la_lba",
            "optimal_xfer_gran",
            "optimal_xfer_len");

    /** What tgt cuts them to. */
    private static final int VENDOR_CHARACTERS = 8;

    private static final int PRODUCT_CHARACTERS = 16;
    private static final int REVISION_CHARACTERS = 4;

    private static final Set<String> PLAIN = Set.of("rdwr", "aio");

    /** Empty when it is none that there can be here. */
    Optional<DraftVolume> volume() {
        Optional<Statement> type = value(store, target, "device-type");
        String device = type.map(there -> there.word(1)).orElse("disk");
        if (!device.equals("disk") && !device.equals("cd")) {
            draft.leaveOut(type.get(), device + " is not supported; " + store.word(1) + " is left out");
            return Optional.empty();
        }
        Optional<Statement> kind = value(store, target, "bs-type");
        if (kind.isPresent() && !PLAIN.contains(kind.get().word(1))) {
            draft.leaveOut(kind.get(), kind.get().word(1) + " is not supported; " + store.word(1) + " is left out");
            return Optional.empty();
        }
        if (!store.word(1).startsWith("/")) {
            draft.leaveOut(store, store.word(1) + " is no path; left out");
            return Optional.empty();
        }
        DraftVolume volume = draft.volume(store.line(), FileName.of(store.word(1)), store.word(1));
        if (device.equals("cd")) {
            volume.cdrom(type.get().line());
        }
        if (store.keyword().equals("direct-store")) {
            draft.leaveOut(
                    store, "the names of the disk itself are not asked for; give vendor_id and scsi_sn in the file");
        }
        store.children().forEach(statement -> key(volume, statement));
        target.children().stream()
                .filter(statement -> KEYS.contains(statement.keyword()))
                .filter(statement -> store.all(statement.keyword()).isEmpty())
                .forEach(statement -> key(volume, statement));
        return Optional.of(volume);
    }

    private void key(DraftVolume volume, Statement statement) {
        int line = statement.line();
        switch (statement.keyword()) {
            case "vendor_id" -> volume.vendor(line, cut(statement, VENDOR_CHARACTERS));
            case "product_id" -> volume.product(line, cut(statement, PRODUCT_CHARACTERS));
            case "product_rev" -> volume.revision(line, cut(statement, REVISION_CHARACTERS));
            case "scsi_sn" -> serial(volume, statement);
            case "removable" -> volume.flag(line, "removable", isTrue(Optional.of(statement)));
            case "write-cache" ->
                volume.flag(line, "writeCache", statement.word(1).equals("on"));
            case "block-size" -> volume.blockBytes(line, statement.word(1));
            case "bs-type", "allow-in-use" -> draft.leaveOut(statement, "not needed");
            case "device-type", "lun", "readonly" -> {
                // Elsewhere.
            }
            default -> draft.leaveOut(statement, "there is nothing like it here; left out");
        }
    }

    private String cut(Statement statement, int characters) {
        String text = statement.rest();
        if (text.length() <= characters) {
            return text;
        }
        String shown = text.substring(0, characters);
        draft.leaveOut(statement, text + " was cut to '" + shown + "' by tgt, and so it is here");
        return shown;
    }

    private void serial(DraftVolume volume, Statement statement) {
        if (alone || store.children().contains(statement)) {
            volume.serial(statement.line(), statement.rest());
        } else {
            draft.leaveOut(statement, "several volumes cannot have one serial number; they get others");
        }
    }

    /** What stands with the unit, or else with its target. */
    static Optional<Statement> value(Statement store, Statement target, String key) {
        return store.last(key).or(() -> target.last(key));
    }

    static boolean isTrue(Optional<Statement> statement) {
        return statement.map(there -> there.word(1).matches("1|on|yes|true")).orElse(false);
    }
}
