package org.lunaria.scsi.internal.copy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.lunaria.scsi.TaskResult;
import org.lunaria.scsi.internal.copy.CopyOperation.State;

/** What is remembered of copies, and for how long. */
class CopyOperationsTest {
    private long nowNanos = Long.MAX_VALUE - 5;
    private final CopyOperations operations = new CopyOperations(() -> nowNanos);

    private CopyOperation ended(long list) {
        CopyOperation operation = operations.begin(list, 0).orElseThrow();
        operation.end(State.COMPLETED, TaskResult.GOOD);
        return operation;
    }

    @Test
    void aCopyThatIsOverIsForgottenAfterAWhile() {
        CopyOperation first = ended(1);
        CopyOperation going = operations.begin(2, 0).orElseThrow();
        nowNanos += CopyOperations.KEPT_NANOS;
        assertSame(first, operations.find(1).orElseThrow());
        nowNanos++;
        assertEquals(Optional.empty(), operations.find(1));
        assertSame(going, operations.find(2).orElseThrow());
    }

    @Test
    void ofManyTheOldestThatIsOverIsForgotten() {
        CopyOperation going = operations.begin(0xFFFFFFFFL, 0).orElseThrow();
        for (int list = 0; list < 3 * CopyOperations.KEPT; list++) {
            ended(list);
        }
        assertSame(going, operations.find(0xFFFFFFFFL).orElseThrow());
        assertEquals(Optional.empty(), operations.find(0));
        assertTrue(operations.find(3 * CopyOperations.KEPT - 1).isPresent());
        long known = 0;
        for (int list = 0; list < 3 * CopyOperations.KEPT; list++) {
            known += operations.find(list).isPresent() ? 1 : 0;
        }
        assertEquals(CopyOperations.KEPT - 1, known);
    }

    @Test
    void aNameThatIsInUseIsNotGivenTwice() {
        CopyOperation first = operations.begin(1, 0).orElseThrow();
        assertEquals(Optional.empty(), operations.begin(1, 0));
        first.end(State.FAILED, TaskResult.GOOD);
        CopyOperation second = operations.begin(1, 1).orElseThrow();
        assertSame(second, operations.find(1).orElseThrow());
        operations.withdraw(second);
        assertEquals(Optional.empty(), operations.find(1));
    }

    @Test
    void whoIsStoppedBeforeItIsAtWorkIsToldWhenItIs() {
        List<String> told = new ArrayList<>();
        CopyOperation operation = new CopyOperation(0);
        operation.stop();
        operation.worker(() -> told.add("stop"));
        assertEquals(List.of("stop"), told);
    }
}
