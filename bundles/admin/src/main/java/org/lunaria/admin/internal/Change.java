package org.lunaria.admin.internal;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.lunaria.admin.ApplianceException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A change of one or several configurations that happens as a whole or not at all. First the components try it: they get
 * the new values through Configuration Admin and must take them. Only then do the files say so too. What is not committed is
 * undone when the change is closed.
 *
 * <p>The files are the truth: when the process dies before the first is written, then the next start finds configurations
 * without a file, or with other values than it, and follows the files. Where there are several, what is to become of them is
 * noted first ({@link IntentJournal}), and the next start does the rest. Confined to the thread that began it.
 */
final class Change implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Change.class);

    private final Configurations configurations;
    private final EtcFolder etc;
    private final IntentJournal journal;
    private final Components components;
    private final Patience patience;
    private final Runnable kept;
    private final Runnable end;

    /** What the files are to say; of those that are to go, nothing. */
    private final Map<InstanceId, Optional<CfgText>> texts = new LinkedHashMap<>();

    private final Deque<Runnable> undo = new ArrayDeque<>();
    private final List<Runnable> last = new ArrayList<>();

    /** Whether the next start would do what is not done yet. */
    private boolean noted;

    /**
     * @param kept keeps what the files say as a version
     * @param end called once, when the change is closed
     */
    Change(
            Configurations configurations,
            EtcFolder etc,
            IntentJournal journal,
            Components components,
            Patience patience,
            Runnable kept,
            Runnable end) {
        this.configurations = configurations;
        this.etc = etc;
        this.journal = journal;
        this.components = components;
        this.patience = patience;
        this.kept = kept;
        this.end = end;
    }

    /**
     * Lets a component have the values of a text, and waits until it runs with them.
     *
     * @throws ApplianceException with the component's reason when it refuses them
     */
    void tryOut(InstanceId id, CfgText text) {
        Map<String, Object> values = text.values();
        if (!texts.containsKey(id)) {
            Optional<Map<String, Object>> before = configurations.values(id);
            undo.push(
                    () -> before.ifPresentOrElse(old -> configurations.put(id, old), () -> configurations.delete(id)));
        }
        texts.put(id, Optional.of(text));
        configurations.put(id, values);
        require(() -> components.taken(id, values));
    }

    /**
     * Lets a component have other values that it does not change while it runs: it ends, and starts anew with them.
     *
     * @throws ApplianceException with the component's reason when it refuses them; when the change is closed, it then runs with
     *     those that it had
     */
    void startAnew(InstanceId id, CfgText text) {
        Map<String, Object> values = text.values();
        Map<String, Object> before = configurations
                .values(id)
                .orElseThrow(() -> new ApplianceException("there is no configuration " + id + "."));
        Optional<String> file = readFile(id);
        undo.push(() -> {
            end(id);
            configurations.put(id, before);
            restore(id, file);
        });
        texts.put(id, Optional.of(text));
        end(id);
        configurations.put(id, values);
        require(() -> components.taken(id, values));
    }

    /**
     * Writes the file of a configuration before its component has the values: for what must not be forgotten once it has come
     * about. When it does not come about, the component gets back what it had, and when that is sure so does the file. What the
     * change is to do besides when it is committed, the next start does too, should the process die in between.
     *
     * @param comeAbout whether it has
     * @param asBefore whether it is sure that it has not, and will not
     * @throws ApplianceException when it has not
     */
    void writeThenApply(InstanceId id, CfgText text, Supplier<Progress> comeAbout, Supplier<Progress> asBefore) {
        Map<String, Object> before = configurations
                .values(id)
                .orElseThrow(() -> new ApplianceException("there is no configuration " + id + "."));
        Optional<String> file = readFile(id);
        if (!texts.isEmpty()) {
            Map<InstanceId, Optional<CfgText>> all = new LinkedHashMap<>(texts);
            all.put(id, Optional.of(text));
            note(all);
        }
        write(id, text);
        configurations.put(id, text.values());
        Progress progress = patience.await(Patience.FOR_AN_END, comeAbout);
        if (progress instanceof Progress.Done) {
            return;
        }
        forgetNote();
        configurations.put(id, before);
        require(() -> components.taken(id, before));
        if (patience.await(Patience.FOR_A_CHANGE, asBefore) instanceof Progress.Done) {
            restore(id, file);
        } else {
            configurations.put(id, text.values());
        }
        require(comeAbout);
    }

    /**
     * Writes the file of a configuration before its component tries the values: for what cannot be undone once it has come about.
     * When the change is undone, so is that.
     */
    void writeFirst(InstanceId id, CfgText text) {
        Optional<String> before = readFile(id);
        undo.push(() -> restore(id, before));
        write(id, text);
    }

    private void end(InstanceId id) {
        configurations.delete(id);
        awaitGone(id);
    }

    private Optional<String> readFile(InstanceId id) {
        try {
            return etc.read(id);
        } catch (IOException e) {
            throw new ApplianceException("cannot read " + id.fileName() + " in " + etc + ": " + e, e);
        }
    }

    /** Waits until something has come about that the change is to bring. */
    void require(Supplier<Progress> question) {
        Progress progress = patience.await(Patience.FOR_A_CHANGE, question);
        if (progress instanceof Progress.Failed failed) {
            throw new ApplianceException(failed.reason());
        }
        if (progress instanceof Progress.Pending pending) {
            throw new ApplianceException(pending.reason());
        }
    }

    /** What is to be done beyond the configurations when the change is undone. */
    void onUndo(Runnable action) {
        undo.push(action);
    }

    /** What is to be done when the change is over, committed or undone. */
    void atEnd(Runnable action) {
        last.add(action);
    }

    /** Waits until no component has a configuration that was deleted. */
    void awaitGone(InstanceId id) {
        if (patience.await(Patience.FOR_AN_END, () -> components.gone(id)) instanceof Progress.Pending pending) {
            LOG.warn("{} Its data may still be open.", pending.reason());
        }
    }

    /** Whether a component was given just the values of a text already. */
    boolean has(InstanceId id, CfgText text) {
        return configurations.values(id).filter(text.values()::equals).isPresent();
    }

    /** Has a file say what its component has. */
    void keep(InstanceId id, CfgText text) {
        texts.put(id, Optional.of(text));
    }

    /** Lets a component go, to make room for others; it comes back unless the change is committed. */
    void tryWithout(InstanceId id) {
        configurations.values(id).ifPresent(old -> undo.push(() -> configurations.put(id, old)));
        texts.put(id, Optional.empty());
        end(id);
    }

    /** Has a configuration removed when everything else stands; its component goes then. */
    void removeAtLast(InstanceId id) {
        texts.put(id, Optional.empty());
    }

    /** Writes the files, and deletes those that are to go. Afterwards the change stands. */
    void commit() {
        if (texts.size() > 1) {
            note(texts);
        }
        texts.forEach((id, text) -> {
            Optional<String> before = readFile(id);
            undo.push(() -> restore(id, before));
            text.ifPresentOrElse(there -> write(id, there), () -> deleteFile(id));
        });
        if (noted) {
            // First: many files that go without a version that says so look like a loss.
            kept.run();
            forgetNote();
        }
        undo.clear();
        texts.forEach((id, text) -> {
            if (text.isEmpty()) {
                end(id);
            }
        });
        texts.clear();
    }

    /** What was written first and tried out so far stays as it is, whatever becomes of the rest. */
    void stand() {
        undo.clear();
        texts.clear();
    }

    private void note(Map<InstanceId, Optional<CfgText>> all) {
        Map<InstanceId, Optional<String>> files = new LinkedHashMap<>();
        all.forEach((id, text) -> files.put(id, text.map(CfgText::toString)));
        undo.push(this::forgetNote);
        noted = true;
        try {
            journal.note(files);
        } catch (IOException e) {
            throw new ApplianceException("cannot note what is to be changed: " + e + "; nothing was changed.", e);
        }
    }

    private void forgetNote() {
        if (!noted) {
            return;
        }
        try {
            journal.clear();
            noted = false;
        } catch (IOException e) {
            throw new ApplianceException("cannot forget what was to be changed: " + e, e);
        }
    }

    private void write(InstanceId id, CfgText text) {
        try {
            etc.write(id, text.toString());
        } catch (IOException e) {
            throw new ApplianceException("cannot write " + id.fileName() + " in " + etc + ": " + e, e);
        }
    }

    /** Removes a configuration for good: its file first, so that it does not come back. */
    void remove(InstanceId id) {
        deleteFile(id);
        configurations.delete(id);
    }

    private void deleteFile(InstanceId id) {
        try {
            etc.delete(id);
        } catch (IOException e) {
            throw new ApplianceException("cannot delete " + id.fileName() + " in " + etc + ": " + e, e);
        }
    }

    @Override
    public void close() {
        try {
            while (!undo.isEmpty()) {
                undoStep(undo.pop());
            }
            last.forEach(Runnable::run);
        } finally {
            end.run();
        }
    }

    private static void undoStep(Runnable step) {
        try {
            step.run();
        } catch (RuntimeException e) {
            // The other steps must still be done; what this one left is told by the list of troubles.
            LOG.error("A refused change could not be undone wholly.", e);
        }
    }

    private void restore(InstanceId id, Optional<String> before) {
        try {
            if (before.isPresent()) {
                etc.write(id, before.get());
            } else {
                etc.delete(id);
            }
        } catch (IOException e) {
            throw new ApplianceException("cannot restore " + id.fileName() + " in " + etc + ": " + e, e);
        }
    }
}
