package org.lunaria.backend.file.internal;

import static org.lunaria.posix.FileCalls.SEEK_END;

import java.util.EnumSet;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongSupplier;
import org.lunaria.backend.BlockBackend.Capability;
import org.lunaria.backend.BlockBackend.Failure;
import org.lunaria.backend.BlockBackend.Fault;
import org.lunaria.backend.BlockBackend.Profile;
import org.lunaria.posix.Durability;
import org.lunaria.posix.FileCalls;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a volume's file is now: somebody may make it larger, cut it off, or take it away. It is looked at when somebody wants to know and a
 * second has passed. Thread-safe.
 */
final class FileWatch {

    private static final Logger LOG = LoggerFactory.getLogger(FileWatch.class);
    private static final long PERIOD_NANOS = TimeUnit.SECONDS.toNanos(1);
    private static final int PHYSICAL_BLOCK_BYTES = 4096;
    private static final int MAX_TRANSFER_BYTES = 1 << 20;

    private final FileCalls calls;
    private final VolumeFile file;
    private final Reservation reservation;
    private final FileLength length;
    private final FilePlace place;
    private final LongSupplier nanoTime;

    /** Whether somebody is about to look. */
    private final AtomicBoolean looking = new AtomicBoolean();

    private volatile long lookedNanos;
    private volatile Profile profile;

    /** Where the file ends for whoever changes it: the capacity, or less when it was cut off. */
    private volatile long endBytes;

    private volatile String trouble = "";

    /** What could not be served, so that it is told once. */
    private long refusedBytes;

    /** @param nanoTime the clock */
    FileWatch(FileCalls calls, VolumeFile file, Reservation reservation, Durability durability, LongSupplier nanoTime) {
        this.calls = calls;
        this.file = file;
        this.reservation = reservation;
        this.length = new FileLength(calls, file, reservation, durability);
        this.place = new FilePlace(file);
        this.nanoTime = nanoTime;
        lookedNanos = nanoTime.getAsLong();
        profile = profile(file.sizeBytes());
        endBytes = profile.capacityBytes();
    }

    Profile profile() {
        return profile;
    }

    /** What is in the way of serving the file as it is; empty if nothing. */
    String trouble() {
        return trouble.isEmpty() ? place.trouble() : trouble;
    }

    /** Where it ends: at the capacity, or before it when it was cut off. */
    long endBytes() {
        return endBytes;
    }

    /** Whether a range lies behind what is left of a file that was cut off. A change of it would make a hole of what is lost. */
    boolean isCutOff(long offset, long length) {
        return offset + length > endBytes;
    }

    /** Whether it is time to {@link #look}; true for one caller, who then does, or {@link #cannotLook}. Never blocks. */
    boolean isDue() {
        return nanoTime.getAsLong() - lookedNanos >= PERIOD_NANOS && looking.compareAndSet(false, true);
    }

    void cannotLook() {
        looking.set(false);
    }

    /**
     * Makes the file larger or smaller, durably. Nobody looks at it meanwhile, nor changes what is behind a smaller size. One that
     * was cut and cannot be flushed stays cut, and is served so. May block.
     */
    synchronized void resize(long capacityBytes) throws Failure {
        Profile before = profile;
        if (endBytes < before.capacityBytes()) {
            throw new Failure(Fault.WRITE_ERROR, -1, trouble);
        }
        if (capacityBytes > before.capacityBytes()) {
            length.extend(before.capacityBytes(), capacityBytes);
            serve(capacityBytes);
        } else if (capacityBytes < before.capacityBytes()) {
            serve(capacityBytes);
            cut(capacityBytes, before);
            length.flush();
        }
    }

    private void cut(long capacityBytes, Profile before) throws Failure {
        try {
            length.cut(capacityBytes);
        } catch (Failure e) {
            serve(before.capacityBytes());
            throw e;
        }
    }

    private void serve(long capacityBytes) {
        profile = profile(capacityBytes);
        endBytes = capacityBytes;
        refusedBytes = 0;
        trouble = "";
    }

    /** Asks for the file's size, and whether it is at its place. May block. */
    synchronized void look() {
        try {
            place.look();
            long sizeBytes = calls.lseek(file.fd(), 0, SEEK_END);
            if (sizeBytes >= 0) {
                compare(sizeBytes);
            }
        } finally {
            lookedNanos = nanoTime.getAsLong();
            looking.set(false);
        }
    }

    private void compare(long sizeBytes) {
        long served = profile.capacityBytes();
        long now = capacity(sizeBytes);
        if (now < served && endBytes != now) {
            trouble = "Somebody has cut the file off: it has " + sizeBytes + " bytes, and had " + served
                    + ". What was behind is lost, and reads and writes there fail; make it as long as it was.";
            LOG.error("{}: {}", file, trouble);
        } else if (now >= served && endBytes < served) {
            trouble = "";
            LOG.warn("{}: the file is as long as it was; what had been cut off reads as zeroes", file);
        }
        endBytes = Math.min(now, served);
        if (now > served && now != refusedBytes) {
            grow(served, now);
        }
    }

    private void grow(long served, long now) {
        refusedBytes = now;
        try {
            if (file.preallocated() && file.writable()) {
                reservation.take(served, now - served);
            }
        } catch (Failure e) {
            trouble = "The file has grown to " + now + " bytes, which are not served: " + e.getMessage()
                    + ". Make room, and make it grow again.";
            LOG.error("{}: {}", file, trouble);
            return;
        }
        LOG.info("{}: the file has grown: it has {} bytes, and had {}", file, now, served);
        profile = profile(now);
        endBytes = now;
        trouble = "";
    }

    /** What of a file can be served. */
    private long capacity(long sizeBytes) {
        return sizeBytes - sizeBytes % file.blockBytes();
    }

    private Profile profile(long sizeBytes) {
        Set<Capability> capabilities = EnumSet.of(Capability.EXTENTS);
        if (file.fileSystem().tellsSpace()) {
            capabilities.add(Capability.SPACE);
        }
        if (file.writable()) {
            capabilities.addAll(
                    Set.of(Capability.WRITE, Capability.DURABLE_WRITE, Capability.WRITE_ZEROES, Capability.RESIZE));
        }
        if (file.punchesHoles()) {
            capabilities.add(Capability.UNMAP);
        }
        if (file.writesAtomically()) {
            capabilities.add(Capability.ATOMIC_WRITE);
        }
        return new Profile(
                capacity(sizeBytes),
                file.blockBytes(),
                PHYSICAL_BLOCK_BYTES,
                0,
                MAX_TRANSFER_BYTES,
                file.punchesHoles() ? file.fileSystem().blockBytes() : 0,
                file.writesAtomically() ? JournalFormat.MOST_DATA_BYTES : 0,
                capabilities);
    }
}
