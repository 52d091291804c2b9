package org.lunaria.scsi.internal.unit;

import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.StringJoiner;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.lunaria.scsi.internal.page.Limits;
import org.lunaria.scsi.internal.page.ModePage.PageControl;
import org.lunaria.scsi.internal.page.ModeParameter;
import org.lunaria.scsi.internal.page.ModeValues;
import org.lunaria.scsi.internal.saved.SavedValues;

/**
 * The mode parameters of a unit that initiators can change (SPC-4 6.11): the default values are those of its configuration,
 * the saved ones are kept over restarts, the current ones hold. A value that was saved holds as long as the configuration
 * says what it said then: when an administrator changes the key, the key wins, and what was saved is gone. Thread-safe.
 */
final class UnitModes {
    /** Of what is kept: {@code mode.WCE=0 over 1}, 1 being the default value at that time. */
    private static final String KEY = "mode.";

    private static final String OVER = " over ";

    private final UnitSaved saved;

    private volatile ModeValues defaults;
    private volatile ModeValues current;

    UnitModes(UnitSettings settings, UnitSaved saved) {
        this.saved = saved;
        defaults = defaults(settings);
        dropOutdated();
        current = saved();
    }

    ModeValues current() {
        return current;
    }

    /** @param control which values; not the mask of those that can be changed */
    ModeValues get(PageControl control) {
        return switch (control) {
            case CURRENT -> current;
            case DEFAULT -> defaults;
            case SAVED -> saved();
            case CHANGEABLE -> throw new IllegalArgumentException("a mask is no value");
        };
    }

    /**
     * Changes current values, and saves all as they are then, if that is asked for.
     *
     * @param seen once they hold and before the stage completes, if they are others than before
     * @return completes on any thread, with whether it was done; false when it could not be saved, and nothing has changed
     */
    CompletionStage<Boolean> change(Map<ModeParameter, Long> values, boolean saves, Runnable seen) {
        if (!saves) {
            take(values, seen);
            return CompletableFuture.completedFuture(true);
        }
        return saved.change(kept -> keep(kept, values), () -> take(values, seen));
    }

    /** The unit is reset: the saved values hold. */
    synchronized void reset() {
        current = saved();
    }

    /** The configuration has changed: where a default value is another now, it holds. */
    synchronized void configure(UnitSettings changed) {
        ModeValues before = defaults;
        defaults = defaults(changed);
        Map<ModeParameter, Long> others = new EnumMap<>(ModeParameter.class);
        for (ModeParameter parameter : ModeParameter.values()) {
            if (before.get(parameter) != defaults.get(parameter)) {
                others.put(parameter, defaults.get(parameter));
            }
        }
        if (!others.isEmpty()) {
            current = current.with(others);
            dropOutdated();
        }
    }

    /** Where the current values are others than the configuration says: "WCE 0 instead of 1", or nothing. */
    String difference() {
        StringJoiner text = new StringJoiner(", ");
        ModeValues now = current;
        for (ModeParameter parameter : ModeParameter.values()) {
            if (now.get(parameter) != defaults.get(parameter)) {
                text.add(parameter + " " + now.get(parameter) + " instead of " + defaults.get(parameter));
            }
        }
        return text.toString();
    }

    private synchronized void take(Map<ModeParameter, Long> values, Runnable seen) {
        ModeValues before = current;
        current = before.with(values);
        if (!before.equals(current)) {
            seen.run();
        }
    }

    private static ModeValues defaults(UnitSettings settings) {
        long availableSets = settings.spaceThresholdBytes() / Limits.THRESHOLD_SET_BYTES;
        return ModeValues.ZEROES
                .with(ModeParameter.WCE, settings.writeCache())
                .with(ModeParameter.TAS, settings.taskAbortedStatus())
                .with(ModeParameter.LBPERE, true)
                .with(ModeParameter.AVAILABLE_THRESHOLD_ENABLED, availableSets > 0)
                .with(Map.of(ModeParameter.AVAILABLE_THRESHOLD_COUNT, availableSets));
    }

    /** The values after a reset: what is saved, else the default. */
    private ModeValues saved() {
        ModeValues values = defaults;
        SavedValues kept = saved.values();
        for (ModeParameter parameter : ModeParameter.values()) {
            Optional<Long> value = kept.find(KEY + parameter).flatMap(text -> value(text, parameter));
            if (value.isPresent()) {
                values = values.with(Map.of(parameter, value.get()));
            }
        }
        return values;
    }

    /** A kept value; empty when it was saved over another default. */
    private Optional<Long> value(String text, ModeParameter parameter) {
        String end = OVER + defaults.get(parameter);
        return text.endsWith(end)
                ? Optional.of(Long.parseLong(text.substring(0, text.length() - end.length())))
                : Optional.empty();
    }

    private synchronized SavedValues keep(SavedValues kept, Map<ModeParameter, Long> changed) {
        ModeValues values = current.with(changed);
        SavedValues next = kept;
        for (ModeParameter parameter : ModeParameter.values()) {
            next = next.with(KEY + parameter, values.get(parameter) + OVER + defaults.get(parameter));
        }
        return next;
    }

    /** What was saved over another default is never to come back, should the default be what it was once more. */
    private void dropOutdated() {
        saved.change(
                kept -> {
                    SavedValues next = kept;
                    for (ModeParameter parameter : ModeParameter.values()) {
                        Optional<String> text = kept.find(KEY + parameter);
                        if (text.isPresent() && value(text.get(), parameter).isEmpty()) {
                            next = next.without(KEY + parameter);
                        }
                    }
                    return next;
                },
                () -> {});
    }
}
