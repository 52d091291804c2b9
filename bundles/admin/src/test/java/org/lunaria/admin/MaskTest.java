package org.lunaria.admin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.lunaria.admin.Mask.Shown;

class MaskTest {

    @Test
    void wordsAreNumbersOrNoneAlone() {
        List<Shown> luns = Mask.luns(List.of("0", "2:ro", "16383"));
        assertEquals(List.of(new Shown(0, false), new Shown(2, true), new Shown(16383, false)), luns);
        assertEquals("0+2:ro+16383", new Mask("any", luns).text("+"));
        assertEquals(List.of(), Mask.luns(List.of("none")));
        assertEquals("none", new Mask("any", List.of()).text("+"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "x", "-1", "16384", "2:rw", "2,3", "2+3", "none"})
    void aWordThatIsNoneIsRefusedInOneSentence(String word) {
        ApplianceException refused = assertThrows(ApplianceException.class, () -> Mask.luns(List.of("0", word)));
        assertEquals(
                "lun '" + word + "': give numbers from 0 to 16383, with :ro behind those that are to be read only, or"
                        + " none alone.",
                refused.getMessage());
    }

    @Test
    void aNumberStandsThereOnce() {
        ApplianceException refused = assertThrows(ApplianceException.class, () -> Mask.luns(List.of("2", "0", "2:ro")));
        assertEquals("lun 2 stands there twice; give it once.", refused.getMessage());
    }
}
