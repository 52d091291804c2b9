package org.lunaria.admin;

import java.util.List;

/**
 * A store that is open.
 *
 * @param id name of the volume that it serves
 * @param kind of backend
 * @param bundle symbolic name of the bundle that it comes from
 * @param version of that bundle
 * @param capabilities what it can do beyond reading
 */
public record Backend(
        String id,
        String kind,
        String bundle,
        String version,
        long capacityBytes,
        int blockBytes,
        int physicalBlockBytes,
        int optimalBytes,
        int maxTransferBytes,
        int unmapBytes,
        List<String> capabilities) {}
