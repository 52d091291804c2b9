package org.lunaria.exchange.foreign;

import java.util.Optional;

/**
 * A logical unit of FreeBSD's file.
 *
 * @param name or empty
 */
record CtlLun(Draft draft, Statement lun, String name) {

    /** Empty when it is none that there can be here. */
    Optional<DraftVolume> volume() {
        String path = lun.last("path").map(there -> there.word(1)).orElse("");
        String backend = lun.last("backend").map(there -> there.word(1)).orElse("block");
        String type = lun.last("device-type").map(there -> there.word(1)).orElse("disk");
        boolean cd = type.matches("5|cd|cdrom|dvd|dvdrom");
        if (!backend.equals("block") || !path.startsWith("/") || !cd && !type.matches("0|disk|direct")) {
            String what = !backend.equals("block")
                    ? "backend " + backend
                    : path.startsWith("/") ? "device-type " + type : "path '" + path + "'";
            draft.leaveOut(lun, what + " is not supported; left out");
            return Optional.empty();
        }
        DraftVolume volume = draft.volume(lun.line(), name.isEmpty() ? FileName.of(path) : name, path);
        if (cd) {
            volume.cdrom(lun.last("device-type").orElse(lun).line());
        }
        lun.children().forEach(child -> key(volume, child));
        return Optional.of(volume);
    }

    private void key(DraftVolume volume, Statement statement) {
        String value = statement.word(1);
        switch (statement.keyword()) {
            case "path", "backend", "device-type" -> {
                // Done.
            }
            case "blocksize" -> volume.blockBytes(statement.line(), value);
            case "serial" -> volume.serial(statement.line(), value);
            case "option" -> option(volume, statement);
            case "size" -> draft.leaveOut(statement, "not needed: the volume is as large as what it is on");
            default -> draft.leaveOut(statement, "there is nothing like it here; left out");
        }
    }

    private void option(DraftVolume volume, Statement statement) {
        int line = statement.line();
        String value = statement.word(2);
        switch (statement.word(1)) {
            case "vendor" -> volume.vendor(line, value);
            case "product" -> volume.product(line, value);
            case "revision" -> volume.revision(line, value);
            case "naa" -> volume.naa(line, value);
            case "readonly" -> volume.flag(line, "readOnly", value.matches("on|1|yes|true"));
            case "rpm" -> {
                if (value.matches("\\d{1,5}")) {
                    volume.number(line, "rotationRate", Integer.parseInt(value));
                } else {
                    draft.leaveOut(statement, "rpm " + value + " is no number; left out");
                }
            }
            default -> draft.leaveOut(statement, statement.word(1) + " has nothing like it here; left out");
        }
    }
}
