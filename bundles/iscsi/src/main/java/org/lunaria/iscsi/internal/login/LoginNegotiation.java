package org.lunaria.iscsi.internal.login;

/**
 * The target's side of one login (RFC 7143 clause 6): from the first Login Request of a connection to the full feature
 * phase, or to a refusal. Pure: does no I/O and waits for nothing. Confined to the connection's thread.
 */
public final class LoginNegotiation {
    private final LoginContext context;

    public LoginNegotiation(LoginContext context) {
        this.context = context;
    }

    /** Takes the next request. Not to be called after a response that ends the login, nor before an Establish is answered. */
    public LoginStep receive(LoginRequest request) {
        throw new UnsupportedOperationException(String.valueOf(context));
    }

    /** The last response of the login, when the session of the {@link LoginStep.Establish} is made. */
    public LoginResponse established(int tsih) {
        throw new UnsupportedOperationException();
    }

    /** The last response when the session could not be made. */
    public LoginResponse refused(LoginStatus status) {
        throw new UnsupportedOperationException();
    }
}
