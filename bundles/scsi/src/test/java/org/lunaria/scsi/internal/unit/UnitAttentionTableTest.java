package org.lunaria.scsi.internal.unit;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.lunaria.scsi.ScsiStatus;
import org.lunaria.scsi.SenseCode;
import org.lunaria.scsi.internal.command.Command;
import org.lunaria.scsi.internal.command.CommandTable;

/** Each event is told to whom it concerns and to nobody else, once, by the commands that tell it (SAM-5 5.14). */
class UnitAttentionTableTest {

    /** INQUIRY, REPORT LUNS, REQUEST SENSE: they are done while a unit attention is pending (SPC-4 6.4, 6.33, 6.39). */
    private static final Set<Integer> DONE_ALL_THE_SAME = Set.of(0x12, 0xA0, 0x03);

    private static final int SENSE_BYTES = 18;

    private static Optional<SenseCode> codeOf(Optional<UnitAttention> condition) {
        return condition.map(UnitAttention::code);
    }

    /** What TEST UNIT READY says of it. */
    private static Optional<SenseCode> heard(Initiator initiator) {
        Answer answer = initiator.command(0x00);
        return answer.status() == ScsiStatus.CHECK_CONDITION ? Optional.of(answer.code()) : Optional.empty();
    }

    @ParameterizedTest
    @EnumSource
    void eachIsToldWhatConcernsItOnce(UnitAttentionEvent event) {
        UnitAttentionScene scene = event.happened();
        assertEquals(codeOf(event.doerHears()), heard(scene.doer()));
        assertEquals(codeOf(event.otherHears()), heard(scene.other()));
        assertEquals(Optional.empty(), heard(scene.doer()));
        assertEquals(Optional.empty(), heard(scene.other()));
    }

    @ParameterizedTest
    @EnumSource
    void inquiryTellsNothingAndLeavesItPending(UnitAttentionEvent event) {
        UnitAttentionScene scene = event.happened();
        assertEquals(
                ScsiStatus.GOOD, scene.other().read(36, 0x12, 0, 0, 0, 36, 0).status());
        assertEquals(codeOf(event.otherHears()), heard(scene.other()));
    }

    /** But the one that asks for REPORT LUNS has done its work then (SPC-4 6.33). */
    @ParameterizedTest
    @EnumSource
    void reportLunsTellsNothingAndLeavesItPending(UnitAttentionEvent event) {
        UnitAttentionScene scene = event.happened();
        Answer luns = scene.other().read(64, 0xA0, 0, 0, 0, 0, 0, 0, 0, 0, 64, 0, 0);
        assertEquals(ScsiStatus.GOOD, luns.status());
        Optional<UnitAttention> left = event.otherHears().filter(condition -> condition != UnitAttention.LUNS_CHANGE);
        assertEquals(codeOf(left), heard(scene.other()));
    }

    @ParameterizedTest
    @EnumSource
    void requestSenseBringsItAsDataAndClearsIt(UnitAttentionEvent event) {
        UnitAttentionScene scene = event.happened();
        SenseCode expected = codeOf(event.otherHears()).orElse(SenseCode.NO_ADDITIONAL_SENSE_INFORMATION);
        byte[] data =
                scene.other().read(SENSE_BYTES, 0x03, 0, 0, 0, SENSE_BYTES, 0).data();
        assertEquals(expected.key().code(), data[2] & 0x0F);
        assertEquals(expected.asc(), data[12] & 0xFF);
        assertEquals(expected.ascq(), data[13] & 0xFF);
        assertEquals(Optional.empty(), heard(scene.other()));
    }

    @Test
    void everyConditionThereIsComesAboutBySomeEvent() {
        Set<UnitAttention> told = Stream.of(UnitAttentionEvent.values())
                .flatMap(event -> Stream.of(event.doerHears(), event.otherHears()))
                .flatMap(Optional::stream)
                .collect(Collectors.toCollection(() -> EnumSet.noneOf(UnitAttention.class)));
        assertEquals(EnumSet.allOf(UnitAttention.class), told, "rows are missing in UnitAttentionEvent");
    }

    @Test
    void everyOtherCommandTellsIt() {
        for (Command command : CommandTable.STANDARD.rows()) {
            UnitAttentionScene scene = UnitAttentionEvent.STORE_GROWN.happened();
            if (!command.isSupportedBy(scene.bench().unit())) {
                continue;
            }
            int[] cdb = {command.opcode(), command.serviceAction().orElse(0), 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0};
            Answer answer = scene.other().read(0, cdb);
            boolean tells = answer.status() == ScsiStatus.CHECK_CONDITION
                    && answer.code() == SenseCode.CAPACITY_DATA_HAS_CHANGED;
            assertEquals(!DONE_ALL_THE_SAME.contains(command.opcode()), tells, command.name());
            assertEquals(
                    !tells && command.opcode() != 0x03, heard(scene.other()).isPresent(), command.name());
        }
    }
}
