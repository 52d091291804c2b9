package org.lunaria.admin.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.lunaria.admin.ApplianceException;
import org.lunaria.admin.Mask;

class MaskListTest {
    private static final String A = "iqn.1993-08.org.debian:a";
    private static final String B = "iqn.1993-08.org.debian:b";

    private static Mask mask(String initiator, String... words) {
        return new Mask(initiator, Mask.luns(List.of(words)));
    }

    @Test
    void textIsReadAndWrittenInItsOrder() {
        List<String> entries = List.of("@10.0.0.0/24=1+0:ro", A + "=none", "any=3");
        assertEquals(String.join(",", entries), MaskList.parse(entries).toString());
        assertEquals(
                mask("@10.0.0.0/24", "1", "0:ro"),
                MaskList.parse(entries).masks().get(0));
        assertEquals(A + "=2", MaskList.parse(List.of(A + " = 2")).toString());
    }

    @Test
    void aNewMaskStandsInFrontOfThoseForMoreInitiators() {
        MaskList masks = MaskList.parse(List.of());
        for (String initiator : List.of("any", "@10.0.0.0/24", "iqn.1993-08.org.debian:*", A, B, A + "@10.0.0.1")) {
            masks = masks.with(mask(initiator, "0"));
        }
        assertEquals(
                List.of(A + "@10.0.0.1", A, B, "@10.0.0.0/24", "iqn.1993-08.org.debian:*", "any"),
                masks.masks().stream().map(Mask::initiator).toList());
    }

    @Test
    void anotherMaskForAnInitiatorTakesThePlaceOfTheOneItHad() {
        MaskList masks = MaskList.parse(List.of("any=0", A.toUpperCase() + "=1", B + "=2"));
        assertEquals(
                "any=0," + A + "=none," + B + "=2", masks.with(mask(A, "none")).toString());
    }

    @Test
    void aMaskIsTakenBackByItsInitiator() {
        MaskList masks = MaskList.parse(List.of(A + "=0", "any=none"));
        assertEquals("any=none", masks.without(A.toUpperCase()).orElseThrow().toString());
        assertEquals(Optional.empty(), masks.without(B));
        assertEquals(
                "", MaskList.parse(List.of(A + "=0")).without(A).orElseThrow().toString());
    }

    @Test
    void anEntryThatIsNoneIsLeftOutOfListings() {
        assertEquals(
                A + "=0",
                MaskList.parse(List.of("x", "=1", B + "=", B + "=1|2", A + "=0"))
                        .toString());
    }

    @Test
    void theListHasABound() {
        MaskList masks = MaskList.parse(List.of());
        for (int i = 0; i < MaskList.MAX_ENTRIES; i++) {
            masks = masks.with(mask("iqn.1993-08.org.debian:" + i, "0"));
        }
        MaskList full = masks;
        assertThrows(ApplianceException.class, () -> full.with(mask(A, "0")));
        assertEquals(
                MaskList.MAX_ENTRIES,
                full.with(mask("iqn.1993-08.org.debian:0", "1")).masks().size());
    }
}
