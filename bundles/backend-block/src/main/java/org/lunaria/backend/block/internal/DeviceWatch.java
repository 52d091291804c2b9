package org.lunaria.backend.block.internal;

import java.util.EnumSet;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.lunaria.backend.BlockBackend.Capability;
import org.lunaria.backend.BlockBackend.Failure;
import org.lunaria.backend.BlockBackend.Fault;
import org.lunaria.backend.BlockBackend.Profile;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a device is now: it grows, gets smaller, loses the right to be written, goes away. The kernel is asked when
 * somebody wants to know and a second has passed, which takes a microsecond, and when an operation failed. Thread-safe;
 * never blocks. Who calls sees to it that the descriptor is open.
 */
final class DeviceWatch {

    private static final Logger LOG = LoggerFactory.getLogger(DeviceWatch.class);
    private static final long PERIOD_NANOS = TimeUnit.SECONDS.toNanos(1);

    /** What the page cache can be asked for, and what it reads and writes. */
    private static final int CACHE_BLOCK_BYTES = 512;

    private static final int PAGE_BYTES = 4096;
    private static final int MAX_TRANSFER_BYTES = 1 << 20;

    private final Device device;
    private final DeviceCalls asked;
    private final LongSupplier nanoTime;
    private final Runnable whenGone;
    private final AtomicLong looked;
    private volatile Profile profile;

    /** @GuardedBy this */
    private boolean gone;

    /** @param whenGone told at each look while the device is gone; must not block */
    DeviceWatch(Device device, DeviceCalls asked, LongSupplier nanoTime, Runnable whenGone) {
        this.device = device;
        this.asked = asked;
        this.nanoTime = nanoTime;
        this.whenGone = whenGone;
        looked = new AtomicLong(nanoTime.getAsLong());
        profile = profile(asked.sizeBytes(), device.writable() && asked.readOnly() == 0);
    }

    Profile profile() {
        return profile;
    }

    /** Asks the kernel whether the device is gone. */
    synchronized boolean isGone() {
        look();
        return gone;
    }

    /** Whether it is time to {@link #look}; true for one caller only. */
    boolean isDue() {
        long before = looked.get();
        long now = nanoTime.getAsLong();
        return now - before >= PERIOD_NANOS && looked.compareAndSet(before, now);
    }

    /** Asks the kernel. */
    synchronized void look() {
        long sizeBytes = asked.sizeBytes();
        boolean goneNow = sizeBytes < device.sectorBytes();
        if (goneNow != gone) {
            gone = goneNow;
            if (goneNow) {
                LOG.error("{}: the device is gone; the volume is offline until it is there again", device);
            } else {
                LOG.info("{}: the device is there again", device);
            }
        }
        if (goneNow) {
            whenGone.run();
        } else {
            compare(profile(sizeBytes, device.writable() && asked.readOnly() == 0));
        }
    }

    /** What a failed operation on a range means, as the device is now. */
    synchronized Failure judge(Failure failure, long offset, long length) {
        look();
        if (gone) {
            return new Failure(Fault.OFFLINE, -1, failure.getMessage() + "; the device is gone", failure);
        }
        boolean cutOff = offset + length > profile.capacityBytes();
        return cutOff && failure.fault() == Fault.NO_SPACE
                ? new Failure(
                        Fault.WRITE_ERROR,
                        failure.offset(),
                        failure.getMessage() + "; the device is smaller than it was",
                        failure)
                : failure;
    }

    private void compare(Profile now) {
        Profile before = profile;
        if (now.equals(before)) {
            return;
        }
        profile = now;
        if (now.capacityBytes() < before.capacityBytes()) {
            LOG.error(
                    "{}: the device has {} bytes, and had {}: what was behind them is lost to initiators",
                    device,
                    now.capacityBytes(),
                    before.capacityBytes());
        } else {
            LOG.info("{}: the device has {} bytes, {}", device, now.capacityBytes(), access(now));
        }
    }

    private static String access(Profile profile) {
        return profile.can(Capability.WRITE) ? "writable" : "read-only";
    }

    private Profile profile(long sizeBytes, boolean writable) {
        Set<Capability> capabilities = EnumSet.noneOf(Capability.class);
        if (writable) {
            capabilities.addAll(Set.of(Capability.WRITE, Capability.DURABLE_WRITE, Capability.WRITE_ZEROES));
        }
        boolean unmaps = writable && device.unmapBytes() > 0;
        if (unmaps) {
            capabilities.add(Capability.UNMAP);
        }
        int blockBytes = device.direct() ? device.sectorBytes() : CACHE_BLOCK_BYTES;
        return new Profile(
                sizeBytes - sizeBytes % blockBytes,
                blockBytes,
                Math.max(device.direct() ? blockBytes : PAGE_BYTES, device.physicalBlockBytes()),
                device.optimalBytes(),
                MAX_TRANSFER_BYTES,
                unmaps ? device.unmapBytes() : 0,
                capabilities);
    }
}
