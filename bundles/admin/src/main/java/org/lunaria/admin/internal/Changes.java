package org.lunaria.admin.internal;

import java.io.IOException;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.UnaryOperator;
import org.lunaria.admin.ApplianceException;

/** Begins the changes of the configuration, one at a time. Thread-safe. */
final class Changes {
    /** How long a change waits for the one before it. */
    private static final long LOCK_SECONDS = 30;

    private final ReentrantLock lock = new ReentrantLock(true);
    private final Configurations configurations;
    private final EtcFolder etc;
    private final IntentJournal journal;
    private final Components components;
    private final Patience patience;
    private final UnaryOperator<String> substitution;
    private final Runnable changed;

    /**
     * @param substitution as {@link CfgText#of} wants it
     * @param changed keeps what the files say as a version; called in each change, at the latest before the next can begin
     */
    Changes(
            Configurations configurations,
            EtcFolder etc,
            IntentJournal journal,
            Components components,
            Patience patience,
            UnaryOperator<String> substitution,
            Runnable changed) {
        this.configurations = configurations;
        this.etc = etc;
        this.journal = journal;
        this.components = components;
        this.patience = patience;
        this.substitution = substitution;
        this.changed = changed;
    }

    /** Begins a change, which its caller closes. */
    Change begin() {
        try {
            if (!lock.tryLock(LOCK_SECONDS, TimeUnit.SECONDS)) {
                throw new ApplianceException("another change is under way; try again when it is done.");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ApplianceException("interrupted while waiting for another change; nothing was changed.", e);
        }
        return new Change(configurations, etc, journal, components, patience, changed, this::end);
    }

    /**
     * Does something that changes no configuration while nobody else changes one.
     *
     * @return whether it was done; it is not while a change is under way
     */
    boolean between(Runnable work) {
        if (!lock.tryLock()) {
            return false;
        }
        try {
            work.run();
        } finally {
            lock.unlock();
        }
        return true;
    }

    private void end() {
        try {
            changed.run();
        } finally {
            lock.unlock();
        }
    }

    /** The text of a configuration that does not exist yet. */
    CfgText newText() {
        return text("");
    }

    /**
     * The text of a configuration's file; of one that has no file, a text with its values.
     *
     * @throws ApplianceException when there is no such configuration
     */
    CfgText textOf(InstanceId id) {
        try {
            return etc.read(id).map(this::text).orElseGet(() -> textOfValues(id));
        } catch (IOException e) {
            throw new ApplianceException("cannot read " + id.fileName() + " in " + etc + ": " + e.getMessage(), e);
        }
    }

    /** What a text says when it is read. */
    CfgText text(String text) {
        return CfgText.of(text, substitution);
    }

    private CfgText textOfValues(InstanceId id) {
        Map<String, Object> values = configurations
                .values(id)
                .orElseThrow(() -> new ApplianceException("there is no configuration " + id + "."));
        CfgText text = newText();
        for (Map.Entry<String, Object> value : values.entrySet()) {
            text = text.with(value.getKey(), value.getValue().toString());
        }
        return text;
    }
}
