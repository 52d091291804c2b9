package org.lunaria.scsi.internal.unit;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.lunaria.scsi.LunMap;
import org.lunaria.scsi.LunMap.Mapping;
import org.lunaria.scsi.ScsiStatus;
import org.lunaria.scsi.ScsiTarget;
import org.lunaria.scsi.SenseCode;

/** A token opens nothing to an initiator that it may not read itself, at the moment of the copy. */
class TokenAccessTest extends TokenFixture {
    private final byte[] token = client.token(0, 10, 4);

    private TokenClient onlyOther(String name) {
        Initiator initiator = bench.newInitiator(name, () -> new LunMap(Map.of(1, CopyStand.OTHER)));
        hearAttentions(initiator);
        return new TokenClient(initiator);
    }

    @Test
    void itIsOfNoUseToAnInitiatorThatDoesNotSeeTheSource() {
        assertRefused(
                SenseCode.INVALID_TOKEN_OPERATION, onlyOther("stranger").write(1, TokenLists.write(0, 0, token, 0, 4)));
        assertUntouched();
    }

    @Test
    void itIsOfUseToAnotherInitiatorThatSeesTheSource() {
        assertGood(client("friend").write(1, TokenLists.write(0, 0, token, 0, 4)));
    }

    @Test
    void itIsOfNoUseWhenTheSourceIsTakenFromItsInitiator() {
        see(Map.of(1, CopyStand.OTHER));
        assertRefused(SenseCode.COPY_TARGET_DEVICE_NOT_REACHABLE, write(token, 0, 4));
        assertEquals(0x02, client.information(1).get(5));
        assertUntouched();
    }

    @Test
    void itReachesFromOneTargetToAnother() {
        see(Map.of(0, CopyStand.DISK));
        ScsiTarget elsewhere = bench.engine().create("iqn.2026-11.example:elsewhere");
        Initiator there = new Initiator(elsewhere, "host", 1, () -> new LunMap(Map.of(1, CopyStand.OTHER)));
        hearAttentions(there);
        Initiator stranger = new Initiator(elsewhere, "stranger", 1, () -> new LunMap(Map.of(1, CopyStand.OTHER)));
        hearAttentions(stranger);
        byte[] list = TokenLists.write(0, 0, client.token(0, 10, 4), 0, 4);
        assertRefused(SenseCode.INVALID_TOKEN_OPERATION, new TokenClient(stranger).write(1, list));
        assertUntouched();
        assertGood(new TokenClient(there).write(1, list));
    }

    @Test
    void itOutlivesItsSession() {
        host.leave();
        host.returnAgain();
        hearAttentions(host);
        assertGood(write(token, 0, 4));
    }

    @Test
    void theSourceIsReadAsItsReservationAllows() {
        Initiator rival = bench.initiator("rival");
        assertGood(rival.command(0x16, 0, 0, 0, 0, 0));
        Answer answer = write(token, 0, 4);
        assertRefused(SenseCode.THIRD_PARTY_DEVICE_FAILURE, answer);
        assertEquals(ScsiStatus.RESERVATION_CONFLICT.code(), CopyStand.forwardedStatus(answer));
        assertUntouched();
        assertEquals(
                ScsiStatus.RESERVATION_CONFLICT,
                client.populate(0, TokenLists.populate(0, 1)).status());
        assertGood(rival.command(0x17, 0, 0, 0, 0, 0));
        assertGood(write(token, 0, 4));
    }

    @Test
    void whatIsWriteProtectedIsNotWritten() {
        see(Map.of(0, CopyStand.DISK, 1, new Mapping("other", true)));
        assertRefused(SenseCode.WRITE_PROTECTED, write(token, 0, 4));
        assertRefused(SenseCode.WRITE_PROTECTED, write(TokenLists.zeroToken(), 0, 4));
        assertUntouched();
    }

    @Test
    void aReadOnlyUnitIsASource() {
        see(Map.of(0, new Mapping("disk", true), 1, CopyStand.OTHER));
        assertGood(write(client.token(0, 10, 4), 0, 4));
    }
}
