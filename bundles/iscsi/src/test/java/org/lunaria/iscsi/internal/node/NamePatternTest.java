package org.lunaria.iscsi.internal.node;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.Random;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NamePatternTest {

    @ParameterizedTest
    @CsvSource({
        "abc, abc, true",
        "abc, abcd, false",
        "abcd, abc, false",
        "a?c, abc, true",
        "a?c, ac, false",
        "?, ab, false",
        "*, abc, true",
        "*, '', true",
        "'', a, false",
        "a*, a, true",
        "*c, abc, true",
        "*c, cb, false",
        "a*b*c, axxbxxbxc, true",
        "a*b?c, abbc, true",
        "**a**, bab, true",
        "*ab, aab, true",
        "*aab, aaab, true",
        "a.c, abc, false",
    })
    void aStarStandsForAnyCharactersAndAQuestionMarkForOne(String pattern, String name, boolean fits) {
        assertEquals(fits, NamePattern.of(pattern).fits(name));
    }

    @Test
    void aCharacterBeyondSixteenBitsIsOne() {
        String disk = Character.toString(0x1F4BE);
        assertTrue(NamePattern.of("a?c").fits("a" + disk + "c"));
        assertFalse(NamePattern.of("a??c").fits("a" + disk + "c"));
        assertTrue(NamePattern.of("*" + disk).fits("a" + disk));
    }

    /** A name is the peer's, and is looked at on an I/O thread: no pattern may take long. */
    @Test
    void manyStarsTakeNoLongerThanOneForEachCharacter() {
        String name = "a".repeat(IscsiName.MAX_BYTES);
        String stars = "a*".repeat(IscsiName.MAX_BYTES / 2);
        assertTimeoutPreemptively(Duration.ofSeconds(20), () -> {
            for (int round = 0; round < 100; round++) {
                assertFalse(NamePattern.of(stars + "b").fits(name));
                assertFalse(NamePattern.of("*".repeat(IscsiName.MAX_BYTES - 1) + "b")
                        .fits(name));
                assertTrue(NamePattern.of(stars).fits(name));
            }
        });
    }

    @Test
    void fitsAsARegularExpressionWould() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        for (int round = 0; round < 20_000; round++) {
            String pattern = text(random, "ab*?");
            String name = text(random, "ab");
            boolean expected = Pattern.matches(pattern.replace("*", ".*").replace('?', '.'), name);
            assertEquals(expected, NamePattern.of(pattern).fits(name), () -> pattern + " " + name + " seed " + seed);
        }
    }

    private static String text(Random random, String characters) {
        StringBuilder text = new StringBuilder();
        for (int left = random.nextInt(8); left > 0; left--) {
            text.append(characters.charAt(random.nextInt(characters.length())));
        }
        return text.toString();
    }
}
