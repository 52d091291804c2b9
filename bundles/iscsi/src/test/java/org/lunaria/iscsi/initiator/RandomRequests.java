package org.lunaria.iscsi.initiator;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Makes up requests: most of them such as an initiator sends, some with a field that lies, some nonsense. */
final class RandomRequests {
    private static final int BLOCK_BYTES = 512;
    private static final int DATA_BYTES_MAX = 70_000;
    private static final int LARGE_BYTES = 270_000;

    private final Random random;
    private int cmdSN;
    private int taskTag;
    private int isid;
    private int tsih;
    private Answer asked;

    RandomRequests(Random random) {
        this.random = random;
    }

    /** A session is to begin. */
    void begin() {
        cmdSN = random.nextInt();
        taskTag = random.nextInt(1000);
        isid = random.nextInt(3);
        tsih = 0;
        asked = null;
    }

    /** A first login: mostly one that succeeds. */
    Request login(String name, String iqn, int cid, boolean headerDigest, boolean dataDigest) {
        List<String> pairs = new ArrayList<>(List.of("InitiatorName=" + name));
        pairs.add(random.nextInt(20) == 0 ? "SessionType=Discovery" : "TargetName=" + iqn);
        pairs.add("HeaderDigest=" + (headerDigest ? "CRC32C" : "None"));
        pairs.add("DataDigest=" + (dataDigest ? "CRC32C" : "None"));
        if (tsih == 0) {
            pairs.add("InitialR2T=" + (random.nextBoolean() ? "Yes" : "No"));
            pairs.add("ErrorRecoveryLevel=" + random.nextInt(3));
            pairs.add("MaxConnections=" + (1 + random.nextInt(8)));
            pairs.add("DefaultTime2Wait=0");
            pairs.add("DefaultTime2Retain=" + random.nextInt(3));
            pairs.add("MaxBurstLength=" + (8192 << random.nextInt(6)));
            pairs.add("MaxOutstandingR2T=" + (1 + random.nextInt(8)));
        }
        pairs.add("MaxRecvDataSegmentLength=" + (512 + random.nextInt(100_000)));
        if (random.nextInt(20) == 0) {
            pairs.add("Nonsense" + random.nextInt() + "=" + "x".repeat(random.nextInt(300)));
        }
        Request login = new Request(Request.IMMEDIATE | Request.LOGIN_REQUEST)
                .flags(random.nextInt(20) == 0 ? random.nextInt(256) : 0x87)
                .word(8, 0x80000001)
                .word(12, isid << 16 | (random.nextInt(20) == 0 ? random.nextInt(1 << 16) : tsih))
                .taskTag(taskTag++)
                .word(20, cid << 16)
                .cmdSN(cmdSN)
                .expStatSN(1);
        return login.data(RawInitiator.text(pairs.toArray(String[]::new)));
    }

    /** True when the login succeeded. */
    boolean loggedIn(Answer response) {
        boolean good = response.unsignedShort(36) == 0 && (response.flags() & 0x83) == 0x83;
        tsih = good ? response.unsignedShort(14) : tsih;
        return good;
    }

    /** The target wants data. */
    void asked(Answer readyToTransfer) {
        asked = readyToTransfer;
    }

    Request next() {
        Request request = switch (random.nextInt(20)) {
            case 0, 1, 2 -> read();
            case 3, 4, 5, 6 -> write();
            case 7, 8, 9, 10 -> dataOut();
            case 11 -> management();
            case 12, 13 -> ping();
            case 14 -> text();
            case 15 -> snack();
            case 16 -> random.nextInt(4) == 0 ? logout() : ping();
            case 17 -> new Request(random.nextInt(256)).taskTag(random.nextInt());
            case 18 -> command(random.nextInt(256)).data(bytes(random.nextInt(200)));
            default -> nonsense();
        };
        return random.nextInt(12) == 0 ? spoilt(request) : request;
    }

    private Request numbered(int opcode) {
        boolean immediate = random.nextInt(10) == 0;
        int number = random.nextInt(25) == 0 ? cmdSN + random.nextInt(400) - 200 : cmdSN;
        if (!immediate && number == cmdSN) {
            cmdSN++;
        }
        return new Request(opcode | (immediate ? Request.IMMEDIATE : 0))
                .taskTag(random.nextInt(30) == 0 ? taskTag - random.nextInt(5) : taskTag++)
                .cmdSN(number)
                .expStatSN(random.nextInt(10) == 0 ? random.nextInt() : 2);
    }

    private Request command(int operation) {
        int blocks = 1 + random.nextInt(random.nextInt(10) == 0 ? 4096 : 128);
        int first = random.nextInt(5000);
        return numbered(Request.SCSI_COMMAND)
                .flags(Request.FINAL | random.nextInt(random.nextInt(10) == 0 ? 128 : 5))
                .lun(random.nextInt(10) == 0 ? random.nextInt(1 << 16) : 0)
                .expectedBytes(random.nextInt(10) == 0 ? random.nextInt() : blocks * BLOCK_BYTES)
                .cdb(
                        (byte) operation,
                        (byte) 0,
                        (byte) 0,
                        (byte) 0,
                        (byte) (first >> 8),
                        (byte) first,
                        (byte) 0,
                        (byte) (blocks >> 8),
                        (byte) blocks);
    }

    private Request read() {
        return command(0x28).flags(Request.FINAL | Request.READ | Request.SIMPLE);
    }

    private Request write() {
        boolean last = random.nextInt(3) != 0;
        return command(0x2A)
                .flags((last ? Request.FINAL : 0) | Request.WRITE | Request.SIMPLE)
                .data(bytes(random.nextInt(3) * BLOCK_BYTES * random.nextInt(40)));
    }

    /** What was asked for, or about that, or unsolicited, or of a task that nobody knows. */
    private Request dataOut() {
        Request request = new Request(Request.DATA_OUT).flags(random.nextInt(2) * Request.FINAL);
        if (asked == null || random.nextInt(5) == 0) {
            return request.taskTag(taskTag - 1 - random.nextInt(3))
                    .transferTag(random.nextBoolean() ? Request.RESERVED_TAG : random.nextInt())
                    .dataSN(random.nextInt(3))
                    .bufferOffset(random.nextInt(3) * BLOCK_BYTES)
                    .data(bytes(random.nextInt(DATA_BYTES_MAX)));
        }
        int wanted = Math.min(asked.word(44), LARGE_BYTES - 10_000);
        boolean whole = random.nextInt(3) != 0;
        int count = whole ? wanted : random.nextInt(Math.max(1, wanted));
        request.taskTag(asked.taskTag())
                .transferTag(asked.transferTag())
                .bufferOffset(asked.word(40) + (random.nextInt(10) == 0 ? 512 : 0))
                .dataSN(random.nextInt(10) == 0 ? 1 : 0)
                .flags(whole ? Request.FINAL : 0)
                .data(bytes(count));
        asked = null;
        return request;
    }

    private Request management() {
        return numbered(Request.TASK_MANAGEMENT_REQUEST)
                .flags(Request.FINAL | random.nextInt(random.nextInt(5) == 0 ? 128 : 9))
                .word(20, taskTag - random.nextInt(6))
                .word(32, cmdSN - random.nextInt(6))
                .word(36, random.nextInt(4));
    }

    private Request ping() {
        int most = random.nextInt(100) == 0 ? LARGE_BYTES : random.nextInt(10) == 0 ? DATA_BYTES_MAX : 200;
        Request ping = numbered(Request.NOP_OUT)
                .transferTag(random.nextInt(5) == 0 ? random.nextInt() : Request.RESERVED_TAG)
                .data(bytes(random.nextInt(most)));
        return random.nextInt(5) == 0 ? ping.taskTag(Request.RESERVED_TAG) : ping;
    }

    private Request text() {
        String text = switch (random.nextInt(4)) {
            case 0 -> "SendTargets=";
            case 1 -> "MaxRecvDataSegmentLength=" + random.nextInt(200_000);
            case 2 -> "X-com.example.nonsense=" + "y".repeat(random.nextInt(1000));
            default -> "no pair at all";
        };
        return numbered(Request.TEXT_REQUEST)
                .flags(random.nextInt(4) == 0 ? random.nextInt(256) : Request.FINAL)
                .transferTag(random.nextInt(4) == 0 ? random.nextInt() : Request.RESERVED_TAG)
                .data(RawInitiator.text(text));
    }

    private Request snack() {
        return new Request(Request.SNACK_REQUEST)
                .flags(Request.FINAL | random.nextInt(5))
                .taskTag(random.nextBoolean() ? taskTag - 1 : Request.RESERVED_TAG)
                .transferTag(random.nextBoolean() ? Request.RESERVED_TAG : random.nextInt(100))
                .expStatSN(random.nextInt(20))
                .run(random.nextInt(10), random.nextInt(10));
    }

    private Request logout() {
        return numbered(Request.LOGOUT_REQUEST)
                .flags(Request.FINAL | random.nextInt(4))
                .word(20, random.nextInt(3) << 16);
    }

    private Request nonsense() {
        Request request = new Request(random.nextInt(256));
        for (int at = 1; at < 48; at++) {
            if (at < 4 || at > 7) {
                request.octet(at, random.nextInt(256));
            }
        }
        return request.data(bytes(random.nextInt(64)));
    }

    /** The same with one thing wrong. */
    private Request spoilt(Request request) {
        return switch (random.nextInt(6)) {
            case 0 -> request.claimDataBytes(random.nextInt(random.nextBoolean() ? 1 << 24 : 2000));
            case 1 -> request.claimAdditionalWords(random.nextInt(256));
            case 2 -> request.additional(bytes(4 * random.nextInt(20)));
            case 3 -> request.damage(random.nextInt(8) == 0 ? 1 : 0, 1);
            case 4 -> request.octet(1, random.nextInt(256));
            default -> {
                int at = 8 + random.nextInt(40);
                yield request.octet(at, random.nextInt(256));
            }
        };
    }

    private byte[] bytes(int count) {
        byte[] bytes = new byte[count];
        random.nextBytes(bytes);
        return bytes;
    }
}
