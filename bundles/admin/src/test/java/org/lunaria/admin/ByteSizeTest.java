package org.lunaria.admin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ByteSizeTest {

    @ParameterizedTest
    @CsvSource({
        "0, 0",
        "512, 512",
        "512B, 512",
        "1K, 1024",
        "64k, 65536",
        "1KB, 1024",
        "1KiB, 1024",
        "10G, 10737418240",
        "1.5T, 1649267441664",
        "0.25K, 256",
        "7E, 8070450532247928832"
    })
    void lettersAreBinaryUnits(String text, long bytes) {
        assertEquals(bytes, ByteSize.parse(text).bytes());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "-1",
                "G",
                "10 G",
                "1.5",
                "0x10",
                "10Q",
                "1e3",
                "1,5G",
                "ten",
                "1.2345G",
                "99999999999999999999"
            })
    void whatIsNoSizeIsRefusedWithAnExample(String text) {
        ApplianceException refused = assertThrows(ApplianceException.class, () -> ByteSize.parse(text));
        assertEquals(
                "size " + text + ": give a number of bytes, or one with K, M, G, T, P or E behind it, such as 10G.",
                refused.getMessage());
    }

    @ParameterizedTest
    @ValueSource(strings = {"8E", "9999P", "9223372036854775808", "9223372036854775807"})
    void whatIsTooLargeIsRefused(String text) {
        assertThrows(ApplianceException.class, () -> ByteSize.parse(text));
    }

    @Test
    void whatIsTooLargeIsNotWhatItIsToldToBe() {
        assertEquals(
                "size 8E: give less than 8E.",
                assertThrows(ApplianceException.class, () -> ByteSize.parse("8E"))
                        .getMessage());
    }

    @ParameterizedTest
    @CsvSource({
        "0, 0B",
        "1023, 1023B",
        "1024, 1K",
        "1536, 1.5K",
        "10737418240, 10G",
        "1649267441664, 1.5T",
        "1099511627777, 1T",
        "104857600, 100M"
    })
    void textHasTheLargestUnitThatLeavesOne(long bytes, String text) {
        assertEquals(text, new ByteSize(bytes).toString());
    }

    @Test
    void textOfAWholeSizeIsReadBackEqual() {
        for (long unit = 1; unit > 0 && unit <= 1L << 60; unit <<= 10) {
            ByteSize size = new ByteSize(7 * unit);
            assertEquals(size, ByteSize.parse(size.toString()));
        }
    }
}
