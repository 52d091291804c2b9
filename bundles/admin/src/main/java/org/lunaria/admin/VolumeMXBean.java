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

    double getP50Micros();

    double getP99Micros();

    double getLongestMicros();
}
