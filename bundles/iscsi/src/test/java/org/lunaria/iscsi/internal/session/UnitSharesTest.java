package org.lunaria.iscsi.internal.session;

import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;

import java.net.InetAddress;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.lunaria.iscsi.internal.node.AccessList;
import org.lunaria.iscsi.internal.node.Limits;
import org.lunaria.iscsi.internal.node.SilentScsiTarget;
import org.lunaria.iscsi.internal.node.TargetNode;
import org.lunaria.iscsi.internal.wire.BufferPool;
import org.lunaria.scsi.LunMap;

class UnitSharesTest {
    private static final String HOST = "iqn.2001-04.com.example:host";

    private final BufferPool pool = new BufferPool(1 << 20);
    private final TargetNode target = target("one", Map.of(0, "disk", 1, "other"));
    private final UnitShares shares = shares(target);

    @Test
    void aUnitHasOneShareUnderWhateverTargetAndNumber() {
        UnitShares elsewhere = shares(target("two", Map.of(300, "disk")));
        assertSame(shares.of(0), elsewhere.of(lun(0x4000 + 300)));
        assertSame(shares.of(0), shares.of(lun(0x4000)));
        assertNotSame(shares.of(0), shares.of(lun(1)));
        assertSame(shares.of(lun(1)), shares.of(lun(1)));
    }

    @Test
    void aNumberWithoutAUnitIsNobodys() {
        assertSame(pool.nobody(), shares.of(lun(7)));
        assertSame(pool.nobody(), shares.of(-1));
    }

    @Test
    void whatIsMappedAnewCountsForTheNewUnit() {
        assertSame(pool.share("disk"), shares.of(0));
        target.reconfigure(configuration("one", Map.of(0, "other")));
        assertSame(pool.share("other"), shares.of(0));
        assertSame(pool.nobody(), shares.of(lun(1)));
    }

    private static long lun(int firstLevel) {
        return (long) firstLevel << 48;
    }

    private UnitShares shares(TargetNode of) {
        return new UnitShares(pool, of, HOST, InetAddress.getLoopbackAddress());
    }

    private static TargetNode target(String name, Map<Integer, String> units) {
        return new TargetNode(configuration(name, units), new SilentScsiTarget(iqn(name)), luns -> true);
    }

    private static String iqn(String name) {
        return "iqn.2026-11.org.lunaria:" + name;
    }

    private static TargetNode.Configuration configuration(String name, Map<Integer, String> units) {
        Map<Integer, LunMap.Mapping> luns = units.entrySet().stream()
                .collect(Collectors.toMap(Map.Entry::getKey, unit -> new LunMap.Mapping(unit.getValue(), false)));
        return new TargetNode.Configuration(
                name, iqn(name), "", Set.of(), new LunMap(luns), AccessList.of(List.of("any")), Limits.DEFAULT);
    }
}
