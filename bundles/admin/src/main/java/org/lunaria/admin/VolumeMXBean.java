package org.lunaria.admin;

/**
 * A volume as a managed bean, {@code org.lunaria:type=Volume,name=NAME}: what {@link Volume} and {@link Traffic} say, at most a second
 * old. Counts are since its logical unit was started, latencies too.
 */
public interface VolumeMXBean {
    String getName();

    String getKind();

    String getState();

    String getDetail();

    long getSizeBytes();

    int getBlockBytes();

    boolean isReadOnly();

    int getInFlight();

    int getHeld();

    int getStalled();

    long getStalledSeconds();

    long getReads();

    long getWrites();

    long getReadBytes();

    long getWrittenBytes();

    long getFailures();

    long getSwaps();

    /** How long commands were held in the last of them, rounded up. */
    long getLastHoldMillis();

    long getLongestHoldMillis();

    /** What it takes where its bytes are, or -1. */
    long getUsedBytes();

    /** Symbolic name of the bundle that its bytes come from, or empty while it has no backend. */
    String getBackendBundle();

    String getBackendVersion();

    /** When it got its backend, as ISO 8601, or empty. */
    String getBackendSince();

    /** The last operation that its backend did not do, in one line, or empty. */
    String getLastFailure();

    double getP50Micros();

    double getP99Micros();

    double getLongestMicros();
}
