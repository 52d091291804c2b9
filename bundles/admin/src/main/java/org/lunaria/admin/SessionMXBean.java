package org.lunaria.admin;

/**
 * A session as a managed bean, {@code org.lunaria:type=Session,name=ID}: what {@link Session} and {@link Traffic} say, at most a second
 * old. Counts and latencies are since its login.
 */
public interface SessionMXBean {
    String getId();

    String getInitiator();

    String getTarget();

    String getState();

    /** As ISO 8601. */
    String getSince();

    int getTasks();

    long getCommands();

    long getReadBytes();

    long getWrittenBytes();

    double getP50Micros();

    double getP99Micros();

    double getLongestMicros();
}
