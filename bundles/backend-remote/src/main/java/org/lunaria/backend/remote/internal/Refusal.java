package org.lunaria.backend.remote.internal;

import java.io.IOException;

/**
 * A connection ends because this side will not go on: the server broke the protocol, refused what is needed, or was silent
 * for too long. The message is a clause for the log. It may be at work on requests still: see {@link Session}.
 */
final class Refusal extends IOException {
    private static final long serialVersionUID = 1L;

    Refusal(String message) {
        super(message);
    }

    /** The server breaks a rule of the protocol. */
    static Refusal nonsense(String what) {
        return new Refusal("the server does not keep to the NBD protocol: " + what);
    }
}
