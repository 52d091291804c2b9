package org.lunaria.scsi.internal.unit;

import java.util.HexFormat;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicBoolean;
import org.lunaria.scsi.internal.page.InformationType;

/** What initiators have noted at a unit (SPC-4 6.34, 6.42), kept over restarts. Thread-safe. */
record IdentifyingInformation(UnitSaved saved) {
    /** Of what is saved: information in hexadecimal digits, by its type. */
    private static final String KEY = "information.";

    /** No bytes where nothing was set. */
    byte[] get(InformationType type) {
        return HexFormat.of().parseHex(saved.values().find(key(type)).orElse(""));
    }

    /**
     * Completes on any thread, with whether it is durable.
     *
     * @param announcement what follows when it is, and is another than before
     */
    CompletionStage<Boolean> change(InformationType type, byte[] information, Runnable announcement) {
        String text = HexFormat.of().formatHex(information);
        AtomicBoolean differs = new AtomicBoolean();
        return saved.change(
                values -> {
                    differs.set(!values.find(key(type)).orElse("").equals(text));
                    return text.isEmpty() ? values.without(key(type)) : values.with(key(type), text);
                },
                () -> {
                    if (differs.get()) {
                        announcement.run();
                    }
                });
    }

    private static String key(InformationType type) {
        return KEY + type.code();
    }
}
