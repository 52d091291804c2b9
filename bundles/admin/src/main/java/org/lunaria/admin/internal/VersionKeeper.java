package org.lunaria.admin.internal;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.IntSupplier;
import org.lunaria.admin.Health.Trouble;
import org.lunaria.admin.Version;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps what the files say after each change: what was written by us, and what hands wrote and was taken. So a version holds
 * nothing that was refused. One that cannot be kept does not undo the change, which stands: it is told of until one can. Its
 * methods but {@link #troubles} are called under the lock of {@link Changes}.
 */
final class VersionKeeper {
    private static final Logger LOG = LoggerFactory.getLogger(VersionKeeper.class);

    /** So many files are named. */
    private static final int NAMED = 3;

    private final EtcFolder etc;
    private final VersionStore store;
    private final IntSupplier keep;
    private volatile String trouble = "";

    /** What could not be kept, and belongs to the next version. */
    private final SortedMap<String, Optional<String>> owed = new TreeMap<>();

    /** @param keep how many versions */
    VersionKeeper(EtcFolder etc, VersionStore store, IntSupplier keep) {
        this.etc = etc;
        this.store = store;
        this.keep = keep;
    }

    /** Keeps what was written and deleted by us since the last time. */
    void keepWritten(Author author) {
        try {
            for (InstanceId id : etc.takeWritten()) {
                owed.put(id.fileName(), etc.read(id));
            }
            keep(author);
        } catch (IOException e) {
            tell(e);
        }
    }

    /** Keeps what was found in files, and was taken; and forgets the files that went. */
    void keepFound(SortedMap<String, String> taken, Set<String> gone, boolean live) {
        SortedMap<String, String> newest = store.newest();
        List<String> what = new ArrayList<>();
        taken.forEach((file, text) -> {
            what.add(file + (newest.containsKey(file) ? " changed" : " added"));
            owed.put(file, Optional.of(text));
        });
        gone.forEach(file -> {
            what.add(file + " removed");
            owed.put(file, Optional.empty());
        });
        String named = String.join(", ", what.subList(0, Math.min(NAMED, what.size())))
                + (what.size() > NAMED ? " and " + (what.size() - NAMED) + " more" : "")
                + (live ? "" : ", before the start");
        try {
            keep(
                    newest.isEmpty()
                            ? new Author(Version.BY_HAND, "as it was at the first start")
                            : new Author(Version.BY_HAND, named));
        } catch (IOException e) {
            tell(e);
        }
    }

    private void keep(Author author) throws IOException {
        SortedMap<String, String> texts = store.newest();
        owed.forEach((file, text) -> text.ifPresentOrElse(there -> texts.put(file, there), () -> texts.remove(file)));
        store.add(texts, author.who(), author.what(), keep.getAsInt());
        owed.clear();
        trouble = "";
    }

    private void tell(IOException e) {
        LOG.error("A version of the configuration cannot be kept.", e);
        trouble = "What was changed last cannot be kept in the history (" + e + "); make room there.";
    }

    /** Why the newest version could not be kept. */
    List<Trouble> troubles() {
        String now = trouble;
        return now.isEmpty() ? List.of() : List.of(new Trouble("configuration", "history", now));
    }
}
