package org.lunaria.iscsi.initiator;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Random;
import java.util.function.BooleanSupplier;

/** Writes stamped blocks and reads them back, one command after the other; a stamp that is not the last one is an error. */
public final class VerifyingInitiator {
    private static final int BLOCK_BYTES = 512;
    private static final int BLOCKS_MAX = 256;
    private static final int SEGMENT_BYTES = 8192;
    private static final int CHECK_CONDITION = 0x02;
    private static final int BUSY = 0x08;
    private static final int TASK_SET_FULL = 0x28;
    private static final byte READ_10 = 0x28;
    private static final byte WRITE_10 = 0x2A;
    private static final int REPEATS_MAX = 1000;

    private final InetSocketAddress target;
    private final String iqn;
    private final Random random;
    private final long[] stamps;
    private long nextStamp = 1;

    /** Commands that were done and right. */
    private volatile long done;

    /** @param blocks of LUN 0 that are its own */
    public VerifyingInitiator(InetSocketAddress target, String iqn, long seed, int blocks) {
        this.target = target;
        this.iqn = iqn;
        this.random = new Random(seed);
        this.stamps = new long[blocks];
    }

    public long done() {
        return done;
    }

    /** Goes on until it is told to stop, or something is wrong. */
    public void run(BooleanSupplier goOn) throws IOException {
        try (RawInitiator initiator = new RawInitiator(target)) {
            Answer login = initiator.login("InitiatorName=iqn.2001-04.com.example:verifying", "TargetName=" + iqn);
            if (login.unsignedShort(36) != 0) {
                throw new IOException("the login was refused with status " + login.unsignedShort(36));
            }
            while (goOn.getAsBoolean()) {
                int count = 1 + random.nextInt(BLOCKS_MAX);
                int first = random.nextInt(stamps.length - count + 1);
                write(initiator, first, count);
                read(initiator, first, count);
                done += 2;
            }
            initiator.logout();
        }
    }

    private void write(RawInitiator initiator, int first, int count) throws IOException {
        ByteBuffer data = ByteBuffer.allocate(count * BLOCK_BYTES);
        for (int block = first; block < first + count; block++) {
            stamps[block] = nextStamp++;
            for (int word = 0; word < BLOCK_BYTES / Long.BYTES; word++) {
                data.putLong(stamp(block, word));
            }
        }
        byte[] bytes = data.array();
        byte[] immediate = Arrays.copyOf(bytes, Math.min(bytes.length, random.nextInt(2) * SEGMENT_BYTES));
        int status = BUSY;
        for (int repeat = 0; status == BUSY && repeat < REPEATS_MAX; repeat++) {
            initiator.send(initiator.writing(0, cdb(WRITE_10, first, count), bytes.length, immediate));
            status = finishWrite(initiator, bytes);
        }
        expectGood(status, "write");
    }

    private static int finishWrite(RawInitiator initiator, byte[] bytes) throws IOException {
        while (true) {
            Answer answer = next(initiator);
            if (answer.opcode() == Answer.SCSI_RESPONSE) {
                return settled(answer);
            }
            if (answer.opcode() != Answer.READY_TO_TRANSFER) {
                throw new IOException("an answer with opcode " + answer.opcode() + " to a write");
            }
            int from = answer.word(40);
            int end = from + answer.word(44);
            for (int at = from, dataSN = 0; at < end; at += SEGMENT_BYTES, dataSN++) {
                int until = Math.min(end, at + SEGMENT_BYTES);
                initiator.send(new Request(Request.DATA_OUT)
                        .flags(until == end ? Request.FINAL : 0)
                        .taskTag(answer.taskTag())
                        .transferTag(answer.transferTag())
                        .dataSN(dataSN)
                        .bufferOffset(at)
                        .data(Arrays.copyOfRange(bytes, at, until)));
            }
        }
    }

    private void read(RawInitiator initiator, int first, int count) throws IOException {
        ByteBuffer got = ByteBuffer.allocate(count * BLOCK_BYTES);
        int status = BUSY;
        for (int repeat = 0; status == BUSY && repeat < REPEATS_MAX; repeat++) {
            initiator.send(initiator.reading(0, cdb(READ_10, first, count), got.capacity()));
            status = finishRead(initiator, got);
        }
        expectGood(status, "read");
        for (int block = first; block < first + count; block++) {
            for (int word = 0; word < BLOCK_BYTES / Long.BYTES; word++) {
                long found = got.getLong(((block - first) * BLOCK_BYTES / Long.BYTES + word) * Long.BYTES);
                if (found != stamp(block, word)) {
                    throw new IOException("block " + block + " is not what was written last");
                }
            }
        }
    }

    private static int finishRead(RawInitiator initiator, ByteBuffer got) throws IOException {
        while (true) {
            Answer answer = next(initiator);
            if (answer.opcode() == Answer.SCSI_RESPONSE) {
                return settled(answer);
            }
            if (answer.opcode() != Answer.DATA_IN) {
                throw new IOException("an answer with opcode " + answer.opcode() + " to a read");
            }
            got.put(answer.word(40), answer.data());
            if ((answer.flags() & 1) != 0) {
                return answer.status();
            }
        }
    }

    /** The next answer to a command; pings are answered. */
    private static Answer next(RawInitiator initiator) throws IOException {
        while (true) {
            Answer answer = initiator.receive();
            if (answer.opcode() != Answer.NOP_IN) {
                return answer;
            }
            initiator.send(initiator
                    .request(Request.IMMEDIATE | Request.NOP_OUT)
                    .taskTag(Request.RESERVED_TAG)
                    .transferTag(answer.transferTag()));
        }
    }

    /** BUSY for whatever may be repeated: memory is short, or a unit attention is told. */
    private static int settled(Answer answer) {
        boolean attention =
                answer.status() == CHECK_CONDITION && answer.data().length > 4 && (answer.data()[4] & 0x0F) == 6;
        return attention || answer.status() == TASK_SET_FULL ? BUSY : answer.status();
    }

    private static void expectGood(int status, String command) throws IOException {
        if (status != 0) {
            throw new IOException("a " + command + " ended with status " + status);
        }
    }

    private long stamp(int block, int word) {
        return stamps[block] * 0x9E3779B97F4A7C15L + block * 64L + word;
    }

    private static byte[] cdb(byte operation, int first, int count) {
        return ByteBuffer.allocate(16)
                .put(operation)
                .putInt(2, first)
                .putShort(7, (short) count)
                .array();
    }
}
