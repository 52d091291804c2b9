package org.lunaria.iscsi.internal.node;

import java.util.List;

/**
 * What has to be proved in a login (RFC 7143 clause 12). Immutable.
 *
 * @param accounts names of those that may be used; they need not exist yet
 * @param digests of CHAP that may be used
 */
public record Authentication(Method method, List<String> accounts, List<ChapDigest> digests) {

    public enum Method {
        /** Nothing. */
        NONE,
        /** The initiator proves who it is. */
        CHAP,
        /** The target does as well, to initiators that ask it to. */
        MUTUAL
    }

    public static final Authentication NONE = new Authentication(Method.NONE, List.of(), ChapDigest.DEFAULT);

    public Authentication {
        accounts = List.copyOf(accounts);
        digests = List.copyOf(digests);
    }

    public boolean isRequired() {
        return method != Method.NONE;
    }
}
