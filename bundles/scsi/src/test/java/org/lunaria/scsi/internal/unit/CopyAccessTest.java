package org.lunaria.scsi.internal.unit;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.lunaria.scsi.internal.unit.CopyStand.BOTH;
import static org.lunaria.scsi.internal.unit.CopyStand.DISK;
import static org.lunaria.scsi.internal.unit.CopyStand.OTHER;
import static org.lunaria.scsi.internal.unit.CopyStand.begin;
import static org.lunaria.scsi.internal.unit.CopyStand.blocks;
import static org.lunaria.scsi.internal.unit.CopyStand.filled;
import static org.lunaria.scsi.internal.unit.CopyStand.forwardedSense;
import static org.lunaria.scsi.internal.unit.CopyStand.forwardedStatus;

import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.lunaria.backend.ArrayBackend;
import org.lunaria.backend.SlowBackend;
import org.lunaria.scsi.LunMap;
import org.lunaria.scsi.LunMap.Mapping;
import org.lunaria.scsi.ScsiStatus;
import org.lunaria.scsi.SenseCode;
import org.lunaria.scsi.TaskManagement.Function;
import org.lunaria.scsi.TaskManagement.Response;
import org.lunaria.scsi.internal.reservation.ReservationType;
import org.lunaria.scsi.internal.reservation.ReserveOutAction;

/**
 * A copy reaches what its nexus may reach, and no more (CVE-2020-28374): masks, read-only mappings, reservations and resets
 * hold for it, also when they come while it is under way.
 */
class CopyAccessTest {
    private final ArrayBackend disk = filled(1);
    private final ArrayBackend otherDisk = filled(2);
    private final SlowBackend slow = new SlowBackend(disk);
    private final CopyStand stand = new CopyStand(slow, otherDisk);
    private LunMap seen = BOTH;
    private final Initiator host;

    CopyAccessTest() {
        slow.letThrough(true);
        host = stand.bench.newInitiator("host", () -> seen).ready();
        while (host.onLun(1, 0, 0x00).status() != ScsiStatus.GOOD) {
            // It hears the unit attentions of LUN 1 too.
        }
    }

    private void see(Map<Integer, Mapping> units) {
        seen = new LunMap(units);
        stand.bench.target().remap();
        while (host.command(0x00).status() != ScsiStatus.GOOD) {
            // It hears that its LUNs are others.
        }
    }

    private Answer copy(byte[] list) {
        return begin(host, 0, list).answer();
    }

    private void assertNothingWasCopied() {
        assertArrayEquals(blocks(filled(1), 0, 2048), blocks(disk, 0, 2048));
        assertArrayEquals(blocks(filled(2), 0, 2048), blocks(otherDisk, 0, 2048));
    }

    @Test
    void aUnitThatIsMaskedIsAsOneThatDoesNotExist() {
        see(Map.of(0, DISK));
        CopyLists absent = new CopyLists().naa("3123456789abcdef").naa("3fedcba987654321");
        for (boolean reads : new boolean[] {true, false}) {
            int lba = reads ? 5 : 9;
            Answer masked = copy(
                    reads
                            ? stand.both().copy(1, lba, 0, 0, 8).lid1(1)
                            : stand.both().copy(0, 0, 1, lba, 8).lid1(1));
            Answer none = copy(
                    reads
                            ? absent.copy(1, lba, 0xFFFF, 0, 8).lid1(1)
                            : absent.copy(0xFFFF, 0, 1, lba, 8).lid1(1));
            assertEquals(SenseCode.COPY_TARGET_DEVICE_NOT_REACHABLE, masked.code());
            assertEquals(SenseCode.COPY_TARGET_DEVICE_NOT_REACHABLE, none.code());
        }
        assertEquals(
                SenseCode.COPY_TARGET_DEVICE_NOT_REACHABLE,
                copy(stand.both().verify(1, false).lid1(1)).code());
        assertNothingWasCopied();
    }

    @Test
    void theAnswersForAMaskedUnitAndForNoneAreTheSameBytes() {
        see(Map.of(0, DISK));
        byte[] list = stand.both().copy(0, 0, 1, 0, 8).lid1(1);
        byte[] absent = list.clone();
        absent[CopyLists.LID1_HEADER + 32 + 15] ^= 0x55;
        assertArrayEquals(copy(list).sense(), copy(absent).sense());
    }

    @Test
    void aUnitOfAnotherTargetIsNotReached() {
        see(Map.of(0, DISK));
        var elsewhere = stand.bench.engine().create("iqn.2026-11.example:elsewhere");
        new Initiator(elsewhere, "host", 1, () -> new LunMap(Map.of(0, OTHER)));
        assertEquals(
                SenseCode.COPY_TARGET_DEVICE_NOT_REACHABLE,
                copy(stand.both().copy(1, 0, 0, 0, 8).lid1(1)).code());
        assertNothingWasCopied();
    }

    @Test
    void aUnitThatIsUnmaskedIsReachedAtOnce() {
        see(Map.of(0, DISK));
        byte[] list = stand.both().copy(0, 0, 1, 0, 8).lid1(1);
        assertEquals(SenseCode.COPY_TARGET_DEVICE_NOT_REACHABLE, copy(list).code());
        see(Map.of(0, DISK, 7, OTHER));
        assertEquals(ScsiStatus.GOOD, copy(list).status());
        assertArrayEquals(blocks(disk, 0, 8), blocks(otherDisk, 0, 8));
    }

    @Test
    void aUnitThatIsTakenAwayMeanwhileIsWrittenToNoMore() {
        slow.letThrough(false);
        Initiator.Sent copy = begin(host, 0, stand.both().copy(0, 0, 1, 0, 2048).lid1(1));
        assertEquals(4, slow.held().size());
        slow.release();
        assertArrayEquals(blocks(disk, 0, 256), blocks(otherDisk, 0, 256));
        seen = new LunMap(Map.of(0, DISK));
        stand.bench.target().remap();
        while (!slow.held().isEmpty()) {
            slow.release();
        }
        assertEquals(SenseCode.COPY_TARGET_DEVICE_NOT_REACHABLE, copy.answer().code());
        assertArrayEquals(blocks(filled(2), 256, 1792), blocks(otherDisk, 256, 1792));
    }

    @Test
    void aReadOnlyUnitIsASourceAndNoDestination() {
        see(Map.of(0, DISK, 1, new Mapping("other", true)));
        Answer answer = copy(stand.both().copy(0, 0, 1, 0, 8).lid1(1));
        assertEquals(SenseCode.THIRD_PARTY_DEVICE_FAILURE, answer.code());
        assertEquals("list 48.7", answer.pointer());
        assertEquals("7/27/00", forwardedSense(answer));
        assertNothingWasCopied();
        assertEquals(
                ScsiStatus.GOOD, copy(stand.both().copy(1, 0, 0, 0, 8).lid1(1)).status());
        assertArrayEquals(blocks(otherDisk, 0, 8), blocks(disk, 0, 8));
    }

    @Test
    void whoSeesAUnitUnderTwoNumbersWritesThroughTheOneThatItMay() {
        see(Map.of(0, DISK, 1, new Mapping("other", true), 2, OTHER));
        assertEquals(
                ScsiStatus.GOOD, copy(stand.both().copy(0, 0, 1, 0, 8).lid1(1)).status());
        assertArrayEquals(blocks(disk, 0, 8), blocks(otherDisk, 0, 8));
    }

    @Test
    void aUnitThatBecomesReadOnlyMeanwhileIsWrittenToNoMore() {
        slow.letThrough(false);
        Initiator.Sent copy = begin(host, 0, stand.both().copy(0, 0, 1, 0, 2048).lid1(1));
        slow.release();
        seen = new LunMap(Map.of(0, DISK, 1, new Mapping("other", true)));
        stand.bench.target().remap();
        while (!slow.held().isEmpty()) {
            slow.release();
        }
        assertEquals("7/27/00", forwardedSense(copy.answer()));
        assertArrayEquals(blocks(filled(2), 256, 1792), blocks(otherDisk, 256, 1792));
    }

    @Test
    void reservationsOfAnotherKeepACopyOut() {
        Initiator cluster = stand.bench.initiator("cluster");
        ReserveCommands.register(cluster, 0, 7);
        for (ReservationType type :
                new ReservationType[] {ReservationType.WRITE_EXCLUSIVE, ReservationType.EXCLUSIVE_ACCESS}) {
            ReserveCommands.reserve(cluster, 7, type);
            Answer write =
                    begin(host, 1, stand.both().copy(1, 0, 0, 0, 8).lid1(1)).answer();
            assertEquals(SenseCode.THIRD_PARTY_DEVICE_FAILURE, write.code());
            assertEquals(ScsiStatus.RESERVATION_CONFLICT.code(), forwardedStatus(write));
            assertEquals(
                    ScsiStatus.RESERVATION_CONFLICT,
                    copy(stand.both().copy(0, 0, 1, 0, 8).lid1(1)).status());
            assertNothingWasCopied();
            Answer read =
                    begin(host, 1, stand.both().copy(0, 0, 1, 0, 8).lid1(1)).answer();
            boolean readable = type == ReservationType.WRITE_EXCLUSIVE;
            assertEquals(readable ? ScsiStatus.GOOD : ScsiStatus.CHECK_CONDITION, read.status());
            otherDisk.contents(0, blocks(filled(2), 0, 8));
            ReserveCommands.release(cluster, 7, type);
        }
    }

    @Test
    void preemptAndAbortWaitsForWhatACopyIsWritingAndLetsItWriteNoMore() {
        Initiator cluster = stand.bench.initiator("cluster");
        ReserveCommands.register(host, 0, 1);
        ReserveCommands.reserve(host, 1, ReservationType.EXCLUSIVE_ACCESS);
        ReserveCommands.register(cluster, 0, 2);
        slow.letThrough(false);
        Initiator.Sent copy = begin(host, 1, stand.both().copy(1, 0, 0, 0, 2048).lid1(1));
        assertEquals(4, slow.held().size());
        Initiator.Sent fence = ReserveCommands.begin(
                cluster,
                ReserveOutAction.PREEMPT_AND_ABORT,
                ReservationType.EXCLUSIVE_ACCESS.code(),
                ReserveCommands.list(2, 1, 0));
        for (int left = 4; left > 0; left--) {
            assertFalse(fence.isAnswered());
            slow.release();
        }
        assertEquals(ScsiStatus.GOOD, fence.answer().status());
        assertEquals(0, slow.held().size());
        assertEquals(SenseCode.COPY_TARGET_DEVICE_NOT_REACHABLE, copy.answer().code());
        assertArrayEquals(blocks(filled(1), 1024, 1024), blocks(disk, 1024, 1024));
    }

    @Test
    void anOrderedTaskThatWaitsForTheCopyDoesNotHinderIt() {
        slow.letThrough(false);
        Initiator.Sent copy =
                begin(host, 0, stand.both().copy(0, 0, 0, 1024, 1024).lid1(1));
        Initiator.Sent ordered = host.beginRead(org.lunaria.scsi.TaskAttribute.ORDERED);
        while (!copy.isAnswered()) {
            slow.release();
        }
        assertEquals(ScsiStatus.GOOD, copy.answer().status());
        slow.releaseAll();
        assertTrue(ordered.isAnswered());
    }

    @Test
    void commandsOfACopyAreNotTasksThatTheInitiatorHas() {
        slow.letThrough(false);
        Initiator.Sent copy = begin(host, 1, stand.both().copy(1, 0, 0, 0, 8).lid1(1));
        assertEquals(
                Optional.of(Response.FUNCTION_COMPLETE),
                host.manage(Function.QUERY_TASK_SET, 0, 0).response());
        assertEquals(
                Optional.of(Response.FUNCTION_SUCCEEDED),
                host.manage(Function.QUERY_TASK_SET, 1, 0).response());
        slow.releaseAll();
        assertEquals(ScsiStatus.GOOD, copy.answer().status());
    }

    @Test
    void aResetOfTheDestinationEndsTheCopy() {
        slow.letThrough(false);
        Initiator.Sent copy = begin(host, 1, stand.both().copy(1, 0, 0, 0, 2048).lid1(1));
        Initiator.Managed reset = stand.bench.initiatorByPort("admin", 2).manage(Function.LOGICAL_UNIT_RESET, 0);
        while (!slow.held().isEmpty()) {
            assertEquals(Optional.empty(), reset.response());
            slow.release();
        }
        assertEquals(Optional.of(Response.FUNCTION_COMPLETE), reset.response());
        assertEquals(SenseCode.COPY_TARGET_DEVICE_NOT_REACHABLE, copy.answer().code());
        assertArrayEquals(blocks(filled(1), 1024, 1024), blocks(disk, 1024, 1024));
    }
}
