package org.lunaria.admin;

/**
 * A request that the appliance does not fulfil, and that left everything as it was. The message is one sentence for the
 * administrator: what is wrong, with which value, and what to do.
 */
public final class ApplianceException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public ApplianceException(String message) {
        super(message);
    }

    public ApplianceException(String message, Throwable cause) {
        super(message, cause);
    }
}
