package org.lunaria.iscsi.internal.mina;

import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.apache.mina.transport.socket.nio.NioProcessor;
import org.apache.mina.transport.socket.nio.NioSession;
import org.lunaria.iscsi.internal.wire.IoBuffers;
import org.lunaria.iscsi.internal.wire.IoThread;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One I/O thread. MINA's loop calls {@link #select(long)}, and everything happens in there: each ready connection is read
 * once, what came is done, and the answers leave with one write. Who moves much waits until the others are served
 * ({@link Turns}). MINA sees no ready session, and does the rest: new and closed sessions, idle checks, disposal.
 *
 * <p>Public, with this constructor, because MINA makes it by reflection. Confined to its thread but for {@link #execute}.
 */
public final class WireProcessor extends NioProcessor implements IoThread {
    private static final Logger LOG = LoggerFactory.getLogger(WireProcessor.class);
    private static final long TICK_NANOS = TimeUnit.SECONDS.toNanos(1);

    /** How long the end of a lone command is looked for: what a worker takes that must be woken first. */
    private static final long COMPLETION_NANOS = TimeUnit.MICROSECONDS.toNanos(60);

    /** How long the rest of a PDU is looked for: what an initiator takes that sends header and data apart. */
    private static final long REST_OF_PDU_NANOS = TimeUnit.MICROSECONDS.toNanos(20);

    /** Something that is to be done at a time of {@link System#nanoTime}. */
    private record Delayed(long atNanos, Runnable work) {
        boolean isDue(long now) {
            return now - atNanos >= 0;
        }
    }

    /** How long the next command of an initiator is looked for that sends one by one: what it takes to take the answer. */
    private static final long NEXT_COMMAND_NANOS = TimeUnit.MICROSECONDS.toNanos(25);

    private static final Lookout NONE = new Lookout(0, 0);

    /** What is done in one round. */
    private static final int HANDED_OVER_AT_A_TIME = 1024;

    private final IoBuffers buffers;

    /**
     * Work from other threads. Bound: a completion for each task under way, and a few requests of those who look after
     * sessions.
     */
    private final Queue<Runnable> handedOver = new ConcurrentLinkedQueue<>();

    private final EventWait eventWait;
    private final Lookout spin;
    private final Lookout completion;
    private final Lookout nextCommand;
    private final Lookout restOfPdu;
    private final List<SocketWire> unsent = new ArrayList<>();
    private final List<Delayed> delayed = new ArrayList<>();
    private final Turns turns = new Turns(System::nanoTime);

    /** The connection that was ready last, and how many were in that round. */
    private SocketWire lastReady;

    private int readyInRound;

    private volatile Thread thread;
    private volatile boolean ended;

    /** Written by the thread, once a second; it begins with the first connection. */
    private volatile long lastTick = System.nanoTime();

    private volatile boolean begun;

    /** @param threads is an {@link IoThreads} */
    public WireProcessor(Executor threads) {
        super(threads);
        this.buffers = new IoBuffers(((IoThreads) threads).pool());
        this.eventWait = new EventWait(selector);
        long spinNanos = ((IoThreads) threads).spinNanos();
        this.spin = new Lookout(spinNanos, spinNanos);
        this.completion = new Lookout(spinNanos, Math.max(spinNanos, COMPLETION_NANOS));
        boolean spare = ((IoThreads) threads).hasCoresToSpare();
        this.nextCommand = new Lookout(spinNanos, Math.max(spinNanos, spare ? NEXT_COMMAND_NANOS : 0));
        this.restOfPdu = new Lookout(spinNanos, Math.max(spinNanos, REST_OF_PDU_NANOS));
        ((IoThreads) threads).add(this);
    }

    @Override
    public IoBuffers buffers() {
        return buffers;
    }

    /** Runs something on this thread: at once when called on it. */
    @Override
    public void execute(Runnable work) {
        if (Thread.currentThread() == thread) {
            work.run();
        } else {
            later(work);
        }
    }

    /** Runs something on this thread after what it does now. */
    @Override
    public void later(Runnable work) {
        handedOver.add(work);
        if (ended) {
            runTheLast();
        } else {
            wakeup();
        }
    }

    @Override
    public void after(int seconds, Runnable work) {
        delayed.add(new Delayed(System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds), work));
    }

    /** A connection leaves this thread: nothing here may touch it any more. */
    void forget(SocketWire wire) {
        unsent.removeIf(each -> each == wire);
        turns.forget(wire);
        if (lastReady == wire) {
            lastReady = null;
        }
    }

    /** A connection has something to send when this round is over. */
    void hasUnsent(SocketWire wire) {
        unsent.add(wire);
    }

    Turns turns() {
        return turns;
    }

    @Override
    protected void wakeup() {
        eventWait.ring();
    }

    @Override
    protected int select(long timeout) throws Exception {
        thread = Thread.currentThread();
        if (turns.areAwaited()) {
            eventWait.ring();
        }
        Lookout lookout = lookout();
        readyInRound = 0;
        lookout.ended(eventWait.await(this::ready, timeout, lookout.nanos()));
        runHandedOver();
        turns.next();
        sendUnsent();
        tick();
        // MINA takes a select that came back early with nothing as a sign of a broken selector.
        wakeupCalled.set(true);
        return 0;
    }

    /**
     * What to look for before sleeping. While this thread has more than one command to look after, nothing: somebody else
     * has use for the processor. A lone one that is with a store ends soon: a hand-over to a worker and back takes some
     * microseconds, and being woken from sleep many times that. With none, the rest of a PDU is on its way, or the next command
     * of an initiator that sends one by one.
     */
    private Lookout lookout() {
        if (lastReady == null || readyInRound > 1) {
            return NONE;
        }
        return switch (lastReady.underWay()) {
            case 0 -> lastReady.isInPdu() ? restOfPdu : lastReady.sendsOneByOne() ? nextCommand : spin;
            case 1 -> completion;
            default -> NONE;
        };
    }

    private void ready(SelectionKey key) {
        SocketWire wire = wire(key);
        if (wire != null) {
            lastReady = wire;
            readyInRound++;
            wire.ready(key.isReadable(), key.isWritable());
            turns.ready(wire);
            sendUnsent();
        }
    }

    /** Does some of what was handed over; the sockets' turn comes before the rest. */
    private void runHandedOver() {
        for (int count = 0; count < HANDED_OVER_AT_A_TIME; count++) {
            Runnable work = handedOver.poll();
            if (work == null) {
                break;
            }
            run(work);
        }
        if (!handedOver.isEmpty()) {
            wakeup();
        }
        sendUnsent();
    }

    private static void run(Runnable work) {
        try {
            work.run();
        } catch (RuntimeException | Error e) {
            LOG.error("work that was handed over to an I/O thread failed", e);
        }
    }

    /** How long ago this thread went round its loop; 0 before it begins and after it has ended. */
    long silenceNanos(long now) {
        return begun && !ended ? Math.max(0, now - lastTick) : 0;
    }

    private void tick() {
        long now = System.nanoTime();
        if (now - lastTick < TICK_NANOS) {
            return;
        }
        lastTick = now;
        begun = true;
        for (SelectionKey key : selector.keys()) {
            SocketWire wire = wire(key);
            if (wire != null) {
                wire.tick(now);
            }
        }
        runDelayed(now);
        sendUnsent();
    }

    private void runDelayed(long now) {
        if (delayed.isEmpty()) {
            return;
        }
        List<Delayed> due = delayed.stream().filter(each -> each.isDue(now)).toList();
        delayed.removeAll(due);
        due.forEach(each -> run(each.work()));
    }

    private void sendUnsent() {
        for (int index = 0; index < unsent.size(); index++) {
            unsent.get(index).send();
        }
        unsent.clear();
    }

    private static SocketWire wire(SelectionKey key) {
        return key.attachment() instanceof NioSession session ? SocketWire.of(session) : null;
    }

    @Override
    protected void init(NioSession session) throws Exception {
        thread = Thread.currentThread();
        super.init(session);
        SocketChannel channel = (SocketChannel) session.getChannel();
        SocketWire moved = SocketWire.of(session);
        if (moved != null) {
            moved.arrived(this, channel.keyFor(selector));
        } else if (session.getHandler() instanceof PortalHandler portal) {
            new SocketWire(this, session, channel, channel.keyFor(selector), portal.group());
        }
    }

    /** At least one while this is not disposed of: else MINA's thread ends, and nobody runs what is handed over. */
    @Override
    protected int allSessionsCount() {
        return isDisposing() ? super.allSessionsCount() : Math.max(1, super.allSessionsCount());
    }

    @Override
    protected void doDispose() throws Exception {
        super.doDispose();
        ended = true;
        runTheLast();
        buffers.close();
    }

    /** The thread is gone; completions that come yet are run by who brings them. */
    private synchronized void runTheLast() {
        for (Runnable work = handedOver.poll(); work != null; work = handedOver.poll()) {
            run(work);
        }
    }
}
