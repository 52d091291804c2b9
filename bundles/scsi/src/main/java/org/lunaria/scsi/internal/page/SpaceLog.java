package org.lunaria.scsi.internal.page;

import java.nio.ByteBuffer;
import org.lunaria.backend.BlockBackend.Space;

/**
 * Log page 0Ch, Logical Block Provisioning (SBC-4 6.4.5): what a thin disk takes of the resources of its blocks, and what is
 * left, in threshold sets. What is not a whole set is not available, but is used. Stateless.
 */
final class SpaceLog {
    static final int CODE = 0x0C;

    private static final int AVAILABLE = 0x0001;
    private static final int USED = 0x0002;
    private static final int PARAMETER_BYTES = 12;
    private static final int VALUE_BYTES = 8;
    private static final long MOST_SETS = 0xFFFF_FFFFL;

    /** SCOPE: whether other units may take of the resource. */
    private static final int DEDICATED = 1;

    private static final int SHARED = 2;

    private SpaceLog() {}

    static byte[] parameters(Space space) {
        ByteBuffer parameters = ByteBuffer.allocate(2 * PARAMETER_BYTES);
        put(
                parameters,
                AVAILABLE,
                space.availableBytes() / Limits.THRESHOLD_SET_BYTES,
                space.shared() ? SHARED : DEDICATED);
        put(
                parameters,
                USED,
                (space.usedBytes() + Limits.THRESHOLD_SET_BYTES - 1) / Limits.THRESHOLD_SET_BYTES,
                DEDICATED);
        return parameters.array();
    }

    private static void put(ByteBuffer parameters, int code, long sets, int scope) {
        parameters.putShort((short) code).put((byte) LogPages.BINARY_LIST).put((byte) VALUE_BYTES);
        parameters.putInt((int) Math.min(sets, MOST_SETS)).put((byte) scope).put(new byte[3]);
    }
}
