package org.lunaria.backend.remote.internal;

import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.lunaria.settings.Settings;

/**
 * What an administrator asks for, checked as far as that goes without asking the server. Immutable; equal when all that was
 * asked for is equal.
 *
 * @param id the volume's name
 * @param uri where the export is
 * @param connections at most, where the server allows more than one
 * @param timeoutMillis within which the server answers
 * @param reconnectMillis for which operations wait for a server that is away
 * @param unflushedBytes of changes that are kept to be done again, a multiple of 1 MiB
 * @param tls files and names; nothing of what is in the files
 */
record RemoteSettings(
        String id,
        NbdUri uri,
        int connections,
        int timeoutMillis,
        int reconnectMillis,
        long unflushedBytes,
        TlsSettings tls) {

    static final String FACTORY_PID = "org.lunaria.backend.remote";

    private static final long MIB = 1 << 20;

    /** How often it is looked whether something takes too long, at most. */
    private static final int TICK_MILLIS_MOST = 500;

    static RemoteSettings of(Settings source) {
        String id = source.requiredText("backend.id", "give the name of the volume");
        NbdUri uri = uri(source);
        long unflushed = source.number("unflushedBytes");
        if (unflushed % MIB != 0) {
            throw source.invalid("unflushedBytes", "give a multiple of 1048576");
        }
        return new RemoteSettings(
                id,
                uri,
                (int) source.number("connections"),
                (int) source.number("timeoutMillis"),
                (int) source.number("reconnectMillis"),
                unflushed,
                TlsSettings.of(source, uri));
    }

    /** Whether another configuration is of the same export, so that it can take this one's place. */
    boolean isOfSameExport(RemoteSettings other) {
        return id.equals(other.id) && uri.equals(other.uri);
    }

    /** The configuration with the checks that every component of ours makes. */
    static Settings source(Map<String, ?> properties) {
        return new Settings(FACTORY_PID, properties, RemoteConfig.class);
    }

    long timeoutNanos() {
        return TimeUnit.MILLISECONDS.toNanos(timeoutMillis);
    }

    long reconnectNanos() {
        return TimeUnit.MILLISECONDS.toNanos(reconnectMillis);
    }

    int tickMillis() {
        return Math.min(TICK_MILLIS_MOST, timeoutMillis / 4);
    }

    long tickNanos() {
        return TimeUnit.MILLISECONDS.toNanos(tickMillis());
    }

    /** As it is named in logs. */
    @Override
    public String toString() {
        return "volume " + id + " (remote)";
    }

    private static NbdUri uri(Settings source) {
        String text = source.requiredText("uri", "give the address of an export, such as nbd://host:10809/export");
        try {
            return NbdUri.parse(text);
        } catch (IllegalArgumentException e) {
            throw source.invalid("uri", e.getMessage());
        }
    }
}
