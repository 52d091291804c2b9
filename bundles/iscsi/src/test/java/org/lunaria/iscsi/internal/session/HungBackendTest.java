package org.lunaria.iscsi.internal.session;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.lunaria.iscsi.internal.node.Limits;
import org.lunaria.iscsi.internal.wire.PooledBuffer;
import org.lunaria.scsi.Task;
import org.lunaria.scsi.TaskResult;

/** What a backend keeps that does not end what it has: the memory of tasks whose session has long gone. */
class HungBackendTest {
    private static final int POOL_BYTES = 16 << 20;
    private static final byte LATE = 0x55;
    private static final byte OTHERS = 0x33;

    private final Scene scene = new Scene(Limits.DEFAULT, POOL_BYTES);
    private final Initiator initiator = scene.login("InitialR2T=No", "FirstBurstLength=262144");
    private final List<PooledBuffer> taken = new ArrayList<>();

    /** What the backend has, and will have for long. */
    private Task hung;

    private ByteBuffer buffer;

    @ParameterizedTest
    @ValueSource(ints = {4096, 65536})
    void aReadThatEndsAfterItsSessionWritesIntoNobodysMemory(int bytes) {
        scene.engine.script = task -> {
            hung = task;
            buffer = task.data().dataIn(bytes);
        };
        initiator.read(1, bytes);
        long held = drop();
        useAllOtherMemory();
        while (buffer.hasRemaining()) {
            buffer.put(LATE);
        }
        assertEquals(
                List.of(), taken.stream().filter(each -> !isUntouched(each)).toList());
        giveBack(held);
    }

    @ParameterizedTest
    @ValueSource(ints = {4096, 65536})
    void aWriteThatEndsAfterItsSessionHasTheInitiatorsDataStill(int bytes) {
        scene.engine.script = task -> {
            hung = task;
            task.data().receive(bytes).thenAccept(received -> buffer = received);
        };
        byte[] data = ScriptedTarget.pattern(0, bytes);
        initiator.command(1, false, true, bytes, data, true);
        long held = drop();
        useAllOtherMemory();
        byte[] now = new byte[bytes];
        buffer.get(now);
        assertArrayEquals(data, now);
        giveBack(held);
    }

    @Test
    void othersAreServedMeanwhile() {
        scene.engine.script = task -> buffer = task.data().dataIn(65536);
        initiator.read(1, 65536);
        scene.engine.script = scene.engine.sends(65536, 65536, TaskResult.GOOD);
        Initiator other = scene.connect();
        other.login("iqn.2001-04.com.example:other");
        other.read(1, 65536);
        assertNotEquals(List.of(), other.answers());
        initiator.read(2, 65536);
        assertNotEquals(List.of(), initiator.answers());
    }

    /** Ends the session; says what is in use then. */
    private long drop() {
        scene.sessions.dropWhere(session -> true, "the test says so");
        initiator.wire.settle();
        return scene.pool.takenBytes();
    }

    private void useAllOtherMemory() {
        while (scene.pool.hasSpare()) {
            PooledBuffer other = scene.pool.take(4096);
            fill(other.bytes());
            taken.add(other);
        }
    }

    private static void fill(ByteBuffer bytes) {
        bytes.clear();
        while (bytes.hasRemaining()) {
            bytes.put(OTHERS);
        }
    }

    private static boolean isUntouched(PooledBuffer other) {
        ByteBuffer bytes = other.bytes().clear();
        while (bytes.hasRemaining()) {
            if (bytes.get() != OTHERS) {
                return false;
            }
        }
        return true;
    }

    /** The backend has ended it: its memory is free again. */
    private void giveBack(long held) {
        taken.forEach(PooledBuffer::release);
        assertEquals(held, scene.pool.takenBytes());
        hung.data().discard(buffer);
        assertTrue(scene.pool.takenBytes() <= held);
    }
}
