package org.lunaria.scsi.internal.unit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Optional;
import org.junit.jupiter.api.Test;

class UnitAttentionsTest {
    private final UnitAttentions attentions = new UnitAttentions(condition -> {});

    @Test
    void theMostImportantComesFirstAndNoneComesTwice() {
        attentions.establish(UnitAttention.LUNS_CHANGE);
        attentions.establish(UnitAttention.POWER_ON);
        attentions.establish(UnitAttention.LUNS_CHANGE);
        attentions.establish(UnitAttention.CAPACITY_CHANGE);
        assertEquals(Optional.of(UnitAttention.POWER_ON), attentions.take());
        assertEquals(Optional.of(UnitAttention.CAPACITY_CHANGE), attentions.take());
        assertEquals(Optional.of(UnitAttention.LUNS_CHANGE), attentions.take());
        assertEquals(Optional.empty(), attentions.take());
    }

    @Test
    void whatIsClearedIsNotTold() {
        attentions.establish(UnitAttention.LUNS_CHANGE);
        attentions.clear(UnitAttention.LUNS_CHANGE);
        assertTrue(attentions.isEmpty());
    }
}
