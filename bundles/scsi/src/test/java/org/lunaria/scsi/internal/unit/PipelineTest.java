package org.lunaria.scsi.internal.unit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.EnumSet;
import java.util.HexFormat;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.lunaria.backend.ArrayBackend;
import org.lunaria.backend.BlockBackend.Capability;
import org.lunaria.scsi.LunMap;
import org.lunaria.scsi.LunMap.Mapping;
import org.lunaria.scsi.ScsiStatus;
import org.lunaria.scsi.SenseCode;
import org.lunaria.scsi.TaskAttribute;
import org.lunaria.scsi.internal.command.Command;
import org.lunaria.scsi.internal.command.CommandTable;
import org.lunaria.scsi.internal.command.Trait;

/** What a task passes before its handler. */
class PipelineTest {
    private static final int[] WRITE_A_BLOCK = {0x2A, 0, 0, 0, 0, 0, 0, 0, 1, 0};

    private final ArrayBackend backend = Bench.backend();
    private final Bench bench = Bench.of(backend);
    private final Initiator initiator = bench.initiator();

    @Test
    void aNumberWithoutUnitHasAnswersToThreeCommandsOnly() {
        assertEquals(
                "7f000612",
                HexFormat.of()
                        .formatHex(initiator.onLun(7, 4, 0x12, 0, 0, 0, 4, 0).data()));
        assertEquals(
                "700005000000000a0000000025",
                HexFormat.of()
                        .formatHex(initiator.onLun(7, 13, 0x03, 0, 0, 0, 13, 0).data()));
        assertEquals(
                ScsiStatus.GOOD,
                initiator.onLun(7, 16, 0xA0, 0, 0, 0, 0, 0, 0, 0, 0, 16, 0, 0).status());
        assertEquals(
                "CDB 2.7", initiator.onLun(7, 255, 0x12, 1, 0x80, 0, 255, 0).pointer());
        for (int opcode : new int[] {0x00, 0x28, 0x2A, 0x25, 0xC5}) {
            assertEquals(
                    SenseCode.LOGICAL_UNIT_NOT_SUPPORTED,
                    initiator.onLun(7, 0, opcode).code());
        }
    }

    @Test
    void addressesOfOtherMethodsHaveNoUnit() {
        for (long lun : new long[] {1, 1L << 47, 0xC102L << 48, 0x8000L << 48, 0x0100L << 48}) {
            Answer answer = initiator
                    .send(lun, TaskAttribute.SIMPLE, new ArrayTransfer(new byte[0], 0, false), 0x00)
                    .answer();
            assertEquals(SenseCode.LOGICAL_UNIT_NOT_SUPPORTED, answer.code());
        }
        assertEquals(
                ScsiStatus.GOOD,
                initiator
                        .send(0x4000L << 48, TaskAttribute.SIMPLE, new ArrayTransfer(new byte[0], 0, false), 0x00)
                        .answer()
                        .status());
    }

    @Test
    void whatIsNotInTheTableIsRefused() {
        boolean[] known = new boolean[256];
        for (Command command : CommandTable.STANDARD.rows()) {
            known[command.opcode()] = !command.traits().contains(Trait.REMOVABLE_MEDIUM);
        }
        for (int opcode = 0; opcode < 256; opcode++) {
            if (!known[opcode]) {
                assertEquals(
                        SenseCode.INVALID_COMMAND_OPERATION_CODE,
                        initiator.command(opcode).code());
            }
        }
        assertEquals("CDB 1.4", initiator.command(0x9E, 0x01).pointer());
        assertEquals("CDB 1.4", initiator.command(0xA3, 0x1E).pointer());
    }

    @Test
    void autoContingentAllegianceIsNotSupported() {
        assertEquals("CDB 5.2", initiator.command(0x00, 0, 0, 0, 0, 0x04).pointer());
        assertEquals(
                SenseCode.INVALID_MESSAGE_ERROR,
                initiator
                        .begin(TaskAttribute.ACA, new ArrayTransfer(new byte[0], 0, false), 0x00)
                        .answer()
                        .code());
    }

    @Test
    void aNewNexusHearsOfThePowerOnOnce() {
        Initiator fresh = bench.newInitiator("fresh");
        assertEquals(ScsiStatus.GOOD, fresh.read(36, 0x12, 0, 0, 0, 36, 0).status());
        assertEquals(
                SenseCode.POWER_ON_RESET_OR_BUS_DEVICE_RESET_OCCURRED,
                fresh.command(0x00).code());
        assertEquals(ScsiStatus.GOOD, fresh.command(0x00).status());
    }

    @Test
    void anInvalidCdbDoesNotUseUpAUnitAttention() {
        Initiator fresh = bench.newInitiator("fresh");
        assertEquals(
                SenseCode.INVALID_COMMAND_OPERATION_CODE, fresh.command(0xC5).code());
        assertEquals(SenseCode.INVALID_FIELD_IN_CDB, fresh.command(0x00, 1).code());
        assertEquals(
                SenseCode.POWER_ON_RESET_OR_BUS_DEVICE_RESET_OCCURRED,
                fresh.command(0x00).code());
    }

    @Test
    void unitMappingAndStoreMayEachForbidWrites() {
        assertEquals(
                SenseCode.WRITE_PROTECTED,
                Bench.readOnly(backend)
                        .initiator()
                        .write(new byte[512], WRITE_A_BLOCK)
                        .code());
        ArrayBackend store = new ArrayBackend(1 << 20, 512, EnumSet.noneOf(Capability.class));
        assertEquals(
                SenseCode.WRITE_PROTECTED,
                Bench.of(store).initiator().write(new byte[512], WRITE_A_BLOCK).code());
        bench.map(new LunMap(Map.of(0, new Mapping("disk", true))));
        assertEquals(SenseCode.MODE_PARAMETERS_CHANGED, initiator.command(0x00).code());
        assertEquals(
                SenseCode.WRITE_PROTECTED,
                initiator.write(new byte[512], WRITE_A_BLOCK).code());
        assertEquals(
                ScsiStatus.GOOD,
                initiator.read(512, 0x28, 0, 0, 0, 0, 0, 0, 0, 1, 0).status());
    }

    @Test
    void aUnitWithoutBackendTellsWhatItIsAndIsNotReady() {
        Bench empty = Bench.withoutBackend();
        Initiator early = empty.newInitiator("early");
        early.command(0x00);
        assertEquals(SenseCode.Key.NOT_READY, early.command(0x00).code().key());
        assertEquals(
                SenseCode.Key.NOT_READY,
                early.read(8, 0x25, 0, 0, 0, 0, 0, 0, 0, 0, 0).code().key());
        assertEquals(0, early.read(36, 0x12, 0, 0, 0, 36, 0).data()[0]);
        assertEquals(64, early.read(64, 0x12, 1, 0xB0, 0, 64, 0).data().length);
        assertEquals(ScsiStatus.GOOD, early.read(255, 0x1A, 0, 0x3F, 0, 255, 0).status());
        empty.attach(backend);
        assertEquals(ScsiStatus.GOOD, early.command(0x00).status());
    }

    @Test
    void randomCdbsAreAnsweredEachAndCostNobodyAnything() {
        long seed = System.nanoTime();
        System.out.println("seed " + seed);
        Random random = new Random(seed);
        Bench removable = Bench.removable(backend);
        Initiator hostile = removable.initiator("hostile");
        for (int i = 0; i < 50_000; i++) {
            int[] cdb = new int[16];
            boolean sparse = random.nextBoolean();
            for (int at = 0; at < cdb.length; at++) {
                cdb[at] = sparse && random.nextInt(4) > 0 ? 0 : random.nextInt(256);
            }
            if (random.nextInt(4) > 0) {
                Command command = CommandTable.STANDARD
                        .rows()
                        .get(random.nextInt(CommandTable.STANDARD.rows().size()));
                cdb[0] = command.opcode();
                cdb[1] = command.serviceAction().orElse(sparse ? 0 : cdb[1]);
            }
            byte[] out = new byte[random.nextInt(3) == 0 ? random.nextInt(4096) : 0];
            random.nextBytes(out);
            ArrayTransfer transfer = new ArrayTransfer(out, out.length > 0 ? 0 : random.nextInt(4096), false);
            TaskAttribute attribute = TaskAttribute.values()[random.nextInt(4)];
            Answer answer = hostile.begin(attribute, transfer, cdb).answer();
            assertTrue(answer.status() != ScsiStatus.BUSY, "seed " + seed);
            if (answer.status() == ScsiStatus.CHECK_CONDITION) {
                assertTrue(answer.code() != SenseCode.INTERNAL_TARGET_FAILURE, "seed " + seed);
            }
        }
        hostile.command(0x1E, 0, 0, 0, 0, 0);
        hostile.command(0x1B, 0, 0, 0, 3, 0);
        assertEquals(ScsiStatus.GOOD, hostile.command(0x00).status());
    }
}
