package org.lunaria.iscsi.internal.node;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.lunaria.iscsi.internal.node.TargetDirectory.Absence;
import org.lunaria.scsi.LunMap;

class TargetDirectoryTest {
    private static final String IQN = "iqn.2026-11.org.lunaria:a";

    private final AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - 5);
    private final TargetDirectory directory = new TargetDirectory(nanos::get, Duration.ofSeconds(30));
    private final TargetNode node = node("a", IQN);

    @Test
    void aTargetIsFoundByItsNameUntilItIsRemoved() {
        directory.add(node);
        assertEquals(Optional.of(node), directory.find(IQN));
        directory.remove(node, Absence.REMOVED);
        assertEquals(Optional.empty(), directory.find(IQN));
        assertEquals(Absence.REMOVED, directory.absence(IQN));
    }

    @Test
    void aNameThatIsTakenIsNotGivenAgain() {
        directory.add(node);
        assertEquals(Optional.of(node), directory.add(node("b", IQN)));
        assertEquals(List.of(node), directory.all());
    }

    @Test
    void removingATargetThatWasNeverAddedLeavesTheOneOfThatNameAlone() {
        directory.add(node);
        directory.remove(node("b", IQN), Absence.REMOVED);
        assertEquals(Optional.of(node), directory.find(IQN));
    }

    @Test
    void whileTheApplianceStartsAnUnknownTargetIsOneThatMayStillCome() {
        assertEquals(Absence.UNAVAILABLE, directory.absence(IQN));
        nanos.addAndGet(Duration.ofSeconds(30).toNanos());
        assertEquals(Absence.UNKNOWN, directory.absence(IQN));
    }

    @Test
    void aTargetThatComesBackIsNoLongerAbsent() {
        directory.add(node);
        directory.remove(node, Absence.UNAVAILABLE);
        directory.add(node);
        assertEquals(Optional.of(node), directory.find(IQN));
    }

    @Test
    void onlySoManyAbsentTargetsAreRemembered() {
        nanos.addAndGet(Duration.ofSeconds(30).toNanos());
        for (int i = 0; i < 1000; i++) {
            TargetNode passing = node("n" + i, IQN + i);
            directory.add(passing);
            directory.remove(passing, Absence.REMOVED);
        }
        assertEquals(Absence.UNKNOWN, directory.absence(IQN + 0));
        assertEquals(Absence.REMOVED, directory.absence(IQN + 999));
    }

    private static TargetNode node(String name, String iqn) {
        return new TargetNode(
                new TargetNode.Configuration(
                        name, iqn, "", Set.of(), new LunMap(Map.of()), AccessList.NOBODY, Limits.DEFAULT),
                new SilentScsiTarget(iqn),
                luns -> true);
    }
}
