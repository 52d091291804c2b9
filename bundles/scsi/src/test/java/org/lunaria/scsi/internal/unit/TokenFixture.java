package org.lunaria.scsi.internal.unit;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Map;
import org.lunaria.scsi.LunMap;
import org.lunaria.scsi.LunMap.Mapping;
import org.lunaria.scsi.ScsiStatus;
import org.lunaria.scsi.SenseCode;

/** What tests of ROD tokens begin with: two units with different random contents, LUN 0 and LUN 1, and a client. */
abstract class TokenFixture extends CopyFixture {
    final TokenClient client;

    TokenFixture() {
        hearAttentions(host);
        client = new TokenClient(host);
    }

    static void hearAttentions(Initiator initiator) {
        for (int i = 0; i < UnitAttention.values().length; i++) {
            initiator.onLun(0, 0, 0x00);
            initiator.onLun(1, 0, 0x00);
        }
    }

    /** Shows the host other units, and has it hear of that. */
    final void see(Map<Integer, Mapping> units) {
        bench.map(new LunMap(units));
        hearAttentions(host);
    }

    final TokenClient client(String name) {
        Initiator initiator = bench.initiator(name);
        hearAttentions(initiator);
        return new TokenClient(initiator);
    }

    /** Writes blocks of LUN 1 by a token, from its beginning. */
    final Answer write(byte[] token, long... ranges) {
        return client.write(1, TokenLists.write(0, 0, token, ranges));
    }

    final void assertUntouched() {
        assertArrayEquals(blocks(filled(2), 0, 2048), blocks(to, 0, 2048));
    }

    static void assertGood(Answer answer) {
        assertEquals(ScsiStatus.GOOD, answer.status());
    }

    static void assertRefused(SenseCode code, Answer answer) {
        assertEquals(ScsiStatus.CHECK_CONDITION, answer.status());
        assertEquals(code, answer.code());
    }

    static void assertPointer(String pointer, Answer answer) {
        assertRefused(SenseCode.INVALID_FIELD_IN_PARAMETER_LIST, pointer, answer);
    }
}
