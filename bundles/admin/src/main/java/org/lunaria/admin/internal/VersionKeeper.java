package org.lunaria.admin.internal;

import java.io.IOException;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.IntSupplier;
import org.lunaria.admin.Health.Trouble;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps what the files say after each change. A version that cannot be kept does not undo the change, which stands: it is
 * told of until one can. Its methods but {@link #troubles} are called under the lock of {@link Changes}.
 */
final class VersionKeeper {
    private static final Logger LOG = LoggerFactory.getLogger(VersionKeeper.class);

    private final EtcFolder etc;
    private final VersionStore store;
    private final IntSupplier keep;
    private volatile String trouble = "";

    /** @param keep how many versions */
    VersionKeeper(EtcFolder etc, VersionStore store, IntSupplier keep) {
        this.etc = etc;
        this.store = store;
        this.keep = keep;
    }

    /** Keeps what the files say now, if it is not what they said before. */
    void keep(Author author) {
        try {
            store.add(texts(), author.who(), author.what(), keep.getAsInt());
            trouble = "";
        } catch (IOException e) {
            LOG.error("A version of the configuration cannot be kept.", e);
            trouble = "What was changed last cannot be kept in the history (" + e + "); make room there.";
        }
    }

    /** Why the newest version could not be kept. */
    List<Trouble> troubles() {
        String now = trouble;
        return now.isEmpty() ? List.of() : List.of(new Trouble("configuration", "history", now));
    }

    private SortedMap<String, String> texts() throws IOException {
        SortedMap<String, String> texts = new TreeMap<>();
        for (InstanceId id : etc.instances()) {
            etc.read(id).ifPresent(text -> texts.put(id.fileName(), text));
        }
        return texts;
    }
}
