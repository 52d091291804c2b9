package org.lunaria.scsi.internal.unit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.lunaria.scsi.TaskAttribute.HEAD_OF_QUEUE;
import static org.lunaria.scsi.TaskAttribute.ORDERED;
import static org.lunaria.scsi.TaskAttribute.SIMPLE;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.lunaria.backend.SlowBackend;
import org.lunaria.scsi.ScsiStatus;
import org.lunaria.scsi.SenseCode;
import org.lunaria.scsi.TaskAttribute;
import org.lunaria.scsi.TaskManagement.Function;
import org.lunaria.scsi.internal.unit.Initiator.Sent;

/** Who may pass whom in the task set (SAM-5 8.6). */
class TaskSetMatrixTest {
    private static final TaskAttribute[] ATTRIBUTES = {SIMPLE, ORDERED, HEAD_OF_QUEUE};
    private static final int ROUNDS = 20;
    private static final int EVENTS = 400;
    private static final int MOST_TASKS = 12;

    private final SlowBackend slow = new SlowBackend(Bench.backend());
    private final Bench bench = Bench.of(slow);
    private final Initiator one = bench.initiator("one");
    private final Initiator two = bench.initiator("two");

    @ParameterizedTest
    @CsvSource({
        "SIMPLE, SIMPLE, true",
        "SIMPLE, ORDERED, false",
        "SIMPLE, HEAD_OF_QUEUE, true",
        "ORDERED, SIMPLE, false",
        "ORDERED, ORDERED, false",
        "ORDERED, HEAD_OF_QUEUE, true",
        "HEAD_OF_QUEUE, SIMPLE, false",
        "HEAD_OF_QUEUE, ORDERED, false",
        "HEAD_OF_QUEUE, HEAD_OF_QUEUE, true"
    })
    void aTaskBeginsBesideAnOlderOneOrWaitsForIt(TaskAttribute older, TaskAttribute younger, boolean begins) {
        Sent first = one.beginRead(older);
        Sent second = two.beginRead(younger);
        assertEquals(begins ? 2 : 1, slow.held().size());
        slow.releaseAll();
        assertTrue(first.isAnswered());
        assertEquals(begins, second.isAnswered());
        slow.releaseAll();
        assertEquals(ScsiStatus.GOOD, second.answer().status());
    }

    @ParameterizedTest
    @CsvSource({
        "SIMPLE, ORDERED, SIMPLE, false",
        "SIMPLE, ORDERED, ORDERED, false",
        "SIMPLE, ORDERED, HEAD_OF_QUEUE, true",
        "HEAD_OF_QUEUE, SIMPLE, SIMPLE, false",
        "HEAD_OF_QUEUE, SIMPLE, HEAD_OF_QUEUE, true",
        "HEAD_OF_QUEUE, ORDERED, SIMPLE, false"
    })
    void aTaskPassesOneThatWaitsOrWaitsBehindIt(
            TaskAttribute atWork, TaskAttribute waiting, TaskAttribute younger, boolean passes) {
        one.beginRead(atWork);
        one.beginRead(waiting);
        two.beginRead(younger);
        assertEquals(passes ? 2 : 1, slow.held().size());
    }

    @Test
    void anAbortedHeadOfQueueLetsTheOthersGo() {
        Sent urgent = one.beginRead(HEAD_OF_QUEUE);
        two.beginRead(SIMPLE);
        two.beginRead(ORDERED);
        one.manage(Function.ABORT_TASK, urgent.tag());
        slow.release();
        assertEquals(1, slow.held().size());
        slow.release();
        assertEquals(1, slow.held().size());
    }

    @Test
    void theAttributeForAnAutoContingentAllegianceIsRefusedSinceThereIsNone() {
        assertEquals(
                SenseCode.INVALID_MESSAGE_ERROR,
                one.beginRead(TaskAttribute.ACA).answer().code());
        assertEquals(List.of(), slow.held());
    }

    @ParameterizedTest
    @CsvSource({"SIMPLE", "ORDERED", "HEAD_OF_QUEUE"})
    void aSetThatIsFullTurnsEachAttributeAwayAndTakesItAgainLater(TaskAttribute attribute) {
        TaskAttribute filling = attribute == ORDERED ? ORDERED : HEAD_OF_QUEUE;
        List<Sent> sent = new ArrayList<>();
        int room = attribute == ORDERED ? TaskSet.LIMIT + 1 : TaskSet.LIMIT;
        for (int i = 0; i < room; i++) {
            sent.add(one.beginRead(filling));
        }
        assertEquals(ScsiStatus.TASK_SET_FULL, two.beginRead(attribute).answer().status());
        endAll();
        assertTrue(sent.stream().allMatch(Sent::isAnswered));
        slow.letThrough(true);
        assertEquals(ScsiStatus.GOOD, two.beginRead(attribute).answer().status());
    }

    private void endAll() {
        while (!slow.held().isEmpty()) {
            slow.releaseAll();
        }
    }

    /** A task as the standard sees it. */
    private static final class Modelled {
        private final TaskAttribute attribute;
        private final Sent sent;

        Modelled(TaskAttribute attribute, Sent sent) {
            this.attribute = attribute;
            this.sent = sent;
        }
    }

    /** The task set as SAM-5 8.6.2 to 8.6.4 has it, in a few lines. */
    private static final class Model {
        /** In the order of their coming. */
        private final List<Modelled> waiting = new ArrayList<>();

        /** In the order of their beginning, as the store holds their reads. */
        private final List<Modelled> enabled = new ArrayList<>();

        void come(Modelled task) {
            waiting.add(task);
            enable();
        }

        void end(Modelled task) {
            enabled.remove(task);
            enable();
        }

        private void enable() {
            for (Modelled task : List.copyOf(waiting)) {
                List<Modelled> older = waiting.subList(0, waiting.indexOf(task));
                if (mayBegin(task, older)) {
                    waiting.remove(task);
                    enabled.add(task);
                }
            }
        }

        private boolean mayBegin(Modelled task, List<Modelled> olderWaiting) {
            boolean headAtWork = enabled.stream().anyMatch(other -> other.attribute == HEAD_OF_QUEUE);
            boolean orderedAtWork = enabled.stream().anyMatch(other -> other.attribute == ORDERED);
            return switch (task.attribute) {
                case HEAD_OF_QUEUE -> true;
                case SIMPLE ->
                    !headAtWork
                            && !orderedAtWork
                            && olderWaiting.stream().noneMatch(other -> other.attribute == ORDERED);
                case ORDERED -> enabled.isEmpty() && olderWaiting.isEmpty();
                case ACA -> throw new IllegalArgumentException();
            };
        }
    }

    @Test
    void anySequenceOfTasksBeginsAndEndsAsInTheStandard() {
        long seed = Long.getLong("lunaria.seed", System.nanoTime());
        System.out.println("TaskSetMatrixTest: -Dlunaria.seed=" + seed);
        Random random = new Random(seed);
        for (int round = 0; round < ROUNDS; round++) {
            Model model = new Model();
            for (int event = 0; event < EVENTS; event++) {
                boolean comes = model.enabled.isEmpty()
                        || random.nextBoolean() && model.enabled.size() + model.waiting.size() < MOST_TASKS;
                if (comes) {
                    TaskAttribute attribute = ATTRIBUTES[random.nextInt(ATTRIBUTES.length)];
                    Initiator by = random.nextBoolean() ? one : two;
                    model.come(new Modelled(attribute, by.beginRead(attribute)));
                } else {
                    int index = random.nextInt(model.enabled.size());
                    Modelled ended = model.enabled.get(index);
                    slow.release(index);
                    model.end(ended);
                    assertTrue(ended.sent.isAnswered(), () -> "another task ended, seed " + seed);
                }
                assertEquals(model.enabled.size(), slow.held().size(), () -> "seed " + seed);
            }
            endAll();
        }
    }
}
