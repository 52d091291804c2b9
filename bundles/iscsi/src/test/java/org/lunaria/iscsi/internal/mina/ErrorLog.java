package org.lunaria.iscsi.internal.mina;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** What is logged as an error, and stacks behind it: for a test in which nothing may be. The rest of the log is dropped. */
final class ErrorLog extends OutputStream {
    private static final int LINES_MAX = 200;

    private final PrintStream before = System.err;
    private final ByteArrayOutputStream line = new ByteArrayOutputStream();
    private final List<String> lines = new ArrayList<>();

    private ErrorLog() {}

    /** Reads the log from now on. */
    static ErrorLog begin() {
        ErrorLog log = new ErrorLog();
        System.setErr(new PrintStream(log, true, StandardCharsets.UTF_8));
        return log;
    }

    void end() {
        System.setErr(before);
    }

    synchronized List<String> lines() {
        return List.copyOf(lines);
    }

    @Override
    public synchronized void write(int octet) {
        if (octet != '\n') {
            line.write(octet);
            return;
        }
        String text = line.toString(StandardCharsets.UTF_8);
        line.reset();
        boolean harmless = text.contains("] INFO ") || text.contains("] WARN ");
        if (!harmless && lines.size() < LINES_MAX) {
            lines.add(text);
            before.println(text);
        }
    }
}
