package org.lunaria.admin.internal;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.lunaria.admin.ApplianceException;
import org.lunaria.admin.Event;
import org.lunaria.admin.Events;
import org.lunaria.event.EventKind;

/** Reads what the logging keeps of events: {@code etc/org.ops4j.pax.logging.cfg} says where and how much. Thread-safe. */
final class EventLog implements Events {
    /** Oldest first. */
    private static final List<String> FILES = List.of("events.log.1", "events.log");

    private static final Pattern LINE = Pattern.compile("(\\S+) ([A-Z_]+) (.*)");

    private final Path folder;

    /** @param folder of the log */
    EventLog(Path folder) {
        this.folder = folder;
    }

    @Override
    public List<String> kinds() {
        return Arrays.stream(EventKind.values()).map(EventKind::name).toList();
    }

    @Override
    public List<Event> last(int most, Optional<String> kind) {
        Optional<String> wanted = kind.map(name -> name.toUpperCase(Locale.ROOT));
        if (wanted.isPresent() && !kinds().contains(wanted.get())) {
            throw new ApplianceException("there are no events of kind '" + kind.get() + "': give one of "
                    + String.join(", ", kinds()) + ".");
        }
        Deque<Event> last = new ArrayDeque<>();
        for (String file : FILES) {
            read(
                    folder.resolve(file),
                    most,
                    event -> wanted.map(event.kind()::equals).orElse(true),
                    last);
        }
        return List.copyOf(last);
    }

    private static void read(Path file, int most, Predicate<Event> which, Deque<Event> last) {
        // A line that is being written may end amid a character.
        try (BufferedReader reader =
                new BufferedReader(new InputStreamReader(Files.newInputStream(file), StandardCharsets.UTF_8))) {
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                event(line).filter(which).ifPresent(event -> {
                    if (last.size() == most) {
                        last.removeFirst();
                    }
                    last.addLast(event);
                });
            }
        } catch (NoSuchFileException e) {
            // Nothing has happened yet, or not enough for an older file.
        } catch (IOException e) {
            throw new ApplianceException("events cannot be read: " + e.getMessage() + ".");
        }
    }

    /** Empty for what is no whole line of an event. */
    private static Optional<Event> event(String line) {
        Matcher matcher = LINE.matcher(line);
        try {
            return matcher.matches()
                    ? Optional.of(new Event(Instant.parse(matcher.group(1)), matcher.group(2), matcher.group(3)))
                    : Optional.empty();
        } catch (DateTimeParseException e) {
            return Optional.empty();
        }
    }
}
