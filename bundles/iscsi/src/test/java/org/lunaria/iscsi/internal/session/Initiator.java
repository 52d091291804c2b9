package org.lunaria.iscsi.internal.session;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.lunaria.iscsi.internal.login.LoginStatus;
import org.lunaria.iscsi.internal.pdu.DataOutPdu;
import org.lunaria.iscsi.internal.pdu.Framing;
import org.lunaria.iscsi.internal.pdu.InitiatorPdu;
import org.lunaria.iscsi.internal.pdu.LoginRequestPdu;
import org.lunaria.iscsi.internal.pdu.LoginResponsePdu;
import org.lunaria.iscsi.internal.pdu.LogoutReason;
import org.lunaria.iscsi.internal.pdu.LogoutRequestPdu;
import org.lunaria.iscsi.internal.pdu.LogoutResponseCode;
import org.lunaria.iscsi.internal.pdu.LogoutResponsePdu;
import org.lunaria.iscsi.internal.pdu.Opcode;
import org.lunaria.iscsi.internal.pdu.Pdu;
import org.lunaria.iscsi.internal.pdu.ReadyToTransferPdu;
import org.lunaria.iscsi.internal.pdu.ScsiCommandPdu;
import org.lunaria.iscsi.internal.wire.BitwiseCrc32c;

/** An initiator over a {@link MemoryWire}: makes PDUs, and takes answers apart. */
final class Initiator {
    final MemoryWire wire;
    long cmdSN = 1;

    /** That commands go to. */
    int lun;

    Framing framing = Framing.PLAIN;
    int tsih;

    /** What it says to have; only a test that is about that raises it. */
    long expStatSN;

    LoginResponsePdu lastLogin;
    private final List<byte[]> batch = new ArrayList<>();
    private boolean batching;

    Initiator(MemoryWire wire) {
        this.wire = wire;
    }

    /** One answer, whatever it is. */
    record Got(Opcode opcode, ByteBuffer header, byte[] data) {}

    void login(String name, String... pairs) {
        requestLogin(name, pairs);
        finishLogin();
        List<String> said = List.of(pairs);
        framing = new Framing(said.contains("HeaderDigest=CRC32C"), said.contains("DataDigest=CRC32C"));
    }

    void requestLogin(String name, String... pairs) {
        sendLogin(name, 0, 0, pairs);
    }

    /** Joins the session of another one. */
    void join(Initiator other, int cid, String... pairs) {
        numbersOf(other);
        sendJoin(Scene.HOST, other.tsih, cid, pairs);
        finishLogin();
        List<String> said = List.of(pairs);
        framing = new Framing(said.contains("HeaderDigest=CRC32C"), said.contains("DataDigest=CRC32C"));
    }

    LoginStatus requestJoin(int handle, int cid) {
        return requestJoin(Scene.HOST, handle, cid);
    }

    LoginStatus requestJoin(String name, int handle, int cid) {
        sendJoin(name, handle, cid);
        return loginStatus();
    }

    void sendJoin(String name, int handle, int cid, String... pairs) {
        sendLogin(name, handle, cid, pairs);
    }

    LoginStatus loginStatus() {
        LoginResponsePdu pdu = new LoginResponsePdu().wrap(only().header(), 0);
        return Arrays.stream(LoginStatus.values())
                .filter(each -> each.statusClass() == pdu.statusClass() && each.statusDetail() == pdu.statusDetail())
                .findFirst()
                .orElseThrow();
    }

    /** Goes on with the CmdSN of another connection of its session. */
    Initiator numbersOf(Initiator other) {
        cmdSN = other.cmdSN;
        return this;
    }

    /** The one R2T that came. */
    ReadyToTransferPdu r2t() {
        return new ReadyToTransferPdu().wrap(only().header(), 0);
    }

    LogoutResponseCode logout(LogoutReason reason, int cid) {
        sendLogout(reason, cid);
        int code = new LogoutResponsePdu().wrap(only().header(), 0).response();
        return Arrays.stream(LogoutResponseCode.values())
                .filter(each -> each.code() == code)
                .findFirst()
                .orElseThrow();
    }

    void sendLogout(LogoutReason reason, int cid) {
        LogoutRequestPdu pdu = new LogoutRequestPdu();
        send(
                pdu,
                new byte[0],
                () -> pdu.immediate(true).reason(reason.code()).cid(cid).cmdSN(cmdSN));
    }

    private void sendLogin(String name, int handle, int cid, String... pairs) {
        List<String> text = new ArrayList<>(List.of("InitiatorName=" + name));
        if (Arrays.stream(pairs).noneMatch(pair -> pair.startsWith("SessionType="))) {
            text.add("TargetName=" + Scene.DISK);
        }
        text.addAll(List.of(pairs));
        LoginRequestPdu request = new LoginRequestPdu();
        send(
                request,
                (String.join("\0", text) + "\0").getBytes(StandardCharsets.UTF_8),
                () -> request.immediate(true)
                        .currentStage(1)
                        .nextStage(3)
                        .isid(new byte[] {(byte) 0x80, 0, 0, 0, 0, 1})
                        .tsih(handle)
                        .cid(cid)
                        .cmdSN(cmdSN)
                        .expStatSN(1));
    }

    void finishLogin() {
        Got response = only();
        LoginResponsePdu pdu = new LoginResponsePdu().wrap(response.header(), 0);
        if (pdu.statusClass() != 0 || !pdu.isFinal()) {
            throw new AssertionError("login refused: " + pdu.statusClass() + "/" + pdu.statusDetail());
        }
        tsih = pdu.tsih();
        lastLogin = pdu;
    }

    /** Sends a SCSI Command with the next CmdSN. */
    ScsiCommandPdu command(long tag, boolean read, boolean write, long bytes, byte[] immediate, boolean isFinal) {
        ScsiCommandPdu pdu = new ScsiCommandPdu();
        send(
                pdu,
                immediate,
                () -> pdu.read(read)
                        .write(write)
                        .lun((long) lun << 48)
                        .attribute(1)
                        .isFinal(isFinal)
                        .initiatorTaskTag(tag)
                        .expectedDataTransferLength(bytes)
                        .cmdSN(cmdSN++)
                        .cdb((byte) 0x5A));
        return pdu;
    }

    void read(long tag, long bytes) {
        command(tag, true, false, bytes, new byte[0], true);
    }

    /** Has small commands done until the target expects no large ones, and opens the whole window. */
    void openWindow() {
        for (int tag = 0; tag < SessionRules.COMMANDS_MAX; tag++) {
            command(tag, false, false, 0, new byte[0], true);
            answers();
        }
    }

    void dataOut(long tag, long transferTag, long dataSN, long offset, byte[] data, boolean isFinal) {
        DataOutPdu pdu = new DataOutPdu();
        send(
                pdu,
                data,
                () -> pdu.initiatorTaskTag(tag)
                        .targetTransferTag(transferTag)
                        .dataSN(dataSN)
                        .bufferOffset(offset)
                        .isFinal(isFinal));
    }

    /** Sends a PDU, whose fields are filled when its header is there. */
    void send(InitiatorPdu<?> pdu, byte[] data, Runnable fill) {
        send(bytes(pdu, new byte[0], data, fill));
    }

    /** Sends bytes as they are. */
    void send(byte[] bytes) {
        if (batching) {
            batch.add(bytes);
        } else {
            wire.receive(ByteBuffer.wrap(bytes));
        }
    }

    /** A PDU with its digests, whose fields are filled when its header is there. */
    byte[] bytes(InitiatorPdu<?> pdu, byte[] ahs, byte[] data, Runnable fill) {
        ByteBuffer bytes = ByteBuffer.allocate(framing.pduBytes(ahs.length, data.length));
        pdu.create(bytes, 0);
        fill.run();
        pdu.dataSegmentBytes(data.length).ahsBytes(ahs.length);
        bytes.put(Framing.BHS_BYTES, ahs);
        int from = framing.headerBytes(ahs.length);
        bytes.put(from, data);
        if (framing.headerDigest()) {
            putDigest(bytes, 0, Framing.BHS_BYTES + ahs.length);
        }
        if (framing.dataDigest() && data.length > 0) {
            putDigest(bytes, from, data.length + Framing.padding(data.length));
        }
        return bytes.array();
    }

    private static void putDigest(ByteBuffer bytes, int from, int length) {
        bytes.putInt(from + length, BitwiseCrc32c.digest(bytes.array(), from, length));
    }

    /** Gathers what is sent, so that it arrives in one read event. */
    void together(Runnable sending) {
        batching = true;
        sending.run();
        batching = false;
        wire.receive(gathered());
    }

    /** Gathers what is sent, and lets it arrive in pieces of some bytes. */
    void inPieces(int bytes, Runnable sending) {
        batching = true;
        sending.run();
        batching = false;
        ByteBuffer all = gathered();
        while (all.hasRemaining()) {
            int count = Math.min(bytes, all.remaining());
            wire.receive(all.slice(all.position(), count));
            all.position(all.position() + count);
        }
    }

    private ByteBuffer gathered() {
        ByteBuffer all =
                ByteBuffer.allocate(batch.stream().mapToInt(each -> each.length).sum());
        batch.forEach(all::put);
        batch.clear();
        return all.flip();
    }

    List<Got> answers() {
        return wire.answers(framing).stream()
                .map(answer -> new Got(Pdu.opcode(answer.header(), 0).orElseThrow(), answer.header(), answer.data()))
                .toList();
    }

    /** The one answer there is. */
    Got only() {
        List<Got> answers = answers();
        if (answers.size() != 1) {
            throw new AssertionError("expected one answer, got "
                    + answers.stream().map(Got::opcode).toList());
        }
        return answers.get(0);
    }
}
