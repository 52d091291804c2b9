package org.lunaria.bench;

import java.nio.ByteBuffer;
import java.util.concurrent.TimeUnit;
import org.lunaria.iscsi.internal.pdu.Framing;
import org.lunaria.iscsi.internal.pdu.LoginRequestPdu;
import org.lunaria.iscsi.internal.pdu.ScsiCommandPdu;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/**
 * Everything between two sockets: a read event's bytes cut into PDUs, commands executed over memory, the answers' bytes
 * in the output. One command a read event, or 32, each the time of one command; the copy in and out of memory, which
 * stands for the system calls, included.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class SessionBenchmark {
    private static final int DEPTH = 32;
    private static final int DATA_BYTES = 4096;
    private static final int UNIT_ATTENTIONS_MAX = 4;

    private final MemoryWire wire = new MemoryWire(new Node().portalGroup()::accepted);
    private final ScsiCommandPdu pdu = new ScsiCommandPdu();
    private final ByteBuffer read = commands(1, true, 0, Cdb.read16(128, 8));
    private final ByteBuffer reads = commands(DEPTH, true, 0, Cdb.read16(128, 8));
    private final ByteBuffer write = commands(1, false, DATA_BYTES, Cdb.write16(128, 8));
    private final ByteBuffer writes = commands(DEPTH, false, DATA_BYTES, Cdb.write16(128, 8));
    private long cmdSN = 1;

    public SessionBenchmark() {
        wire.receive(login(0, 1, Node.securityText()));
        wire.receive(login(1, 3, Node.operationalText()));
        ByteBuffer testUnitReady = commands(1, true, 0, Cdb.testUnitReady());
        for (int unheard = 0; unheard < UNIT_ATTENTIONS_MAX; unheard++) {
            send(testUnitReady, 0);
        }
        require(read4k(), Framing.BHS_BYTES + DATA_BYTES);
        require(read4kOf32(), (long) DEPTH * (Framing.BHS_BYTES + DATA_BYTES));
        require(write4k(), Framing.BHS_BYTES);
        require(write4kOf32(), (long) DEPTH * Framing.BHS_BYTES);
    }

    @Benchmark
    public long read4k() {
        return send(read, 0);
    }

    @Benchmark
    @OperationsPerInvocation(DEPTH)
    public long read4kOf32() {
        return send(reads, 0);
    }

    @Benchmark
    public long write4k() {
        return send(write, DATA_BYTES);
    }

    @Benchmark
    @OperationsPerInvocation(DEPTH)
    public long write4kOf32() {
        return send(writes, DATA_BYTES);
    }

    /** Numbers the commands and sends them. */
    private long send(ByteBuffer commands, int dataBytes) {
        for (int at = 0; at < commands.capacity(); at += Framing.BHS_BYTES + dataBytes) {
            pdu.wrap(commands, at).initiatorTaskTag(cmdSN & 0xFFFF).cmdSN(cmdSN++);
        }
        return wire.receive(commands.clear());
    }

    private static ByteBuffer commands(int count, boolean reads, int dataBytes, byte[] cdb) {
        int pduBytes = Framing.BHS_BYTES + dataBytes;
        ByteBuffer commands = ByteBuffer.allocateDirect(count * pduBytes);
        for (int at = 0; at < commands.capacity(); at += pduBytes) {
            new ScsiCommandPdu()
                    .create(commands, at)
                    .isFinal(true)
                    .read(reads)
                    .write(!reads)
                    .attribute(1)
                    .dataSegmentBytes(dataBytes)
                    .expectedDataTransferLength(cdb[0] == 0 ? 0 : DATA_BYTES)
                    .cdb(cdb);
        }
        return commands;
    }

    private static ByteBuffer login(int current, int next, byte[] text) {
        ByteBuffer bytes = ByteBuffer.allocate(Framing.PLAIN.pduBytes(0, text.length));
        new LoginRequestPdu()
                .create(bytes, 0)
                .immediate(true)
                .isFinal(true)
                .currentStage(current)
                .nextStage(next)
                .isid(Node.ISID)
                .cmdSN(1)
                .dataSegmentBytes(text.length);
        return bytes.put(Framing.BHS_BYTES, text).clear();
    }

    private static void require(long sentBytes, long expectedBytes) {
        if (sentBytes != expectedBytes) {
            throw new IllegalStateException("answered with " + sentBytes + " bytes, not with " + expectedBytes);
        }
    }
}
