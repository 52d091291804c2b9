package org.lunaria.scsi.internal.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.lunaria.backend.ArrayBackend;
import org.lunaria.backend.BlockBackend.Fault;
import org.lunaria.backend.FaultyBackend;
import org.lunaria.backend.InterceptedBackend.Operation;
import org.lunaria.backend.SlowBackend;
import org.lunaria.scsi.ScsiStatus;
import org.lunaria.scsi.SenseCode;
import org.lunaria.scsi.TaskAttribute;
import org.lunaria.scsi.internal.unit.Answer;
import org.lunaria.scsi.internal.unit.ArrayTransfer;
import org.lunaria.scsi.internal.unit.Bench;
import org.lunaria.scsi.internal.unit.Initiator;
import org.lunaria.scsi.internal.unit.Initiator.Sent;

/** PRE-FETCH (10) and (16) (SBC-4). */
class PrefetchTest {
    private static final int BLOCK = Bench.BLOCK_BYTES;
    private static final int IMMED = 0x02;
    private static final int CACHE_BLOCKS = Prefetch.CACHE_BYTES / BLOCK;

    private final ArrayBackend large = new ArrayBackend(2 * Prefetch.CACHE_BYTES, BLOCK);
    private final SlowBackend slow = new SlowBackend(large);
    private final Initiator initiator = Bench.of(slow).initiator();

    private static int[] cdb(int flags, int lba, int blocks) {
        return new int[] {
            0x90, flags, 0, 0, 0, 0, 0, lba >> 16, lba >> 8, lba, 0, blocks >> 16, blocks >> 8, blocks, 0, 0
        };
    }

    private Answer prefetch(Initiator by, int flags, int lba, int blocks) {
        return by.command(cdb(flags, lba, blocks));
    }

    private Sent begin(int flags, int lba, int blocks) {
        return initiator.begin(TaskAttribute.SIMPLE, new ArrayTransfer(new byte[0], 0, false), cdb(flags, lba, blocks));
    }

    private int releaseAll() {
        int reads = 0;
        while (!slow.held().isEmpty()) {
            slow.release();
            reads++;
        }
        return reads;
    }

    @Test
    void whatFitsTheCacheIsReadBeforeTheConditionIsMet() {
        Sent sent = begin(0, 0, 300);
        assertFalse(sent.isAnswered());
        assertEquals(3, releaseAll());
        assertEquals(ScsiStatus.CONDITION_MET, sent.answer().status());
        assertEquals(0, sent.answer().residual());
    }

    @Test
    void ofWhatDoesNotFitAsMuchAsFitsIsRead() {
        for (int blocks : new int[] {CACHE_BLOCKS + 1, 0}) {
            Sent sent = begin(0, 0, blocks);
            assertEquals(Prefetch.CACHE_BYTES / ScratchBuffers.BUFFER_BYTES, releaseAll());
            assertEquals(ScsiStatus.GOOD, sent.answer().status());
        }
    }

    @Test
    void zeroBlocksAreAllToTheEnd() {
        Sent sent = begin(0, 2 * CACHE_BLOCKS - 1, 0);
        assertEquals(1, releaseAll());
        assertEquals(ScsiStatus.CONDITION_MET, sent.answer().status());
    }

    @Test
    void anImmediateOneIsAnsweredFirstAndReadAllTheSame() {
        assertEquals(ScsiStatus.CONDITION_MET, begin(IMMED, 0, 300).answer().status());
        assertEquals(3, releaseAll());
        assertEquals(ScsiStatus.GOOD, begin(IMMED, 0, CACHE_BLOCKS + 1).answer().status());
        assertEquals(Prefetch.CACHE_BYTES / ScratchBuffers.BUFFER_BYTES, releaseAll());
    }

    @Test
    void immediateOnesAreBounded() {
        for (int i = 0; i < 8; i++) {
            assertEquals(ScsiStatus.CONDITION_MET, begin(IMMED, 0, 1).answer().status());
        }
        assertEquals(ScsiStatus.BUSY, begin(IMMED, 0, 1).answer().status());
        releaseAll();
        assertEquals(ScsiStatus.CONDITION_MET, begin(IMMED, 0, 1).answer().status());
        releaseAll();
    }

    @Test
    void blocksBeyondTheEndAreRefused() {
        assertEquals(
                SenseCode.LOGICAL_BLOCK_ADDRESS_OUT_OF_RANGE,
                prefetch(initiator, 0, 2 * CACHE_BLOCKS - 1, 2).code());
        assertEquals(
                SenseCode.LOGICAL_BLOCK_ADDRESS_OUT_OF_RANGE,
                prefetch(initiator, IMMED, 2 * CACHE_BLOCKS + 1, 0).code());
    }

    @Test
    void aBlockThatCannotBeReadIsToldToWhoWaits() {
        FaultyBackend faulty = new FaultyBackend(Bench.backend());
        Initiator other = Bench.of(faulty).initiator();
        faulty.failNext(Operation.READ, Fault.READ_ERROR, 5 * BLOCK);
        Answer answer = prefetch(other, 0, 0, 8);
        assertEquals(SenseCode.UNRECOVERED_READ_ERROR, answer.code());
        assertEquals(5, answer.information());
        faulty.failNext(Operation.READ, Fault.READ_ERROR, 5 * BLOCK);
        assertEquals(ScsiStatus.CONDITION_MET, prefetch(other, IMMED, 0, 8).status());
        assertEquals(0, faulty.failuresLeft());
    }

    @Test
    void theTenByteCommandIsTheSame() {
        Sent sent = initiator.begin(
                TaskAttribute.SIMPLE, new ArrayTransfer(new byte[0], 0, false), 0x34, 0, 0, 0, 0, 9, 0, 1, 0, 0);
        assertTrue(releaseAll() > 0);
        assertEquals(ScsiStatus.CONDITION_MET, sent.answer().status());
    }
}
