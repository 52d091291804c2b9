package org.lunaria.backend;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.EnumSet;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;
import org.lunaria.backend.BlockBackend.Fault;
import org.lunaria.backend.BlockBackend.Flag;
import org.lunaria.backend.InterceptedBackend.Operation;

class TestDoublesTest {

    private final ArrayBackend array = new ArrayBackend(64 * 1024, 512);

    @Test
    void aFaultyBackendFailsAsOftenAsAskedAndThenWorksAgain() {
        FaultyBackend faulty = new FaultyBackend(array);
        faulty.failNext(Operation.WRITE, Fault.NO_SPACE, 512);
        faulty.failNext(Fault.READ_ERROR);
        ByteBuffer buffer = TestIo.direct(TestIo.pattern(1, 512));
        assertEquals(Fault.READ_ERROR, TestIo.faultOf(faulty.read(0, buffer)));
        assertEquals(Fault.NO_SPACE, TestIo.faultOf(faulty.write(0, buffer, EnumSet.noneOf(Flag.class))));
        assertEquals(0, faulty.failuresLeft());
        assertArrayEquals(new byte[512], array.contents(0, 512));
        TestIo.await(faulty.write(0, buffer, EnumSet.noneOf(Flag.class)));
        assertArrayEquals(TestIo.pattern(1, 512), array.contents(0, 512));
    }

    @Test
    void aSlowBackendDoesNothingBeforeTheRelease() {
        SlowBackend slow = new SlowBackend(array);
        ByteBuffer buffer = TestIo.direct(TestIo.pattern(2, 512));
        CompletionStage<Void> write = slow.write(0, buffer, EnumSet.noneOf(Flag.class));
        CompletionStage<Void> flush = slow.flush();
        assertEquals(List.of(Operation.WRITE, Operation.FLUSH), slow.held());
        slow.release(1);
        assertTrue(Completions.isDone(flush));
        assertFalse(Completions.isDone(write));
        assertArrayEquals(new byte[512], array.contents(0, 512));
        slow.releaseAll();
        assertTrue(Completions.isDone(write));
        assertArrayEquals(TestIo.pattern(2, 512), array.contents(0, 512));
    }

    @Test
    void theCloseOfASlowBackendEndsWhatIsHeldOffline() throws IOException {
        SlowBackend slow = new SlowBackend(array);
        CompletionStage<Void> flush = slow.flush();
        slow.close();
        assertEquals(Fault.OFFLINE, TestIo.faultOf(flush));
        assertEquals(Fault.OFFLINE, TestIo.faultOf(slow.flush()));
    }
}
