package org.lunaria.backend.remote.internal;

import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import org.lunaria.backend.BlockBackend.Capability;
import org.lunaria.backend.BlockBackend.Profile;

/**
 * What a server says of an export in the handshake. Immutable, checked.
 *
 * @param sizeBytes above 0
 * @param flags transmission flags
 * @param minimumBytes block size minimum, a power of two up to 4096; 1 where the server names none
 * @param preferredBytes block size preferred, a power of two
 * @param payloadBytes most that a read or write may move
 * @param structured whether replies are structured
 * @param allocation identifier of the context base:allocation, or {@link #NO_CONTEXT}
 */
record Export(
        long sizeBytes,
        int flags,
        int minimumBytes,
        int preferredBytes,
        int payloadBytes,
        boolean structured,
        long allocation) {

    static final long NO_CONTEXT = -1;

    /** What the SCSI engine asks for at least. */
    private static final int BLOCK_BYTES = 512;

    private static final int PHYSICAL_BLOCK_BYTES = 4096;
    private static final int MAX_TRANSFER_BYTES = 1 << 20;

    boolean has(int flag) {
        return (flags & flag) != 0;
    }

    /** Each write is sent with FUA, and a flush has nothing to do: a server without flush can be used no other way. */
    boolean writeThrough() {
        return !has(Nbd.SEND_FLUSH) && has(Nbd.SEND_FUA);
    }

    /** Whether it takes writes and can be asked to make them durable. */
    boolean writable() {
        return !has(Nbd.READ_ONLY) && (has(Nbd.SEND_FLUSH) || has(Nbd.SEND_FUA));
    }

    /** Whether it can do what may have been asked of the volume when its server could do more. */
    boolean takes(Operation<?> operation) {
        boolean durable = !operation.durable || has(Nbd.SEND_FUA);
        return switch (operation.kind) {
            case READ, FLUSH -> true;
            case WRITE -> writable() && durable;
            case ZERO -> writable() && durable && has(Nbd.SEND_WRITE_ZEROES);
            case STATUS -> allocation != NO_CONTEXT;
        };
    }

    /**
     * What a volume becomes that goes on with this export.
     *
     * @param before what it was for its users, or empty if it has had none; given back where nothing has changed
     * @param owes whether it has changes that are to be done again
     * @throws Refusal where it cannot go on with it
     */
    Profile profileAfter(Optional<Profile> before, boolean owes) throws Refusal {
        if (sizeBytes < Math.max(BLOCK_BYTES, minimumBytes)) {
            throw new Refusal("the export has no bytes");
        }
        Profile now = profile();
        if (before.isPresent()) {
            Profile was = before.get();
            if (now.capacityBytes() < was.capacityBytes() || now.blockBytes() != was.blockBytes()) {
                throw new Refusal("the export has " + now.capacityBytes() + " bytes in blocks of " + now.blockBytes()
                        + " now, and had " + was.capacityBytes() + " in blocks of " + was.blockBytes());
            }
        }
        if (owes && !writable()) {
            throw new Refusal("the export cannot be written to any more, and what was written is not durable");
        }
        return before.filter(now::equals).orElse(now);
    }

    private Profile profile() {
        int block = Math.max(BLOCK_BYTES, minimumBytes);
        int physical = Math.max(PHYSICAL_BLOCK_BYTES, block);
        Set<Capability> capabilities = capabilities();
        return new Profile(
                sizeBytes / block * block,
                block,
                physical,
                0,
                MAX_TRANSFER_BYTES,
                capabilities.contains(Capability.UNMAP) ? Math.max(physical, preferredBytes) : 0,
                capabilities);
    }

    private Set<Capability> capabilities() {
        Set<Capability> capabilities = EnumSet.noneOf(Capability.class);
        if (writable()) {
            capabilities.add(Capability.WRITE);
            if (has(Nbd.SEND_FUA)) {
                capabilities.add(Capability.DURABLE_WRITE);
            }
            if (has(Nbd.SEND_WRITE_ZEROES)) {
                capabilities.add(Capability.WRITE_ZEROES);
                // Not NBD_CMD_TRIM: what is read after that is anything.
                capabilities.add(Capability.UNMAP);
            }
        }
        if (allocation != NO_CONTEXT) {
            capabilities.add(Capability.EXTENTS);
        }
        return capabilities;
    }
}
