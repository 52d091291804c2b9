package org.lunaria.iscsi.internal.node;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;

/** A user and the secret that proves it (RFC 7143 9.2.1). Immutable; its text holds no secret. */
public final class Account {
    /** Fewer than 96 bits are not to be used without IPsec (RFC 7143 9.2.1). */
    public static final int SECRET_BYTES_MIN = 12;

    public static final int SECRET_BYTES_MAX = 255;
    public static final int USER_BYTES_MAX = 255;

    /** Who proves something with it. */
    public enum Use {
        /** Initiators, to this target. */
        INCOMING,
        /** This target, to initiators. */
        OUTGOING
    }

    private final String name;
    private final String user;
    private final byte[] secret;
    private final Use use;

    /** @param name of the configuration */
    public Account(String name, String user, String secret, Use use) {
        this.name = name;
        this.user = user;
        this.secret = secret.getBytes(StandardCharsets.UTF_8);
        this.use = use;
    }

    public String name() {
        return name;
    }

    public String user() {
        return user;
    }

    public Use use() {
        return use;
    }

    /** Answers a challenge with the secret. */
    public byte[] response(ChapDigest digest, int identifier, byte[] challenge) {
        return digest.response(identifier, secret, challenge);
    }

    /** Whether both have the same secret, which must not be for the two directions of one login (RFC 7143 9.2.1). */
    public boolean sharesSecretWith(Account other) {
        return MessageDigest.isEqual(secret, other.secret);
    }

    @Override
    public String toString() {
        return "account " + name + " (user " + user + ")";
    }
}
