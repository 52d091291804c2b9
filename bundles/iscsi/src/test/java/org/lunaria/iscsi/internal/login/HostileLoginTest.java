package org.lunaria.iscsi.internal.login;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.lunaria.iscsi.internal.login.LoginScene.DISK;
import static org.lunaria.iscsi.internal.login.LoginScene.HOST;
import static org.lunaria.iscsi.internal.login.LoginScene.text;

import java.util.Random;
import org.junit.jupiter.api.Test;

/** Requests that no initiator sends. Repeat a run with -Dseed=N. */
class HostileLoginTest {
    private static final int LOGINS = 3000;
    private final long seed = Long.getLong("seed", System.nanoTime());
    private final Random random = new Random(seed);

    @Test
    void everyRequestGetsAnAnswerAndEveryLoginAnEnd() {
        System.out.println("seed " + seed);
        LoginScene scene = LoginScene.withDisk();
        for (int i = 0; i < LOGINS; i++) {
            LoginNegotiation login = new LoginNegotiation(scene);
            int requests = 0;
            while (goesOn(login.receive(request()))) {
                assertTrue(++requests <= LoginNegotiation.MAX_REQUESTS, "seed " + seed);
            }
        }
    }

    @Test
    void everyTextRequestGetsAnAnswerThatFitsOrAnError() {
        System.out.println("seed " + seed);
        LoginScene scene = LoginScene.withDisk();
        TextNegotiation negotiation = new TextNegotiation(scene, scene.discovery(HOST));
        long tag = 0xffffffffL;
        for (int i = 0; i < LOGINS; i++) {
            TextStep step = negotiation.receive(new TextRequest(
                    random.nextBoolean(),
                    random.nextInt(4) == 0,
                    random.nextInt(3),
                    random.nextInt(4) == 0 ? 0xffffffffL : tag,
                    random.nextBoolean() ? damaged("SendTargets=All", pair(), pair()) : new byte[0]));
            if (step instanceof TextStep.Answer answer) {
                int most = negotiation.parameters().initiatorMaxRecvDataSegmentLength();
                assertTrue(answer.data().length <= most, "seed " + seed);
                tag = answer.targetTransferTag();
            }
        }
    }

    private static boolean goesOn(LoginStep step) {
        if (step instanceof LoginStep.Answer answer) {
            assertTrue(answer.response().data().length <= 8192);
            return !answer.response().ends();
        }
        return false;
    }

    private LoginRequest request() {
        boolean transit = random.nextBoolean();
        return new LoginRequest(
                transit,
                random.nextInt(4) == 0,
                random.nextInt(20) == 0 ? random.nextInt(4) : 1,
                random.nextInt(10) == 0 ? random.nextInt(4) : 3,
                0,
                random.nextInt(100) == 0 ? 1 : 0,
                LoginScene.ISID,
                random.nextInt(50) == 0 ? 1 : 0,
                random.nextInt(),
                1,
                1,
                1,
                data());
    }

    private byte[] data() {
        return damaged("InitiatorName=" + HOST, "TargetName=" + DISK, pair(), pair(), pair());
    }

    private String pair() {
        return (random.nextInt(3) == 0 ? "X-" + random.nextInt() : anyKey()) + "=" + anyValue();
    }

    private byte[] damaged(String... pairs) {
        byte[] data = text(pairs);
        for (int i = random.nextInt(4); i > 0; i--) {
            data[random.nextInt(data.length)] = (byte) random.nextInt();
        }
        return data;
    }

    private String anyKey() {
        return Key.values()[random.nextInt(Key.values().length)].text();
    }

    private String anyValue() {
        return switch (random.nextInt(6)) {
            case 0 -> "Yes";
            case 1 -> "None,CRC32C";
            case 2 -> Long.toString(random.nextLong());
            case 3 -> "0x" + Integer.toHexString(random.nextInt());
            case 4 -> "Reject";
            default -> "\u00e4".repeat(random.nextInt(300));
        };
    }
}
