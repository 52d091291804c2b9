package org.lunaria.scsi.internal.unit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.lunaria.scsi.internal.reservation.ReservationType.EXCLUSIVE_ACCESS;
import static org.lunaria.scsi.internal.reservation.ReservationType.WRITE_EXCLUSIVE;
import static org.lunaria.scsi.internal.reservation.ReservationType.WRITE_EXCLUSIVE_ALL_REGISTRANTS;
import static org.lunaria.scsi.internal.unit.ReserveCommands.*;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.lunaria.backend.ArrayBackend;
import org.lunaria.scsi.ScsiStatus;
import org.lunaria.scsi.SenseCode;
import org.lunaria.scsi.internal.reservation.ReserveOutAction;

/** PERSISTENT RESERVE OUT that names initiator ports, or holds for several target ports (SPC-4 5.13, 6.16). */
class PersistentReservePortsTest {
    private static final int[] WRITE_A_BLOCK = {0x2A, 0, 0, 0, 0, 0, 0, 0, 1, 0};

    private final ArrayBackend backend = Bench.backend();
    private final Bench bench = Bench.of(backend);
    private final Initiator one = bench.initiator("one");
    private final Initiator two = bench.initiator("two");
    private final Initiator three = bench.initiator("three");

    private static ScsiStatus write(Initiator by) {
        return by.write(new byte[512], WRITE_A_BLOCK).status();
    }

    private void registerAll() {
        assertGood(register(one, 0, 1));
        assertGood(register(two, 0, 2));
        assertGood(register(three, 0, 3));
    }

    @Test
    void theReservationMovesToAnInitiatorPortThatIsNamed() {
        registerAll();
        byte[] twosId = transportId(two.nexus().initiatorPort());
        assertEquals("CDB 1.4", move(one, 1, 22, 0, 1, twosId).pointer());
        assertGood(reserve(one, 1, WRITE_EXCLUSIVE));
        assertConflict(move(two, 2, 22, 0, 1, transportId(one.nexus().initiatorPort())));
        assertConflict(move(one, 9, 22, 0, 1, twosId));
        assertEquals("list 8.7", move(one, 1, 0, 0, 1, twosId).pointer());
        assertEquals("list 18.7", move(one, 1, 22, 0, 9, twosId).pointer());
        assertEquals(
                "list 24.7",
                move(one, 1, 22, 0, 1, transportId(one.nexus().initiatorPort())).pointer());
        assertEquals(
                "list 24.7",
                move(one, 1, 22, 0, 1, transportId("iqn.2026-11.example:two")).pointer());
        assertGood(move(one, 1, 22, 0, 1, twosId));
        assertEquals("22 1", reservation(one));
        assertEquals(List.of(1L, 22L, 3L), keys(one));
        assertEquals(ScsiStatus.RESERVATION_CONFLICT, write(one));
        assertEquals(ScsiStatus.GOOD, write(two));
        assertGood(move(two, 22, 4, UNREG | APTPL, 1, transportId("iqn.2026-11.example:new,i,0x00000000000a")));
        assertEquals(List.of("1 one 1", "3 three 1", "4 new 1 holds 1"), fullStatus(one));
        assertEquals(5, generation(one));
    }

    @Test
    void aReservationOfAllRegistrantsDoesNotMove() {
        registerAll();
        assertGood(reserve(one, 1, WRITE_EXCLUSIVE_ALL_REGISTRANTS));
        assertConflict(move(one, 1, 22, 0, 1, transportId(two.nexus().initiatorPort())));
    }

    @Test
    void otherInitiatorPortsAreRegisteredByName() {
        byte[] named = transportId("IQN.2026-11.example:Two,i,0x1");
        byte[] fresh = transportId("iqn.2026-11.example:later,i,0x00023d000001");
        assertGood(register(one, 0, 5, SPEC_I_PT, named, fresh));
        assertEquals(List.of("5 one 1", "5 two 1", "5 later 1"), fullStatus(three));
        assertGood(reserve(two, 5, WRITE_EXCLUSIVE));
        assertEquals("list 20.3", register(one, 5, 6, SPEC_I_PT, named).pointer());
        assertEquals("list 28.7", register(three, 0, 5, SPEC_I_PT, named).pointer());
        byte[] another = transportId("iqn.2026-11.example:x,i,0x00023d000001");
        assertEquals(
                "list " + (28 + another.length) + ".7",
                register(three, 0, 5, SPEC_I_PT, another, fresh).pointer());
        assertEquals(3, keys(one).size());
    }

    @Test
    void aDeviceStandsForItsPortsThatAreThere() {
        assertGood(register(one, 0, 5, SPEC_I_PT, transportId("iqn.2026-11.example:two")));
        assertEquals(List.of("5 one 1", "5 two 1"), fullStatus(three));
        assertEquals(
                "list 28.7",
                register(three, 0, 5, SPEC_I_PT, transportId("iqn.2026-11.example:nobody"))
                        .pointer());
    }

    @Test
    void aRegistrationThroughAllPortsHoldsForEachAndIsOne() {
        Initiator otherPort = bench.initiatorByPort("one", 2);
        assertConflict(reserve(otherPort, 1, WRITE_EXCLUSIVE));
        assertGood(register(one, 0, 1, ALL_TG_PT));
        assertEquals(List.of("1 one 0 all"), fullStatus(two));
        assertGood(reserve(otherPort, 1, WRITE_EXCLUSIVE));
        assertEquals(List.of("1 one 0 all holds 1"), fullStatus(two));
        assertEquals(ScsiStatus.GOOD, write(otherPort));
        assertEquals(ScsiStatus.RESERVATION_CONFLICT, write(one));
        assertGood(register(one, 1, 4));
        assertEquals("4 1", reservation(two));
        assertGood(register(two, 0, 2));
        assertGood(preempt(two, 2, 4, WRITE_EXCLUSIVE));
        assertHears(SenseCode.REGISTRATIONS_PREEMPTED, one);
        assertHears(SenseCode.REGISTRATIONS_PREEMPTED, otherPort);
    }

    @Test
    void aNexusIsNotThatOfAnotherPort() {
        Initiator otherPort = bench.initiatorByPort("one", 2);
        assertGood(register(one, 0, 1));
        assertGood(reserve(one, 1, EXCLUSIVE_ACCESS));
        assertEquals(ScsiStatus.RESERVATION_CONFLICT, write(otherPort));
        assertGood(register(otherPort, 0, 1));
        assertEquals(List.of("1 one 1 holds 3", "1 one 2"), fullStatus(two));
        assertGood(register(otherPort, 1, 8, ALL_TG_PT));
        assertEquals(List.of("8 one 0 all holds 3"), fullStatus(two));
        assertEquals(ScsiStatus.GOOD, write(one));
        assertGood(register(otherPort, 8, 0, ALL_TG_PT));
        assertEquals("none", reservation(two));
    }

    @Test
    void registeringThroughAllPortsConflictsWhereOneHasAnotherKey() {
        Initiator otherPort = bench.initiatorByPort("one", 2);
        assertGood(register(one, 0, 1));
        assertConflict(register(otherPort, 0, 1, ALL_TG_PT));
        assertGood(register(otherPort, 0, 2));
        assertConflict(register(otherPort, 2, 3, ALL_TG_PT));
        assertEquals(List.of("1 one 1", "2 one 2"), fullStatus(two));
        byte[] ignoring = list(0, 3, ALL_TG_PT);
        assertGood(out(otherPort, ReserveOutAction.REGISTER_AND_IGNORE_EXISTING_KEY, 0, ignoring));
        assertEquals(List.of("3 one 0 all"), fullStatus(two));
    }

    @Test
    void transportIdsThatAreNoneAreRefusedAtTheirPlace() {
        byte[] good = transportId("iqn.2026-11.example:x,i,0x00023d000001");
        byte[] otherProtocol = good.clone();
        otherProtocol[0] = 0x46;
        byte[] otherFormat = good.clone();
        otherFormat[0] = (byte) 0x85;
        byte[] endless = good.clone();
        endless[good.length - 1] = 'x';
        for (byte[] bad : List.of(
                otherProtocol,
                otherFormat,
                endless,
                transportId("a b,i,0x1"),
                transportId("x,i,0xyz"),
                transportId(""))) {
            assertEquals("list 28.7", register(one, 0, 1, SPEC_I_PT, bad).pointer());
        }
        byte[] tooLong = good.clone();
        tooLong[3] += 4;
        assertEquals("list 24.7", register(one, 0, 1, SPEC_I_PT, tooLong).pointer());
        byte[] lying = list(0, 1, SPEC_I_PT, good);
        lying[27] += 4;
        assertEquals(
                SenseCode.PARAMETER_LIST_LENGTH_ERROR,
                out(one, ReserveOutAction.REGISTER, 0, lying).code());
        assertEquals(List.of(), keys(one));
    }
}
