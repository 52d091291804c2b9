package org.lunaria.scsi.internal.command;

import java.security.SecureRandom;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.lunaria.scsi.internal.command.RodToken.State;

/**
 * The ROD tokens of the engine: in memory only, so that a restart forgets them. Those that ended are remembered while there is
 * room, to say why. Thread-safe.
 */
public final class RodTokens {
    /** Of the engine, valid or not. */
    static final int LIMIT = 1024;

    /** Valid ones for blocks of a unit, and of these made by one nexus; then INSUFFICIENT RESOURCES TO CREATE ROD TOKEN. */
    static final int UNIT_LIMIT = 256;

    static final int NEXUS_LIMIT = 64;

    private final SecureRandom random = new SecureRandom();
    private final LongSupplier nanoClock;

    /** By COPY MANAGER ROD TOKEN IDENTIFIER, oldest first. */
    private final Map<Long, RodToken> tokens = new LinkedHashMap<>();

    /** @param nanoClock lets tokens expire */
    public RodTokens(LongSupplier nanoClock) {
        this.nanoClock = nanoClock;
    }

    Optional<RodToken> create(RodSource source, long timeoutSeconds) {
        byte[] bytes = RodTokenFormat.token(source, random);
        UnitTokens ofUnit = source.unit().tokens();
        synchronized (this) {
            expire();
            if (ofUnit.isFull(source.access()) || !makeRoom()) {
                return Optional.empty();
            }
            RodToken token =
                    new RodToken(bytes, source, TimeUnit.SECONDS.toNanos(timeoutSeconds), nanoClock.getAsLong());
            tokens.put(RodTokenFormat.identifier(bytes), token);
            ofUnit.add(token);
            return Optional.of(token);
        }
    }

    /** The token that somebody shows, whatever its state. */
    synchronized Optional<RodToken> find(byte[] shown) {
        expire();
        return Optional.ofNullable(tokens.get(RodTokenFormat.identifier(shown))).filter(known -> known.matches(shown));
    }

    /** Somebody begins to work with a token, which does not expire meanwhile; he {@link #release releases} it. */
    void hold(RodToken token) {
        token.hold();
    }

    void release(RodToken token) {
        token.release(nanoClock.getAsLong());
    }

    /** A unit goes, and its tokens are not to keep it in memory. */
    synchronized void forget(UnitTokens ofUnit) {
        tokens.values().removeIf(token -> token.source().unit().tokens() == ofUnit);
    }

    private void expire() {
        tokens.values().forEach(this::expire);
    }

    /** Ends a token that nobody used for its time. */
    void expire(RodToken token) {
        if (token.isValid() && token.expires(nanoClock.getAsLong())) {
            token.end(State.EXPIRED);
        }
    }

    private boolean makeRoom() {
        Iterator<RodToken> oldest = tokens.values().iterator();
        while (tokens.size() >= LIMIT && oldest.hasNext()) {
            if (!oldest.next().isValid()) {
                oldest.remove();
            }
        }
        return tokens.size() < LIMIT;
    }
}
