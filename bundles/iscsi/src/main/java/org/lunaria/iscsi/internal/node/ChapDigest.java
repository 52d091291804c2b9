package org.lunaria.iscsi.internal.node;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The values of CHAP_A (RFC 7143 12.1.3; IANA's PPP Authentication Algorithms). */
public enum ChapDigest {
    MD5(5, "MD5"),
    SHA1(6, "SHA-1"),
    SHA_256(7, "SHA-256"),
    SHA3_256(8, "SHA3-256");

    /** What a target takes that says nothing else. The other two are broken, or nearly so. */
    public static final List<ChapDigest> DEFAULT = List.of(SHA3_256, SHA_256);

    private final int code;
    private final String text;

    ChapDigest(int code, String text) {
        this.code = code;
        this.text = text;
    }

    public static Optional<ChapDigest> of(long code) {
        return Stream.of(values()).filter(digest -> digest.code == code).findFirst();
    }

    /** The digest of a name as this gives it. */
    public static Optional<ChapDigest> named(String text) {
        return Stream.of(values())
                .filter(digest -> digest.text.equalsIgnoreCase(text))
                .findFirst();
    }

    public int code() {
        return code;
    }

    /** Whether this Java virtual machine has it: one that keeps to FIPS 140 has no MD5. */
    public boolean isThere() {
        try {
            MessageDigest.getInstance(text);
            return true;
        } catch (NoSuchAlgorithmException e) {
            return false;
        }
    }

    /** The response to a challenge (RFC 1994 4.1): the digest of identifier, secret and challenge. */
    public byte[] response(int identifier, byte[] secret, byte[] challenge) {
        try {
            MessageDigest digest = MessageDigest.getInstance(text);
            digest.update((byte) identifier);
            digest.update(secret);
            return digest.digest(challenge);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Its name, as a configuration says it. */
    @Override
    public String toString() {
        return text;
    }
}
