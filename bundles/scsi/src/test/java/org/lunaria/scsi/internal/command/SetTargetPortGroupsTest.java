package org.lunaria.scsi.internal.command;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.lunaria.scsi.AccessState;
import org.lunaria.scsi.ScsiStatus;
import org.lunaria.scsi.SenseCode;
import org.lunaria.scsi.internal.unit.Answer;
import org.lunaria.scsi.internal.unit.Bench;
import org.lunaria.scsi.internal.unit.Initiator;
import org.lunaria.scsi.internal.unit.TargetPortGroups;

/** The parameter list of SET TARGET PORT GROUPS (SPC-4 6.45). */
class SetTargetPortGroupsTest {
    private final Bench bench = Bench.of(Bench.backend());
    private final Initiator initiator = bench.initiator();
    private final int group = TargetPortGroups.group(initiator);

    private void refuses(byte[] list, SenseCode code, String pointer) {
        Answer answer = TargetPortGroups.send(initiator, list);
        assertEquals(code, answer.code());
        assertEquals(pointer, answer.pointer());
        assertEquals(AccessState.ACTIVE_OPTIMIZED, TargetPortGroups.state(initiator));
    }

    private byte[] valid() {
        return TargetPortGroups.list(AccessState.STANDBY.code(), group);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3})
    void eachStateThatIsReportedAsSupportedCanBeSet(int code) {
        Answer answer = TargetPortGroups.send(initiator, TargetPortGroups.list(code, group));
        assertEquals(ScsiStatus.GOOD, answer.status());
        assertEquals(code, TargetPortGroups.state(initiator).code());
    }

    @ParameterizedTest
    @ValueSource(ints = {4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15})
    void otherStatesAreRefusedAtTheirField(int code) {
        refuses(TargetPortGroups.list(code, group), SenseCode.INVALID_FIELD_IN_PARAMETER_LIST, "list 4.3");
    }

    @ParameterizedTest
    @CsvSource({"0, list 0.7", "1, list 1.7", "2, list 2.7", "3, list 3.7", "5, list 5.7"})
    void whatIsReservedIsRefused(int at, String pointer) {
        byte[] list = valid();
        list[at] = 1;
        refuses(list, SenseCode.INVALID_FIELD_IN_PARAMETER_LIST, pointer);
    }

    @Test
    void theReservedBitsBesideTheStateAreRefused() {
        refuses(TargetPortGroups.list(0x10, group), SenseCode.INVALID_FIELD_IN_PARAMETER_LIST, "list 4.7");
    }

    @Test
    void aGroupThatIsNotOfTheTargetIsRefused() {
        refuses(TargetPortGroups.list(0, group ^ 1), SenseCode.INVALID_FIELD_IN_PARAMETER_LIST, "list 6.7");
    }

    @Test
    void aGroupThatStandsThereTwiceIsRefused() {
        byte[] list = Arrays.copyOf(valid(), 12);
        System.arraycopy(list, 4, list, 8, 4);
        refuses(list, SenseCode.INVALID_FIELD_IN_PARAMETER_LIST, "list 10.7");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3, 5, 6, 7, 9})
    void aListThatEndsAmidADescriptorIsRefused(int length) {
        refuses(Arrays.copyOf(valid(), length), SenseCode.PARAMETER_LIST_LENGTH_ERROR, "none");
    }

    @Test
    void lessDataThanTheListIsRefused() {
        Answer answer = initiator.write(Arrays.copyOf(valid(), 6), 0xA4, 0x0A, 0, 0, 0, 0, 0, 0, 0, 8, 0, 0);
        assertEquals(SenseCode.PARAMETER_LIST_LENGTH_ERROR, answer.code());
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 4})
    void aListWithoutGroupsSetsNothing(int length) {
        assertEquals(
                ScsiStatus.GOOD,
                TargetPortGroups.send(initiator, new byte[length]).status());
        assertEquals(AccessState.ACTIVE_OPTIMIZED, TargetPortGroups.state(initiator));
    }
}
