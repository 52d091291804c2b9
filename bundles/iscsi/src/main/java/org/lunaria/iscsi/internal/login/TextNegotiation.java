package org.lunaria.iscsi.internal.login;

/**
 * Text Requests of one connection in its full feature phase (RFC 7143 6.4, 11.10): SendTargets, and keys that may be
 * declared at any time. Pure; confined to the connection's thread.
 */
public final class TextNegotiation {
    private Parameters parameters;

    /** @param outcome of the login of this connection */
    public TextNegotiation(LoginContext context, LoginOutcome outcome) {
        this.parameters = outcome.parameters();
    }

    public TextStep receive(TextRequest request) {
        throw new UnsupportedOperationException();
    }

    /** What holds now: the login's values, with what the initiator has declared anew since. */
    public Parameters parameters() {
        return parameters;
    }
}
