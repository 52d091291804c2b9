package org.lunaria.posix;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.reflect.Proxy;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.lunaria.backend.BlockBackend.Failure;
import org.lunaria.backend.TestIo;

/** Which calls are made of which transfers, on memory that a test calls a device. */
class DirectWayTest {

    private static final int PAGE = 4096;
    private static final int SIZE = 2 << 20;

    /** One pread or pwrite. */
    private record Call(long address, int length, long offset, int flags) {}

    private final byte[] device = TestIo.pattern(9, SIZE);
    private final List<Call> calls = new ArrayList<>();
    private final ByteBuffer memory = ByteBuffer.allocateDirect(SIZE + 2 * PAGE).alignedSlice(PAGE);
    private final long address = Glibc.address(memory);
    private final BounceBuffers buffers = new BounceBuffers();
    private final DirectWay way = new DirectWay(new Transfers(fake(), new OpenFile(3, "fake"), false), 512, buffers);
    private long result;

    @Test
    void memoryThatIsAlignedIsTheDevices() throws Failure {
        way.read(address + 512, 1024, 5120);
        way.write(address, 1 << 20, 8192, false);
        assertEquals(List.of(new Call(address + 512, 1024, 5120, 0), new Call(address, 1 << 20, 8192, 0)), calls);
    }

    @Test
    void memoryThatIsNotIsCopiedPieceByPiece() throws Failure {
        byte[] bytes = TestIo.pattern(1, 600 * 1024);
        memory.put(48, bytes);
        way.write(address + 48, bytes.length, 1536, false);
        way.read(address + 1000000, bytes.length, 1536);
        byte[] read = new byte[bytes.length];
        memory.get(1000000, read);
        assertArrayEquals(bytes, read);
        for (Call call : calls) {
            assertTrue(call.address() % PAGE == 0 && call.length() <= BounceBuffers.BYTES, call::toString);
        }
    }

    @Test
    void noPageOfTheDeviceLiesAcrossTwoPartsOfAWrite() throws Failure {
        for (int shift : new int[] {0, 512, 3584, 48}) {
            calls.clear();
            way.write(address + shift, 1 << 20, 512, false);
            long at = 512;
            for (Call call : calls) {
                assertEquals(at, call.offset());
                at += call.length();
                assertTrue(at % PAGE == 0 || at == 512 + (1 << 20), call::toString);
                boolean uncut = call.length() <= 64 * 1024;
                assertTrue(uncut || call.offset() % PAGE == 0 && call.address() % PAGE == 0, call::toString);
            }
            assertEquals(512 + (1 << 20), at);
        }
    }

    @Test
    void whatIsShortIsOneCallWhereverItBegins() throws Failure {
        way.write(address + 512, 64 * 1024, 1536, false);
        way.write(address + 16, 64 * 1024, 1536, false);
        assertEquals(2, calls.size());
    }

    @Test
    void aDurableWriteTellsTheDeviceInEachCall() throws Failure {
        way.write(address, 1 << 20, 512, true);
        assertTrue(calls.size() > 1);
        assertTrue(calls.stream().allMatch(call -> call.flags() == FileCalls.RWF_DSYNC), calls::toString);
        assertTrue(way.writesDurably());
    }

    @Test
    void aBufferComesBackAlsoFromAFailure() {
        result = -Errno.EIO.number();
        for (int i = 0; i < 2 * BounceBuffers.COUNT; i++) {
            assertThrows(Failure.class, () -> way.write(address + 1, 512, 0, false));
            assertThrows(Failure.class, () -> way.read(address + 1, 512, 0));
        }
    }

    @Test
    void whoFindsNoBufferWaitsForOne() throws Exception {
        List<ByteBuffer> taken = new ArrayList<>();
        for (int i = 0; i < BounceBuffers.COUNT; i++) {
            taken.add(buffers.take());
        }
        assertEquals(
                BounceBuffers.COUNT,
                taken.stream().map(Glibc::address).distinct().count());
        ExecutorService thread = Executors.newSingleThreadExecutor();
        try {
            Future<ByteBuffer> waiting = thread.submit(buffers::take);
            assertTrue(!waiting.isDone());
            buffers.giveBack(taken.get(3));
            assertEquals(Glibc.address(taken.get(3)), Glibc.address(waiting.get()));
        } finally {
            thread.shutdown();
        }
    }

    private FileCalls fake() {
        return (FileCalls) Proxy.newProxyInstance(
                FileCalls.class.getClassLoader(), new Class<?>[] {FileCalls.class}, (self, method, args) -> {
                    Call call = new Call((long) args[1], (int) (long) args[2], (long) args[3], (int) args[4]);
                    calls.add(call);
                    if (result != 0) {
                        return result;
                    }
                    ByteBuffer view = Glibc.view(call.address(), call.length());
                    if (method.getName().equals("write")) {
                        view.get(device, (int) call.offset(), call.length());
                    } else {
                        view.put(device, (int) call.offset(), call.length());
                    }
                    return (long) call.length();
                });
    }
}
