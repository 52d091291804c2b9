package org.lunaria.admin.internal;

import java.util.function.Supplier;
import org.lunaria.admin.Session;
import org.lunaria.admin.SessionMXBean;
import org.lunaria.admin.Traffic;

/** Gives what is known of a session now, attribute by attribute. Thread-safe. */
record ManagedSession(Supplier<Session> session, Supplier<Traffic.Latency> latency) implements SessionMXBean {

    @Override
    public String getId() {
        return session.get().id();
    }

    @Override
    public String getInitiator() {
        return session.get().initiator();
    }

    @Override
    public String getTarget() {
        return session.get().target();
    }

    @Override
    public String getState() {
        return session.get().state();
    }

    @Override
    public String getSince() {
        return session.get().since().toString();
    }

    @Override
    public int getTasks() {
        return session.get().tasks();
    }

    @Override
    public long getCommands() {
        return session.get().commands();
    }

    @Override
    public long getReadBytes() {
        return session.get().dataInBytes();
    }

    @Override
    public long getWrittenBytes() {
        return session.get().dataOutBytes();
    }

    @Override
    public double getP50Micros() {
        return latency.get().p50Micros();
    }

    @Override
    public double getP99Micros() {
        return latency.get().p99Micros();
    }

    @Override
    public double getLongestMicros() {
        return latency.get().longestMicros();
    }
}
