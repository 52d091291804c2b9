package org.lunaria.scsi.internal.command;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

/** The valid ROD tokens for blocks of a unit: whoever is about to change them says so first. Thread-safe. */
public final class UnitTokens implements AutoCloseable {
    private final RodTokens all;
    private final List<RodToken> valid = new CopyOnWriteArrayList<>();

    /** @param all those of the engine */
    public UnitTokens(RodTokens all) {
        this.all = all;
    }

    /** Those of the engine, which any of its units takes. */
    RodTokens all() {
        return all;
    }

    /** A new token; empty when there are too many. */
    Optional<RodToken> create(RodSource source, long timeoutSeconds) {
        return all.create(source, timeoutSeconds);
    }

    void add(RodToken token) {
        valid.add(token);
    }

    void remove(RodToken token) {
        valid.remove(token);
    }

    /** Whether there are as many as there may be, of the unit or of them by one access. */
    boolean isFull(Access by) {
        return valid.size() >= RodTokens.UNIT_LIMIT
                || valid.stream().filter(token -> token.source().access() == by).count() >= RodTokens.NEXUS_LIMIT;
    }

    /**
     * Bytes of the medium are about to change: tokens for them are revoked. Called before the medium is changed, so that who
     * finds his token valid after a read has read what the blocks were.
     */
    public void changing(long offset, long length) {
        if (valid.isEmpty()) {
            return;
        }
        for (RodToken token : valid) {
            if (token.source().touches(offset, length)) {
                token.end(RodToken.State.REVOKED);
            } else {
                all.expire(token);
            }
        }
    }

    /** The unit goes. */
    @Override
    public void close() {
        changing(0, Long.MAX_VALUE);
        all.forget(this);
    }
}
