package org.lunaria.shell.internal.console;

import java.io.PrintStream;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** Tells how far long work is, a line every two seconds. Confined to the thread that runs the command. */
public final class ProgressLines {
    private static final long TELL_NANOS = TimeUnit.SECONDS.toNanos(2);

    private final Optional<PrintStream> out;
    private long told = System.nanoTime();

    /** @param out where it is told, if anywhere */
    public ProgressLines(Optional<PrintStream> out) {
        this.out = out;
    }

    /** @param text asked for only when it is time to tell */
    public void tell(Supplier<String> text) {
        if (out.isPresent() && System.nanoTime() - told >= TELL_NANOS) {
            told = System.nanoTime();
            out.get().println(text.get());
            out.get().flush();
        }
    }
}
