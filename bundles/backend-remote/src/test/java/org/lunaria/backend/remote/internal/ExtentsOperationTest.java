package org.lunaria.backend.remote.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.lunaria.backend.BlockBackend.Extent;
import org.lunaria.backend.BlockBackend.Mapping;
import org.lunaria.backend.TestIo;

class ExtentsOperationTest {

    private static final int DATA = 0;
    private static final int HOLE = Nbd.STATE_HOLE | Nbd.STATE_ZERO;
    private static final int ZERO = Nbd.STATE_ZERO;

    private final ExtentsOperation operation = new ExtentsOperation(512, 4096, 512);

    @Test
    void whatAServerTellsIsTakenOver() {
        operation.add(512, DATA);
        operation.add(1024, HOLE);
        operation.add(512, ZERO);
        operation.add(2048, DATA);
        told(
                new Extent(512, 512, Mapping.DATA),
                new Extent(1024, 1024, Mapping.HOLE),
                new Extent(2048, 512, Mapping.ZERO),
                new Extent(2560, 2048, Mapping.DATA));
    }

    @Test
    void whatIsToldBeyondTheRangeIsCutOff() {
        operation.add(1L << 32, HOLE);
        told(new Extent(512, 4096, Mapping.HOLE));
    }

    @Test
    void aHoleThatNeedNotReadAsZeroesIsData() {
        operation.add(4096, Nbd.STATE_HOLE);
        told(new Extent(512, 4096, Mapping.DATA));
    }

    @Test
    void aBlockThatIsNotAllOfAHoleIsData() {
        operation.add(100, DATA);
        operation.add(1400, HOLE);
        operation.add(2596, DATA);
        told(
                new Extent(512, 512, Mapping.DATA),
                new Extent(1024, 512, Mapping.HOLE),
                new Extent(1536, 3072, Mapping.DATA));
    }

    @Test
    void lessThanTheRangeMayBeTold() {
        operation.add(1300, HOLE);
        told(new Extent(512, 1024, Mapping.HOLE));
    }

    @Test
    void lessThanABlockIsOneOfData() {
        operation.add(1, HOLE);
        told(new Extent(512, 512, Mapping.DATA));
    }

    @Test
    void neighboursOfOneKindAreOneAndAnEndlessListIsNotKept() {
        for (int i = 0; i < 4; i++) {
            operation.add(512, HOLE);
        }
        told(new Extent(512, 2048, Mapping.HOLE));
        ExtentsOperation endless = new ExtentsOperation(0, 1L << 30, 512);
        for (int i = 0; i < 100_000; i++) {
            endless.add(512, i % 2 == 0 ? HOLE : DATA);
        }
        endless.succeed();
        assertTrue(TestIo.await(endless).size() <= 257);
    }

    private void told(Extent... extents) {
        operation.succeed();
        assertEquals(List.of(extents), TestIo.await(operation));
    }
}
