package org.lunaria.shell.internal.exec;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;

/**
 * Drops control sequences for terminals (ECMA-48 5.4, CSI: ESC, {@code [}, parameters, one final byte from {@code @} to
 * {@code ~}), for output that no terminal shows. Confined to one thread at a time.
 */
final class PlainOutputStream extends FilterOutputStream {
    private static final int ESCAPE = 0x1B;

    private enum State {
        TEXT,
        AFTER_ESCAPE,
        IN_SEQUENCE
    }

    private State state = State.TEXT;

    PlainOutputStream(OutputStream out) {
        super(out);
    }

    @Override
    public void write(int b) throws IOException {
        switch (state) {
            case TEXT -> {
                if (b == ESCAPE) {
                    state = State.AFTER_ESCAPE;
                } else {
                    out.write(b);
                }
            }
            case AFTER_ESCAPE -> state = b == '[' ? State.IN_SEQUENCE : State.TEXT;
            case IN_SEQUENCE -> state = b >= '@' && b <= '~' ? State.TEXT : State.IN_SEQUENCE;
        }
    }
}
