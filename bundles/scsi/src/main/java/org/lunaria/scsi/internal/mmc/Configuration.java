package org.lunaria.scsi.internal.mmc;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.function.Predicate;

/** What GET CONFIGURATION returns: the profile that is current, and features (MMC-6 6.6.2). */
public final class Configuration {

    /** REQUESTED TYPE. */
    public enum Requested {
        ALL,
        CURRENT,
        ONE
    }

    private Configuration() {}

    /**
     * @param disc that is in
     * @param from STARTING FEATURE NUMBER, or the one that is asked for
     */
    public static byte[] of(Optional<Disc> disc, Requested requested, int from) {
        Predicate<Feature> wanted = switch (requested) {
            case ALL -> feature -> feature.code() >= from;
            case CURRENT -> feature -> feature.code() >= from && feature.isCurrent(disc);
            case ONE -> feature -> feature.code() == from;
        };
        ByteArrayOutputStream features = new ByteArrayOutputStream();
        for (Feature feature : Feature.values()) {
            if (wanted.test(feature)) {
                features.writeBytes(feature.descriptor(disc));
            }
        }
        int profile = disc.map(in -> in.profile().code()).orElse(0);
        return ByteBuffer.allocate(8 + features.size())
                .putInt(4 + features.size())
                .putShort((short) 0)
                .putShort((short) profile)
                .put(features.toByteArray())
                .array();
    }
}
