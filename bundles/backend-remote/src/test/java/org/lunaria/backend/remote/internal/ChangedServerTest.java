package org.lunaria.backend.remote.internal;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.lunaria.backend.BlockBackend.Capability;
import org.lunaria.backend.BlockBackend.Fault;
import org.lunaria.backend.BlockBackend.Flag;
import org.lunaria.backend.TestIo;
import org.lunaria.backend.remote.internal.ScriptedServer.Request;

/** A server that comes back and can do less than before: nothing is acknowledged that it cannot do, and nothing old comes back. */
class ChangedServerTest {

    private static final EnumSet<Flag> NONE = EnumSet.noneOf(Flag.class);
    private static final int BARE = Nbd.HAS_FLAGS;

    private final byte[] disk = new byte[1 << 20];

    /** Of each connection, one after the other; the last one's are those of all further ones. */
    private int[] flags;

    private int connections;
    private int refused;

    /** Requests that each answers before the server closes it, in the same way. */
    private int[] served;

    private CountDownLatch mayClose = new CountDownLatch(0);

    @Test
    void whatItTookAgainThroughItsCacheIsNotWrittenOnceMore() throws Exception {
        flags = new int[] {BARE | Nbd.SEND_FLUSH | Nbd.SEND_FUA, BARE | Nbd.SEND_FUA};
        served = new int[] {1, 2, Integer.MAX_VALUE};
        try (ScriptedServer server = server();
                RemoteBackend store = Volume.open(server.uri())) {
            TestIo io = new TestIo(store);
            io.write(0, TestIo.pattern(1, 4096));
            // Over the second connection, behind the first write, which is done again; and over the third.
            io.write(0, TestIo.pattern(2, 4096));
            assertArrayEquals(TestIo.pattern(2, 4096), io.read(0, 4096));
        }
        assertArrayEquals(TestIo.pattern(2, 4096), Arrays.copyOf(disk, 4096));
        assertEquals(0, refused);
    }

    @Test
    void zeroesThatItDoesNotKnowAnyMoreAreWrittenAgain() throws Exception {
        flags = new int[] {ScriptedServer.FLAGS, BARE | Nbd.SEND_FLUSH};
        Arrays.fill(disk, (byte) 7);
        served = new int[] {1, Integer.MAX_VALUE};
        try (ScriptedServer server = server();
                RemoteBackend store = Volume.open(server.uri())) {
            TestIo.await(store.unmap(4096, (1 << 20) - 8192));
            TestIo.await(store.flush());
            assertFalse(store.profile().can(Capability.WRITE_ZEROES));
        }
        byte[] expected = new byte[1 << 20];
        Arrays.fill(expected, 0, 4096, (byte) 7);
        Arrays.fill(expected, (1 << 20) - 4096, 1 << 20, (byte) 7);
        assertArrayEquals(expected, disk);
        assertEquals(0, refused);
    }

    @Test
    void whatItCannotDoAnyMoreIsToComeAgain() throws Exception {
        flags = new int[] {ScriptedServer.FLAGS, BARE | Nbd.SEND_FLUSH};
        served = new int[] {0, Integer.MAX_VALUE};
        mayClose = new CountDownLatch(1);
        try (ScriptedServer server = server();
                RemoteBackend store = Volume.open(server.uri())) {
            CompletionStage<Void> durable = store.write(0, page(), EnumSet.of(Flag.DURABLE));
            CompletionStage<Void> zeroes = store.writeZeroes(4096, 4096, NONE);
            CompletionStage<Void> write = store.write(8192, page(), NONE);
            mayClose.countDown();
            TestIo.await(write);
            assertEquals(Fault.BUSY, TestIo.faultOf(durable));
            assertEquals(Fault.BUSY, TestIo.faultOf(zeroes));
        }
        assertEquals(0, refused);
    }

    @Test
    void nothingIsWrittenWhereNothingCanBeMadeDurableAnyMore() throws Exception {
        flags = new int[] {ScriptedServer.FLAGS, BARE};
        served = new int[] {0, Integer.MAX_VALUE};
        mayClose = new CountDownLatch(1);
        try (ScriptedServer server = server();
                RemoteBackend store = Volume.open(server.uri())) {
            CompletionStage<Void> write = store.write(0, page(), NONE);
            mayClose.countDown();
            assertEquals(Fault.BUSY, TestIo.faultOf(write));
            assertFalse(store.profile().can(Capability.WRITE));
        }
        assertArrayEquals(new byte[1 << 20], disk);
    }

    @Test
    void aServerWithoutMemoryForWhatIsWrittenAgainIsAskedOnceMore() throws Exception {
        try (ScriptedServer server = ScriptedServer.serving(ScriptedServer.FLAGS, (in, out) -> {
                    int number = ++connections;
                    Request.read(in).answer(out, number == 2 ? 12 : 0);
                    while (number > 1) {
                        Request.read(in).answer(out, 0);
                    }
                });
                RemoteBackend store = Volume.open(server.uri())) {
            TestIo.await(store.write(0, page(), NONE));
            TestIo.await(store.flush());
            assertEquals(3, connections);
        }
    }

    private static ByteBuffer page() {
        return ByteBuffer.allocateDirect(4096);
    }

    private ScriptedServer server() throws IOException {
        return new ScriptedServer(this::play);
    }

    private void play(DataInputStream in, DataOutputStream out) throws IOException {
        int number = connections++;
        int mine = flags[Math.min(number, flags.length - 1)];
        ScriptedServer.greet(in, out);
        ScriptedServer.handshake(in, out, 1 << 20, mine);
        for (int i = 0; i < served[Math.min(number, served.length - 1)]; i++) {
            answer(Request.read(in), mine, out);
        }
        try {
            mayClose.await();
        } catch (InterruptedException e) {
            throw new IOException(e);
        }
    }

    private void answer(Request request, int mine, DataOutputStream out) throws IOException {
        boolean fua = (request.flags() & Nbd.CMD_FLAG_FUA) != 0;
        boolean zeroes = request.command() == Nbd.CMD_WRITE_ZEROES;
        if (fua && (mine & Nbd.SEND_FUA) == 0 || zeroes && (mine & Nbd.SEND_WRITE_ZEROES) == 0) {
            refused++;
            request.answer(out, 22);
            return;
        }
        int offset = (int) request.offset();
        if (zeroes) {
            Arrays.fill(disk, offset, offset + request.length(), (byte) 0);
        } else {
            System.arraycopy(request.data(), 0, disk, offset, request.data().length);
        }
        if (request.command() == Nbd.CMD_READ) {
            out.writeInt(Nbd.SIMPLE_REPLY_MAGIC);
            out.writeInt(0);
            out.writeLong(request.handle());
            out.write(disk, offset, request.length());
            out.flush();
        } else {
            request.answer(out, 0);
        }
    }
}
