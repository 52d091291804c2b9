package org.lunaria.admin.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.lunaria.admin.ApplianceException;
import org.lunaria.admin.Mapping;

class LunListTest {

    @Test
    void textIsReadAndWrittenInTheOrderOfNumbers() {
        LunList luns = LunList.parse("t", List.of("10=c", "0=a", "2=b:ro"));
        assertEquals("0=a,2=b:ro,10=c", luns.toString());
        assertEquals(new Mapping("t", 2, "b", true), luns.mappings().get(2));
    }

    @Test
    void nextFreeIsTheLowestGap() {
        assertEquals(0, LunList.parse("t", List.of()).nextFree());
        assertEquals(1, LunList.parse("t", List.of("0=a", "2=b")).nextFree());
        assertEquals(0, LunList.parse("t", List.of("1=a")).nextFree());
    }

    @Test
    void takenNumberIsRefusedWithItsVolume() {
        LunList luns = LunList.parse("t", List.of("0=a"));
        ApplianceException refused =
                assertThrows(ApplianceException.class, () -> luns.with(new Mapping("t", 0, "b", false)));
        assertEquals(
                "lun 0 of target t is volume a already; choose another number or unmap that volume.",
                refused.getMessage());
    }

    @Test
    void numberOutOfRangeIsRefusedWithTheRange() {
        LunList luns = LunList.parse("t", List.of());
        for (int lun : new int[] {-1, 16384}) {
            ApplianceException refused =
                    assertThrows(ApplianceException.class, () -> luns.with(new Mapping("t", lun, "b", false)));
            assertEquals("lun " + lun + ": give 0 to 16383.", refused.getMessage());
        }
        assertEquals("16383=b", luns.with(new Mapping("t", 16383, "b", false)).toString());
    }

    @Test
    void removalTakesAllNumbersOfAVolume() {
        LunList luns = LunList.parse("t", List.of("0=a", "1=b", "2=a:ro"));
        assertEquals("1=b", luns.without(luns.ofVolume("a")).toString());
    }

    @Test
    void entryThatIsNoneIsLeftOutOfListings() {
        assertEquals(
                "1=b",
                LunList.parse("t", List.of("x=a", "=", "1=b", "99999999999=c")).toString());
    }
}
