package org.lunaria.scsi.internal.unit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.lunaria.scsi.internal.unit.ReserveCommands.*;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.lunaria.backend.ArrayBackend;
import org.lunaria.scsi.ScsiStatus;
import org.lunaria.scsi.SenseCode;
import org.lunaria.scsi.internal.reservation.ReservationType;
import org.lunaria.scsi.internal.reservation.ReserveOutAction;

/** Random requests of a few initiators with few keys, against {@link ReservationModel}; losses of power among them. */
class ReservationRandomTest {
    private static final int INITIATORS = 4;
    private static final int KEYS = 4;
    private static final int STEPS = 20_000;
    private static final Map<SenseCode, String> ATTENTIONS = Map.of(
            SenseCode.RESERVATIONS_PREEMPTED, "CLEARED",
            SenseCode.REGISTRATIONS_PREEMPTED, "PREEMPTED",
            SenseCode.RESERVATIONS_RELEASED, "RELEASED");

    private final ArrayBackend backend = Bench.backend();
    private final ReservationModel model = new ReservationModel();
    private final List<Initiator> initiators = new ArrayList<>();
    private Bench bench = Bench.of(backend);
    private Random random;

    @Test
    void theEngineDoesWhatTheModelSays() {
        long seed = Long.getLong("reservation.seed", System.nanoTime());
        System.out.println("-Dreservation.seed=" + seed);
        random = new Random(seed);
        logIn();
        for (int i = 0; i < STEPS; i++) {
            String what = "seed " + seed + " step " + i;
            int who = random.nextInt(INITIATORS);
            if (random.nextInt(100) == 0) {
                bench = bench.afterPowerLoss(backend);
                model.powerLoss();
                logIn();
            } else if (random.nextInt(20) == 0) {
                initiators.get(who).leave();
                initiators.get(who).returnAgain();
                initiators.get(who).ready();
            } else {
                assertEquals(step(who, what), what);
            }
            compare(what);
        }
    }

    private void logIn() {
        initiators.clear();
        for (int i = 0; i < INITIATORS; i++) {
            initiators.add(bench.initiator("host" + i));
        }
    }

    /** Does a request on both sides; returns what it got, or the difference. */
    private String step(int who, String what) {
        Initiator by = initiators.get(who);
        long own = model.keys.getOrDefault(who, 0L);
        long key = random.nextInt(4) == 0 ? random.nextInt(KEYS) : own;
        long next = random.nextInt(KEYS);
        boolean aptpl = random.nextBoolean();
        int flags = aptpl ? APTPL : 0;
        ReservationType type = ReservationType.values()[random.nextInt(ReservationType.values().length)];
        if (model.type != null && random.nextBoolean()) {
            type = model.type;
        }
        ReserveOutAction action = ReserveOutAction.values()[random.nextInt(8)];
        int to = random.nextInt(INITIATORS);
        boolean unregisters = random.nextBoolean();
        String expected = switch (action) {
            case REGISTER -> model.register(who, key, next, false, aptpl);
            case REGISTER_AND_IGNORE_EXISTING_KEY -> model.register(who, key, next, true, aptpl);
            case RESERVE -> model.reserve(who, key, type);
            case RELEASE -> model.release(who, key, type);
            case CLEAR -> random.nextInt(5) > 0 ? "skip" : model.clear(who, key);
            case PREEMPT, PREEMPT_AND_ABORT -> model.preempt(who, key, next, type);
            case REGISTER_AND_MOVE -> model.move(who, key, next, to, unregisters, aptpl);
            case REPLACE_LOST_RESERVATION -> "CHECK";
        };
        if (expected.equals("skip")) {
            return what;
        }
        Answer answer = action == ReserveOutAction.REGISTER_AND_MOVE
                ? move(
                        by,
                        key,
                        next,
                        flags | (unregisters ? UNREG : 0),
                        1,
                        transportId(initiators.get(to).nexus().initiatorPort()))
                : out(by, action, type.code(), list(key, next, flags));
        String actual = switch (answer.status()) {
            case GOOD -> "GOOD";
            case RESERVATION_CONFLICT -> "CONFLICT";
            default -> "CHECK";
        };
        return expected.equals(actual) ? what : what + ": " + action + " gave " + actual + ", not " + expected;
    }

    private void compare(String what) {
        for (int who = 0; who < INITIATORS; who++) {
            Initiator initiator = initiators.get(who);
            List<String> told = new ArrayList<>();
            Answer ready = initiator.command(0x00);
            while (ready.status() != ScsiStatus.GOOD) {
                told.add(ATTENTIONS.get(ready.code()));
                ready = initiator.command(0x00);
            }
            Collections.sort(told);
            assertEquals(model.attentions.getOrDefault(who, List.of()), told, what);
            assertEquals(
                    model.mayWrite(who) ? ScsiStatus.GOOD : ScsiStatus.RESERVATION_CONFLICT,
                    initiator
                            .write(new byte[0], 0x2A, 0, 0, 0, 0, 0, 0, 0, 0, 0)
                            .status(),
                    what);
            assertEquals(
                    model.mayRead(who) ? ScsiStatus.GOOD : ScsiStatus.RESERVATION_CONFLICT,
                    initiator.read(0, 0x28, 0, 0, 0, 0, 0, 0, 0, 0, 0).status(),
                    what);
        }
        model.attentions.clear();
        Initiator asking = initiators.get(0);
        assertEquals(model.generation, generation(asking), what);
        List<Long> keys = new ArrayList<>(keys(asking));
        Collections.sort(keys);
        List<Long> expected = new ArrayList<>(model.keys.values());
        Collections.sort(expected);
        assertEquals(expected, keys, what);
        String reservation = model.type == null
                ? "none"
                : (model.type.isHeldByAllRegistrants() ? 0 : model.keys.get(model.holder)) + " " + model.type.code();
        assertEquals(reservation, reservation(asking), what);
    }
}
