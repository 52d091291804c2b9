package org.lunaria.settings;

/** When a change of a key is taken. */
public enum Moment {
    AT_ONCE("at once"),
    /** The store is closed and opened again. */
    AFTER_A_PAUSE("at once; commands wait a moment"),
    NEXT_LOGIN("at the next login"),
    NEXT_START("at the next start"),
    NEVER("never; refused while it runs");

    private final String text;

    Moment(String text) {
        this.text = text;
    }

    /** In words, for people. */
    @Override
    public String toString() {
        return text;
    }
}
