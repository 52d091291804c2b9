package org.lunaria.iscsi.internal.wire;

import java.util.concurrent.Executor;

/**
 * One of the threads that connections are served on, as the session layer sees it. All connections of a session are on
 * one, and what a session does, is done there. Thread-safe, but for {@link #after}.
 *
 * <p>{@link #execute} runs what it is given in order, at once when called on the thread. What is queued is bounded by what
 * is under way: each task has one completion in it at most.
 */
public interface IoThread extends Executor {

    /** Runs something on the thread, but not within the present piece of work. */
    void later(Runnable work);

    /**
     * Runs something after about so many seconds. To be called on the thread. There is no way to take it back: who is
     * called looks whether there is still something to do. Bound: a few for each connection.
     */
    void after(int seconds, Runnable work);

    /** The memory of the thread, for who is on it. */
    IoBuffers buffers();
}
