package org.lunaria.scsi.internal.unit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.lunaria.backend.ArrayBackend;
import org.lunaria.backend.SlowBackend;
import org.lunaria.scsi.LunMap;
import org.lunaria.scsi.LunMap.Mapping;
import org.lunaria.scsi.ScsiStatus;
import org.lunaria.scsi.SenseCode;
import org.lunaria.scsi.TaskAttribute;
import org.lunaria.scsi.UnitStatus;
import org.lunaria.scsi.internal.unit.Initiator.Sent;

/** Units and targets that come and go, and what initiators hear of it. */
class MappingTest {
    private final SlowBackend slow = new SlowBackend(Bench.backend());
    private final Bench bench = Bench.of(slow);
    private final Initiator initiator = bench.initiator();

    private static Mapping mapping(String unit) {
        return new Mapping(unit, false);
    }

    private LogicalUnit add(String name) {
        LogicalUnit unit = bench.engine().unit(Bench.settings(name));
        assertEquals(Optional.empty(), bench.engine().add(unit));
        unit.slot().attach(Bench.backend());
        return unit;
    }

    private String luns() {
        Answer answer = initiator.read(64, 0xA0, 0, 0, 0, 0, 0, 0, 0, 0, 64, 0, 0);
        return HexFormat.of().formatHex(answer.data());
    }

    @Test
    void aMappedUnitIsReportedOnceItExists() {
        bench.map(new LunMap(Map.of(0, mapping("disk"), 300, mapping("late"))));
        assertEquals(ScsiStatus.GOOD, initiator.command(0x00).status());
        assertEquals("0000000800000000" + "0000000000000000", luns());
        LogicalUnit late = add("late");
        assertEquals(
                SenseCode.REPORTED_LUNS_DATA_HAS_CHANGED,
                initiator.command(0x00).code());
        assertEquals("0000001000000000" + "0000000000000000" + "412c000000000000", luns());
        bench.engine().remove(late);
        assertEquals("0000000800000000" + "0000000000000000", luns());
    }

    @Test
    void reportLunsClearsTheUnitAttentionThatAsksForIt() {
        bench.map(new LunMap(Map.of(0, mapping("disk"), 1, mapping("late"))));
        add("late");
        luns();
        assertEquals(ScsiStatus.GOOD, initiator.command(0x00).status());
    }

    @Test
    void reportLunsSelects() {
        assertEquals(
                16, initiator.read(64, 0xA0, 0, 1, 0, 0, 0, 0, 0, 0, 64, 0, 0).data().length);
        assertEquals(
                24, initiator.read(64, 0xA0, 0, 2, 0, 0, 0, 0, 0, 0, 64, 0, 0).data().length);
        assertEquals(
                "CDB 2.7",
                initiator.read(64, 0xA0, 0, 3, 0, 0, 0, 0, 0, 0, 64, 0, 0).pointer());
    }

    @Test
    void aListOfManyNumbersGoesInChunks() {
        Map<Integer, Mapping> many = new HashMap<>();
        for (int lun = 0; lun <= LunMap.MAX_LUN; lun++) {
            many.put(lun, mapping("disk"));
        }
        bench.map(new LunMap(many));
        long bytes = 8 + 8L * many.size();
        Answer answer = initiator.read(bytes, 0xA0, 0, 0, 0, 0, 0, 0, 2, 0, 8, 0, 0);
        assertEquals(bytes, answer.data().length);
        assertEquals(0x7FFFL << 48, answer.buffer().getLong((int) bytes - 8));
    }

    @Test
    void anotherMappingKeepsTheTasksOfWhatStays() {
        slow.letThrough(false);
        Sent read = initiator.beginRead(TaskAttribute.SIMPLE);
        bench.map(new LunMap(Map.of(0, mapping("disk"), 1, mapping("other"))));
        slow.releaseAll();
        assertTrue(read.isAnswered());
    }

    @Test
    void aMappingThatGoesTakesItsTasksWithIt() {
        Sent read = initiator.beginRead(TaskAttribute.SIMPLE);
        bench.map(new LunMap(Map.of()));
        slow.releaseAll();
        assertFalse(read.isAnswered());
        assertTrue(read.transfer().isCancelled());
        assertEquals(
                SenseCode.LOGICAL_UNIT_NOT_SUPPORTED, initiator.command(0x00).code());
        bench.map(new LunMap(Map.of(0, mapping("disk"))));
        assertEquals(
                SenseCode.POWER_ON_RESET_OR_BUS_DEVICE_RESET_OCCURRED,
                initiator.command(0x00).code());
    }

    @Test
    void twoUnitsDoNotShareNameSerialOrNaa() {
        UnitSettings taken = bench.unit().settings();
        Optional<String> clash = bench.engine().add(bench.engine().unit(taken));
        assertTrue(clash.orElseThrow().contains("name disk"));
        UnitSettings renamed =
                new UnitSettings("copy", "copy", taken.identity(), 512, false, true, false, taken.policy());
        assertEquals(
                Optional.of("serial = serial-disk is the serial of unit disk: give each unit its own"),
                bench.engine().add(bench.engine().unit(renamed)));
    }

    @Test
    void aLargerBackendIsHeardOfAndASmallerOneRefused() {
        ArrayBackend small = Bench.backend();
        Bench other = Bench.of(small);
        Initiator host = other.initiator();
        small.resize(2L * Bench.BLOCK_COUNT * Bench.BLOCK_BYTES);
        assertEquals(SenseCode.CAPACITY_DATA_HAS_CHANGED, host.command(0x00).code());
        assertEquals(
                2 * Bench.BLOCK_COUNT - 1,
                host.read(8, 0x25, 0, 0, 0, 0, 0, 0, 0, 0, 0).buffer().getInt());
        other.detach(small);
        assertTrue(other.unit().slot().attach(Bench.backend()).isPresent());
    }

    @Test
    void settingsThatChangeLiveAreHeardOf() {
        UnitSettings before = bench.unit().settings();
        UnitSettings readOnly = new UnitSettings(
                before.name(), before.backendId(), before.identity(), 512, true, true, false, before.policy());
        bench.unit().change(readOnly);
        assertEquals(SenseCode.MODE_PARAMETERS_CHANGED, initiator.command(0x00).code());
        assertEquals(
                SenseCode.WRITE_PROTECTED,
                initiator.write(new byte[512], 0x2A, 0, 0, 0, 0, 0, 0, 0, 1, 0).code());
    }

    @Test
    void theStatusOfAUnitIsForListings() {
        slow.letThrough(true);
        initiator.read(512, 0x28, 0, 0, 0, 0, 0, 0, 0, 1, 0);
        UnitStatus status = bench.engine().units().get(0);
        assertEquals("disk", status.name());
        assertEquals("ATTACHED", status.slot());
        assertEquals(1, status.reads());
        assertEquals(512, status.readBytes());
        assertEquals((long) Bench.BLOCK_COUNT * 512, status.capacityBytes());
    }

    @Test
    void anInitiatorIsToldOfWhatChangesOnceUntilItAsks() {
        assertEquals(List.of(), initiator.events());
        bench.map(new LunMap(Map.of(0, mapping("disk"), 300, mapping("late"))));
        assertEquals(List.of(), initiator.events());
        add("late");
        List<String> told = List.of("0000000000000000 3f0e", "412c000000000000 3f0e");
        assertEquals(told, initiator.events().stream().sorted().toList());
        bench.map(new LunMap(Map.of(0, mapping("disk"))));
        assertEquals(told, initiator.events().stream().sorted().toList());
        initiator.command(0x00);
        bench.map(new LunMap(Map.of(0, new Mapping("disk", true))));
        assertEquals("0000000000000000 2a01", initiator.events().get(2));
    }
}
