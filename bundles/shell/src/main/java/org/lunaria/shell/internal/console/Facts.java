package org.lunaria.shell.internal.console;

import java.io.PrintStream;
import java.util.LinkedHashMap;
import java.util.Map;

/** What is known of one thing, a line each: name and value. Empty values are left out. Confined to one thread. */
public final class Facts {
    private final Map<String, String> facts = new LinkedHashMap<>();

    public Facts add(String name, Object value) {
        String text = value.toString();
        if (!text.isEmpty()) {
            facts.put(name, text);
        }
        return this;
    }

    /** Without adornment, for programs that cut lines at tabs. */
    public void printPlain(PrintStream out) {
        facts.forEach((name, value) -> out.println(name + "\t" + value));
    }

    public void print(PrintStream out) {
        int width = facts.keySet().stream().mapToInt(String::length).max().orElse(0);
        facts.forEach((name, value) -> out.println(name + " ".repeat(width - name.length()) + "  " + value));
    }
}
