package org.lunaria.iscsi.internal.session;

import java.net.InetAddress;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.lunaria.iscsi.internal.node.TargetNode;
import org.lunaria.iscsi.internal.wire.BufferPool;
import org.lunaria.iscsi.internal.wire.Share;
import org.lunaria.scsi.LunMap;

/**
 * Which share of the memory the commands of a session are put down to, by their LUN: that of the logical unit which the
 * session's initiator sees there. Confined to the session's thread.
 */
final class UnitShares {
    private final BufferPool pool;
    private final TargetNode target;
    private final String initiatorName;
    private final InetAddress address;
    private final Map<Integer, Share> byNumber = new HashMap<>();

    /** What {@link #byNumber} is true for. */
    private TargetNode.Configuration known;

    private LunMap seen = new LunMap(Map.of());

    /** Most commands are for the unit that the last one was for. */
    private long lastLun;

    private Share last;

    UnitShares(BufferPool pool, TargetNode target, String initiatorName, InetAddress address) {
        this.pool = pool;
        this.target = target;
        this.initiatorName = initiatorName;
        this.address = address;
    }

    /** The share of the unit under a LUN; nobody's when there is none. */
    Share of(long lun) {
        TargetNode.Configuration now = target.configuration();
        if (now != known) {
            known = now;
            seen = now.seenBy(initiatorName, address);
            byNumber.clear();
        } else if (lun == lastLun) {
            return last;
        }
        lastLun = lun;
        last = byNumber.computeIfAbsent(number(lun), this::find);
        return last;
    }

    private Share find(int number) {
        return Optional.ofNullable(seen.units().get(number))
                .map(mapping -> pool.share(mapping.unit()))
                .orElse(pool.nobody());
    }

    /** By peripheral device and by flat space addressing alike (SAM-5 4.7.7); for other methods there are no units. */
    private static int number(long lun) {
        return (int) (lun >>> 48) & LunMap.MAX_LUN;
    }
}
