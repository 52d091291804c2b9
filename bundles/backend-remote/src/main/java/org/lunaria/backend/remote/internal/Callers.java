package org.lunaria.backend.remote.internal;

import java.util.ArrayDeque;
import java.util.ArrayList;
import org.lunaria.backend.BlockBackend.Failure;

/**
 * What the callers of a volume want, from the call to its end: it comes by the {@link Inbox}, waits in its order to be sent, and is told.
 * Confined to the thread of its volume, but for the inbox.
 */
final class Callers {
    private final Inbox inbox;

    /** What waits to be sent, the oldest first; what was sent and is to be sent anew stands before it. */
    private final ArrayDeque<Operation<?>> waiting = new ArrayDeque<>();

    /** What the server has answered in this turn: told together, so that who waits for it is woken once. */
    private final ArrayList<Operation<?>> succeeded = new ArrayList<>();

    /** @param wake called by a caller's thread when something comes into an empty inbox */
    Callers(Runnable wake) {
        inbox = new Inbox(wake);
    }

    /** For callers. */
    Inbox inbox() {
        return inbox;
    }

    /** Lets what has come wait. */
    void take() {
        add(inbox.takeAll());
    }

    /** Lets what has come wait, and nothing comes from now on. */
    void takeLast() {
        add(inbox.close());
    }

    private void add(Operation<?> first) {
        for (Operation<?> each = first; each != null; ) {
            Operation<?> next = each.next;
            each.next = null;
            waiting.add(each);
            each = next;
        }
    }

    ArrayDeque<Operation<?>> waiting() {
        return waiting;
    }

    void succeed(Operation<?> operation) {
        inbox.left(operation);
        operation.succeed();
    }

    /** It is told in {@link #tellSucceeded}. */
    void succeedTogether(Operation<?> operation) {
        succeeded.add(operation);
    }

    void tellSucceeded() {
        for (int i = 0; i < succeeded.size(); i++) {
            succeed(succeeded.get(i));
        }
        succeeded.clear();
    }

    void fail(Operation<?> operation, Failure failure) {
        inbox.left(operation);
        operation.fail(failure);
    }

    /** Fails all that waits. */
    void failWaiting(Failure failure) {
        while (!waiting.isEmpty()) {
            fail(waiting.poll(), failure);
        }
    }
}
