package org.lunaria.shell.internal.exec;

import java.io.IOException;
import java.net.ProtocolException;
import java.nio.channels.ReadableByteChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.lunaria.exec.client.Frame;

/**
 * What a client wants to be run. Immutable.
 *
 * @param words of the command, at least one
 * @param terminal whether people watch the output, so that colours are welcome
 * @param folder where the client works; empty when it does not say
 */
record ExecRequest(List<String> words, boolean terminal, String folder) {
    /** Most words, and most bytes of all of them together. */
    static final int MAX_WORDS = 1024;

    static final int MAX_BYTES = 256 * 1024;

    /** What means nothing but itself to the shell. Two slashes begin a comment, and an equals sign an assignment. */
    private static final String PLAIN = "(?!//)[A-Za-z0-9_./:,@+-][A-Za-z0-9_./:,@+=-]*";

    /** Reads a request whole; blocks while the channel does. */
    static ExecRequest readFrom(ReadableByteChannel channel) throws IOException {
        List<String> words = new ArrayList<>();
        boolean terminal = false;
        String folder = "";
        int bytes = 0;
        while (true) {
            Frame frame = Frame.readFrom(channel);
            switch (frame.type()) {
                case ARGUMENT -> {
                    words.add(frame.text());
                    bytes += frame.payload().length;
                }
                case TERMINAL -> terminal = true;
                case FOLDER -> folder = frame.text();
                case RUN -> {
                    return request(words, terminal, folder);
                }
                case OUTPUT, ERROR, EXIT, READ, INPUT ->
                    throw new ProtocolException("a request holds no " + frame.type());
            }
            if (words.size() > MAX_WORDS || bytes > MAX_BYTES) {
                throw new ProtocolException(
                        "a command has at most " + MAX_WORDS + " words and " + MAX_BYTES + " bytes");
            }
        }
    }

    /** As the shell reads it: a single word is a command line, several words are each taken as they are. */
    String commandLine() {
        return words.size() == 1
                ? words.get(0)
                : words.stream().map(ExecRequest::quote).collect(Collectors.joining(" "));
    }

    private static ExecRequest request(List<String> words, boolean terminal, String folder) throws ProtocolException {
        if (words.isEmpty()) {
            throw new ProtocolException("a request holds a command");
        }
        if (words.size() > 1 && words.stream().anyMatch(word -> word.matches("(?s).*\\p{Cntrl}.*"))) {
            throw new ProtocolException("a word holds no line breaks or other control characters");
        }
        return new ExecRequest(List.copyOf(words), terminal, folder);
    }

    /**
     * In single quotes all stands for itself but the quote and the backslash; outside of quotes a backslash makes any
     * character behind it stand for itself, but for control characters, which no word holds. Karaf mistakes a
     * backslash that begins a word, so empty quotes do.
     */
    private static String quote(String word) {
        if (word.matches(PLAIN)) {
            return word;
        }
        if (!word.contains("'") && !word.contains("\\")) {
            return "'" + word + "'";
        }
        return "''" + word.replaceAll("[ -~&&[^A-Za-z0-9]]", "\\\\$0");
    }
}
