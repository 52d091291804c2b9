package org.lunaria.exchange.document;

/** What becomes of what a document does not mention. */
public enum Mode {
    /** It stays: a document that was meant to add takes nothing from hosts that are logged in. */
    MERGE,
    /** It goes; data never does. */
    REPLACE
}
