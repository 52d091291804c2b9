package org.lunaria.admin.internal;

import java.util.function.Supplier;
import org.lunaria.admin.Traffic;
import org.lunaria.admin.Volume;
import org.lunaria.admin.VolumeMXBean;

/** Gives what is known of a volume now, attribute by attribute. Thread-safe. */
record ManagedVolume(Supplier<Volume> volume, Supplier<Traffic.Latency> latency) implements VolumeMXBean {

    @Override
    public String getName() {
        return volume.get().name();
    }

    @Override
    public String getKind() {
        return volume.get().kind();
    }

    @Override
    public String getState() {
        return volume.get().state().name();
    }

    @Override
    public String getDetail() {
        return volume.get().detail();
    }

    @Override
    public long getSizeBytes() {
        return volume.get().sizeBytes();
    }

    @Override
    public int getBlockBytes() {
        return volume.get().blockBytes();
    }

    @Override
    public boolean isReadOnly() {
        return volume.get().readOnly();
    }

    @Override
    public int getInFlight() {
        return activity().inFlight();
    }

    @Override
    public int getHeld() {
        return activity().held();
    }

    @Override
    public int getStalled() {
        return activity().stalled();
    }

    @Override
    public long getStalledSeconds() {
        return activity().stalledSeconds();
    }

    @Override
    public long getReads() {
        return activity().reads();
    }

    @Override
    public long getWrites() {
        return activity().writes();
    }

    @Override
    public long getReadBytes() {
        return activity().readBytes();
    }

    @Override
    public long getWrittenBytes() {
        return activity().writtenBytes();
    }

    @Override
    public long getFailures() {
        return activity().failures();
    }

    @Override
    public long getSwaps() {
        return activity().swaps();
    }

    @Override
    public long getLastHoldMillis() {
        return activity().lastHoldMillis();
    }

    @Override
    public long getLongestHoldMillis() {
        return activity().longestHoldMillis();
    }

    @Override
    public long getUsedBytes() {
        return volume.get().space().usedBytes();
    }

    @Override
    public String getBackendBundle() {
        return volume.get().provider().map(Volume.Provider::bundle).orElse("");
    }

    @Override
    public String getBackendVersion() {
        return volume.get().provider().map(Volume.Provider::version).orElse("");
    }

    @Override
    public String getBackendSince() {
        return volume.get()
                .provider()
                .map(provider -> provider.since().toString())
                .orElse("");
    }

    @Override
    public String getLastFailure() {
        return volume.get().lastFailure().map(Volume.Failure::text).orElse("");
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

    private Volume.Activity activity() {
        return volume.get().activity();
    }
}
