package org.lunaria.admin.internal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.time.InstantSource;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.lunaria.admin.ApplianceException;
import org.lunaria.admin.Version;
import org.lunaria.event.EventKind;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The versions of the configuration, each a ZIP archive of its files in {@code data/history/}: a hand can open one with
 * nothing of ours. Thread-safe.
 */
final class VersionStore {
    static final int MAX_TEXT = 500;

    private static final Logger LOG = LoggerFactory.getLogger(VersionStore.class);
    private static final Pattern FILE = Pattern.compile("(\\d{6,9})\\.zip");

    /** The entry that tells of the version; it comes first, for no file of ours begins with a capital letter. */
    private static final String ABOUT = "VERSION";

    private final DurableFolder folder;
    private final InstantSource clock;
    private final SortedMap<Integer, Version> versions = new TreeMap<>();
    private SortedMap<String, String> last = new TreeMap<>();

    /** @throws IOException when the folder cannot be read; a version that cannot is left out */
    VersionStore(DurableFolder folder, InstantSource clock) throws IOException {
        this.folder = folder;
        this.clock = clock;
        for (String name : folder.names()) {
            Matcher matcher = FILE.matcher(name);
            if (matcher.matches()) {
                load(Integer.parseInt(matcher.group(1)));
            }
        }
    }

    private void load(int number) throws IOException {
        try {
            SortedMap<String, String> texts =
                    TextArchive.unpack(folder.read(name(number)).orElse(new byte[0]));
            versions.put(
                    number,
                    about(number, Optional.ofNullable(texts.remove(ABOUT)).orElse("")));
            last = texts;
        } catch (IOException e) {
            LOG.error("Version {} of the configuration in {} cannot be read: {}.", number, folder, e.getMessage());
        }
    }

    synchronized List<Version> list() {
        return List.copyOf(versions.values());
    }

    /** The text of each file in the newest version, by the file's name; empty where there is none. */
    synchronized SortedMap<String, String> newest() {
        return new TreeMap<>(last);
    }

    /** Likewise of any version. */
    synchronized SortedMap<String, String> texts(int number) {
        if (!versions.containsKey(number)) {
            throw new ApplianceException("version " + number + " is not kept; appliance:history shows those that are.");
        }
        try {
            SortedMap<String, String> texts =
                    TextArchive.unpack(folder.read(name(number)).orElse(new byte[0]));
            texts.remove(ABOUT);
            return texts;
        } catch (IOException e) {
            throw new ApplianceException("version " + number + " in " + folder.file(name(number)) + " cannot be read ("
                    + e.getMessage() + "); take another.");
        }
    }

    /**
     * Keeps a version, unless it is what the newest one is.
     *
     * @param keep how many are kept in all
     */
    synchronized void add(SortedMap<String, String> texts, String who, String what, int keep) throws IOException {
        if (!versions.isEmpty() && texts.equals(last)) {
            return;
        }
        int number = versions.isEmpty() ? 1 : versions.lastKey() + 1;
        Version version = new Version(number, clock.instant(), line(who), line(what));
        SortedMap<String, String> entries = new TreeMap<>(texts);
        entries.put(ABOUT, version.time() + "\n" + version.who() + "\n" + version.what() + "\n");
        folder.write(name(number), ByteBuffer.wrap(TextArchive.pack(entries)));
        versions.put(number, version);
        EventKind.CONFIGURATION.tell("version {} ({}): {}", number, version.who(), version.what());
        last = new TreeMap<>(texts);
        while (versions.size() > keep) {
            int oldest = versions.firstKey();
            folder.delete(name(oldest));
            versions.remove(oldest);
        }
    }

    private static Version about(int number, String text) throws IOException {
        List<String> lines = text.lines().toList();
        try {
            return new Version(number, Instant.parse(lines.get(0)), lines.get(1), lines.get(2));
        } catch (DateTimeParseException | IndexOutOfBoundsException e) {
            throw new IOException("it does not say what it is", e);
        }
    }

    private static String line(String text) {
        String line = text.replaceAll("\\p{Cntrl}", " ").strip();
        return line.isEmpty() ? "-" : line.substring(0, Math.min(line.length(), MAX_TEXT));
    }

    private static String name(int number) {
        return String.format("%06d.zip", number);
    }
}
