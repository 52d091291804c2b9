package org.lunaria.exchange.document;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;
import org.lunaria.admin.ApplianceException;

/** Whose file it is. */
public enum Format {
    LUNARIA("a document of this appliance"),
    GOTGT("gotgt's config.json"),
    TGT("tgt's targets.conf"),
    LIO("the saveconfig.json of targetcli"),
    CTL("FreeBSD's ctl.conf"),
    SCST("SCST's scst.conf");

    private final String file;

    Format(String file) {
        this.file = file;
    }

    /** @throws ApplianceException when there is none of that name */
    public static Format of(String name) {
        return Arrays.stream(values())
                .filter(format -> format.text().equals(name.toLowerCase(Locale.ROOT)))
                .findFirst()
                .orElseThrow(() -> new ApplianceException("format '" + name + "': give one of "
                        + Arrays.stream(values()).map(Format::text).collect(Collectors.joining(", ")) + "."));
    }

    /** What such a file is called. */
    public String file() {
        return file;
    }

    /** As it is typed. */
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }
}
