package org.lunaria.iscsi.internal.login;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RuleTest {

    @ParameterizedTest
    @CsvSource({"Yes,Yes,Yes", "Yes,No,No", "No,Yes,No", "No,No,No", "yes,Yes,Reject", "'',Yes,Reject"})
    void andIsYesWhenBothSaySo(String offered, String own, String result) {
        assertEquals(result, Rule.and().apply(offered, own));
    }

    @ParameterizedTest
    @CsvSource({"Yes,Yes,Yes", "Yes,No,Yes", "No,Yes,Yes", "No,No,No", "1,Yes,Reject"})
    void orIsYesWhenOneSaysSo(String offered, String own, String result) {
        assertEquals(result, Rule.or().apply(offered, own));
    }

    @ParameterizedTest
    @CsvSource({"10,20,10", "30,20,20", "0x10,20,16", "9,20,Reject", "101,20,Reject", "ten,20,Reject", "-10,20,Reject"})
    void minimumIsTheSmallerOfWhatIsInRange(String offered, String own, String result) {
        assertEquals(result, Rule.minimum(10, 100).apply(offered, own));
    }

    @ParameterizedTest
    @CsvSource({"10,20,20", "30,20,30", "101,20,Reject"})
    void maximumIsTheLargerOfWhatIsInRange(String offered, String own, String result) {
        assertEquals(result, Rule.maximum(10, 100).apply(offered, own));
    }

    @ParameterizedTest
    @CsvSource({
        "'CRC32C,None','None,CRC32C',CRC32C",
        "'CRC32C,None',None,None",
        "CRC32C,None,Reject",
        "'X-a,None',None,None",
        "'',None,Reject"
    })
    void choiceIsTheFirstOfTheInitiatorsThatTheTargetKnows(String offered, String own, String result) {
        assertEquals(result, Rule.choice().apply(offered, own));
    }

    @Test
    void aDeclaredTextIsAtMost255BytesLong() {
        assertEquals("a".repeat(255), Rule.declaredText().apply("a".repeat(255), ""));
        assertEquals("Reject", Rule.declaredText().apply("\u00e4".repeat(128), ""));
    }
}
