package org.lunaria.exchange.document;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;
import org.lunaria.admin.ApplianceException;

/** Whose file it is. */
public enum Format {
    /** The document of this appliance. */
    LUNARIA,
    /** gotgt's {@code config.json}. */
    GOTGT,
    /** tgt's {@code targets.conf}. */
    TGT,
    /** The {@code saveconfig.json} of Linux's own target (targetcli). */
    LIO,
    /** FreeBSD's {@code ctl.conf}. */
    CTL,
    /** SCST's {@code scst.conf}. */
    SCST;

    /** @throws ApplianceException when there is none of that name */
    public static Format of(String name) {
        return Arrays.stream(values())
                .filter(format -> format.text().equals(name.toLowerCase(Locale.ROOT)))
                .findFirst()
                .orElseThrow(() -> new ApplianceException("format '" + name + "': give one of "
                        + Arrays.stream(values()).map(Format::text).collect(Collectors.joining(", ")) + "."));
    }

    /** As it is typed. */
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }
}
