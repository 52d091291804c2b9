package org.lunaria.iscsi.internal.login;

/** Checksums of a header or a data segment (RFC 7143 13.1). */
public enum Digest {
    NONE("None"),
    CRC32C("CRC32C");

    private final String text;

    Digest(String text) {
        this.text = text;
    }

    /** As it stands in a key's value. */
    public String text() {
        return text;
    }
}
