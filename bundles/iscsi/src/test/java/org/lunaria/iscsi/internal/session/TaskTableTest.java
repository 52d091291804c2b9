package org.lunaria.iscsi.internal.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.lunaria.scsi.TaskAttribute;

class TaskTableTest {
    @Test
    void tasksAreFoundByTheirTagsWhateverComesAndGoes() {
        Scene scene = new Scene();
        scene.login();
        SessionConnection connection =
                scene.sessions.sessions().get(0).connections().leading();
        long seed = System.nanoTime();
        Random random = new Random(seed);
        TaskTable table = new TaskTable();
        Map<Long, ScsiTask> expected = new HashMap<>();
        for (int step = 0; step < 20_000; step++) {
            long tag = random.nextInt(300) * (random.nextBoolean() ? 1L : 0x1000000L);
            assertSame(expected.get(tag), table.find(tag), "seed " + seed);
            if (expected.containsKey(tag)) {
                table.remove(expected.remove(tag));
            } else {
                ScsiCommand command = new ScsiCommand(0, tag, TaskAttribute.SIMPLE, new byte[16], 0, 0);
                ScsiTask task = new ScsiTask(connection, command, scene.pool.nobody(), Optional.empty(), false);
                expected.put(tag, task);
                table.add(task);
            }
            assertEquals(expected.size(), table.size(), "seed " + seed);
        }
    }

    @Test
    void serialNumbersCompareAcrossTheirWrap() {
        assertEquals(true, SerialNumber.isBefore(0xFFFFFFFFL, 0));
        assertEquals(false, SerialNumber.isBefore(0, 0xFFFFFFFFL));
        assertEquals(0, SerialNumber.plus(0xFFFFFFFFL, 1));
        assertEquals(2, SerialNumber.difference(1, 0xFFFFFFFFL));
    }
}
