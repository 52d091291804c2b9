package org.lunaria.iscsi.internal.login;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TextFormatTest {

    @Test
    void pairsAreSeparatedByNuls() {
        assertEquals(
                Optional.of(List.of(new KeyValue("A", "1"), new KeyValue("B", "x=y"), new KeyValue("C", ""))),
                parse("A=1\0B=x=y\0C=\0"));
    }

    @Test
    void moreNulsThanNeededAreNoPairs() {
        assertEquals(Optional.of(List.of(new KeyValue("A", "1"))), parse("\0A=1\0\0\0"));
        assertEquals(Optional.of(List.of()), parse(""));
    }

    @ParameterizedTest
    @ValueSource(strings = {"A=1", "A\0", "=1\0", "A B=1\0", "A=1\0B", "\u00e4=1\0"})
    void whatIsNoPairMakesTheTextNone(String text) {
        assertEquals(Optional.empty(), parse(text));
    }

    @Test
    void aKeyIsAtMost63CharactersLong() {
        assertEquals(1, parse("K".repeat(63) + "=\0").orElseThrow().size());
        assertEquals(Optional.empty(), parse("K".repeat(64) + "=\0"));
    }

    @Test
    void bytesThatAreNotUtf8MakeTheTextNone() {
        assertEquals(Optional.empty(), TextFormat.parse(HexFormat.of().parseHex("413dc32800")));
    }

    @Test
    void pairsAreWrittenAsTheyAreRead() {
        assertArrayEquals(
                "A=1\0B=\u00e4\0".getBytes(StandardCharsets.UTF_8),
                TextFormat.format(List.of(new KeyValue("A", "1"), new KeyValue("B", "\u00e4"))));
    }

    @ParameterizedTest
    @CsvSource({"0,0", "262144,262144", "0x40000,262144", "0XfF,255"})
    void numbersAreDecimalOrHexadecimalConstants(String text, long number) {
        assertEquals(OptionalLong.of(number), TextFormat.number(text));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "-1", "+1", " 1", "007", "0x", "1e3", "99999999999999999999", "0xffffffffffffffff1", "1~2"})
    void anythingElseIsNoNumber(String text) {
        assertEquals(OptionalLong.empty(), TextFormat.number(text));
    }

    private static Optional<List<KeyValue>> parse(String text) {
        return TextFormat.parse(text.getBytes(StandardCharsets.UTF_8));
    }
}
