package org.lunaria.settings;

/** A configuration that cannot be taken. Its message is one sentence: instance, key, value, range, what to do. */
public final class InvalidSetting extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    public InvalidSetting(String message) {
        super(message);
    }
}
