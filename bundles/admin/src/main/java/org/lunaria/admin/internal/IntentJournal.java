package org.lunaria.admin.internal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes the change of several files one step. What is to be done is noted in one file, durably, before any of them changes,
 * and the note goes when all have: a process that died in between finds it at its next start, and finishes. Not
 * thread-safe: whoever calls has the lock of {@link Changes}.
 */
final class IntentJournal {
    static final String FILE = "under-way.zip";

    private static final Logger LOG = LoggerFactory.getLogger(IntentJournal.class);
    private static final String WRITE = "write/";
    private static final String DELETE = "delete/";

    private final DurableFolder folder;
    private final EtcFolder etc;

    IntentJournal(DurableFolder folder, EtcFolder etc) {
        this.folder = folder;
        this.etc = etc;
    }

    /** Notes what each file is to be; one that is to go has no text. From now on it will come about. */
    void note(Map<InstanceId, Optional<String>> files) throws IOException {
        SortedMap<String, String> texts = new TreeMap<>();
        files.forEach((id, text) -> texts.put((text.isPresent() ? WRITE : DELETE) + id.fileName(), text.orElse("")));
        folder.write(FILE, ByteBuffer.wrap(TextArchive.pack(texts)));
    }

    /** Forgets the note. */
    void clear() throws IOException {
        folder.delete(FILE);
    }

    /**
     * Finishes what was noted, and not done.
     *
     * @param kept keeps what the files say then as a version
     * @return the files that were changed
     */
    List<String> finish(Runnable kept) throws IOException {
        Optional<byte[]> note = folder.read(FILE);
        if (note.isEmpty()) {
            return List.of();
        }
        SortedMap<String, String> texts;
        try {
            texts = TextArchive.unpack(note.get());
        } catch (IOException e) {
            // Nobody of us leaves such a note; what it says cannot be told, and the files are as they are.
            LOG.error("{} in {} is damaged, and is left out: {}.", FILE, folder, e.getMessage());
            clear();
            return List.of();
        }
        for (Map.Entry<String, String> text : texts.entrySet()) {
            String fileName = text.getKey().substring(text.getKey().indexOf('/') + 1);
            InstanceId id = InstanceId.ofFileName(fileName)
                    .orElseThrow(() -> new IOException(FILE + " in " + folder + " names the file " + fileName));
            if (text.getKey().startsWith(WRITE)) {
                etc.write(id, text.getValue());
            } else {
                etc.delete(id);
            }
        }
        kept.run();
        clear();
        return texts.keySet().stream().toList();
    }
}
