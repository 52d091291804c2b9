package org.lunaria.admin;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A volume.
 *
 * @param name of the volume, its backend and its logical unit
 * @param kind of its backend; empty when the backend's configuration is missing
 * @param state whether it serves
 * @param detail one sentence on why not, or on what is in the way of its store though it serves; or empty
 * @param sizeBytes capacity; 0 while it is not known
 * @param blockBytes logical block length; 0 while it is not known
 * @param serial unit serial number
 * @param naa NAA identifier, in hexadecimal digits
 * @param readOnly whether nobody may write
 * @param mappings the targets that present it
 * @param backend its backend's configuration, without what the framework adds
 * @param unit its logical unit's configuration, likewise
 * @param activity what it did since it was started
 * @param medium whether there is one
 * @param modes where initiators have made mode parameters others than the configuration says, or empty
 * @param space what it takes where its bytes are
 * @param operation of an initiator on its whole medium that is under way, with how far it has come, or has failed; or empty
 * @param provider the bundle that its bytes come from, while it has a backend
 * @param holds the last times in which commands were held, since its backend was exchanged or away; in their order
 * @param lastFailure the last operation that its backend did not do, since the volume was started
 * @param copy how its move to another store goes, while it is moved
 */
public record Volume(
        String name,
        String kind,
        State state,
        String detail,
        long sizeBytes,
        int blockBytes,
        String serial,
        String naa,
        boolean readOnly,
        List<Mapping> mappings,
        Map<String, String> backend,
        Map<String, String> unit,
        Activity activity,
        Medium medium,
        String modes,
        Space space,
        String operation,
        Optional<Provider> provider,
        List<Hold> holds,
        Optional<Failure> lastFailure,
        Optional<Copy> copy) {

    /** Whether a volume serves. */
    public enum State {
        READY,
        /** Configured whole, but its backend is not there. */
        NOT_READY,
        /** One of its two configurations is missing: what a broken-off change or a hand left. To be deleted. */
        INCOMPLETE
    }

    /** What initiators, or {@code volume:eject} and {@code volume:load}, did with its medium last. */
    public enum Medium {
        /** It is always there, or it is not known whether it is. */
        FIXED,
        STARTED,
        /** There, but to be started before it is used. */
        STOPPED,
        EJECTED
    }

    /**
     * What a volume takes of what its bytes come from; some seconds old.
     *
     * @param usedBytes what it takes, or -1 where that is not known
     * @param availableBytes what it may take besides, or -1
     * @param shared whether others may take of what is available
     * @param low whether nothing is left, or no more than its threshold
     */
    public record Space(long usedBytes, long availableBytes, boolean shared, boolean low) {
        public static final Space UNKNOWN = new Space(-1, -1, false, false);
    }

    /**
     * What a logical unit did since it was started.
     *
     * @param inFlight operations under way
     * @param held operations that wait for a backend
     * @param stalled those under way that the backend has for ten seconds or longer
     * @param stalledSeconds how long it has the oldest of them
     * @param swaps backends attached after the first
     * @param lastHoldMillis how long operations waited in the last of them
     * @param longestHoldMillis likewise, the longest
     */
    public record Activity(
            int inFlight,
            int held,
            int stalled,
            long stalledSeconds,
            long swaps,
            long lastHoldMillis,
            long longestHoldMillis,
            long reads,
            long writes,
            long readBytes,
            long writtenBytes,
            long failures) {
        public static final Activity NONE = new Activity(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0);
    }

    /**
     * A bundle that serves bytes.
     *
     * @param bundle its symbolic name
     * @param since when the volume got its backend
     */
    public record Provider(String bundle, String version, Instant since) {}

    /**
     * A time in which commands waited for a backend.
     *
     * @param millis how long it was, rounded up
     */
    public record Hold(Instant began, long millis) {}

    /**
     * An operation that a backend did not do.
     *
     * @param operation READ, WRITE, FLUSH, UNMAP, WRITE_ZEROES or OTHER
     * @param lba the first block that is known to be concerned, or -1
     * @param sense what initiators were answered, in the words of the SCSI standards
     * @param reason the backend's own words
     */
    public record Failure(Instant at, String operation, long lba, String sense, String reason) {

        /** In one line for people. */
        public String text() {
            return at + ": " + operation + (lba < 0 ? "" : " at LBA " + lba) + ": " + sense + " (" + reason + ")";
        }
    }

    /**
     * A move to another store, which gets all bytes while the volume serves, and then takes over.
     *
     * @param to name of the other backend
     * @param copiedBytes how many it has
     * @param totalBytes of how many
     * @param bytesPerSecond over the last second
     * @param detail why it failed or waits, or empty
     */
    public record Copy(String to, State state, long copiedBytes, long totalBytes, long bytesPerSecond, String detail) {

        /** How far a move is. */
        public enum State {
            RUNNING,
            /** The other has everything, and takes over now. */
            IN_SYNC,
            /** It will not come to it; the volume serves as before. */
            FAILED,
            /** The other backend is not there. */
            WAITING
        }
    }
}
