package org.lunaria.iscsi.internal.session;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.lunaria.iscsi.internal.login.Parameters;
import org.lunaria.iscsi.internal.pdu.DataOutPdu;
import org.lunaria.iscsi.internal.pdu.Pdu;
import org.lunaria.iscsi.internal.pdu.ReadyToTransferPdu;
import org.lunaria.iscsi.internal.wire.BufferPool;
import org.lunaria.iscsi.internal.wire.PooledBuffer;
import org.lunaria.iscsi.internal.wire.Region;
import org.lunaria.iscsi.internal.wire.Share;

/**
 * The data that an initiator sends for one task: immediate, unsolicited, and solicited by R2T (RFC 7143 4.2.5.2, 11.7,
 * 11.8). It arrives in order, because DataPDUInOrder and DataSequenceInOrder are always agreed on as Yes; so that a
 * position in the stream tells all. Confined to the session's thread.
 *
 * <p>Data lies in windows of {@link #WINDOW_BYTES}, from the one that is being read on. Immediate data that suffices stays
 * where it came in. Bound: R2Ts ask for no more than {@link #AHEAD_BYTES} beyond what was read.
 */
final class DataOutStream {
    /** Also the largest piece that is handed out. */
    static final int WINDOW_BYTES = 256 * 1024;

    /** How much may be on its way or wait for being read. */
    static final int AHEAD_BYTES = 4 * WINDOW_BYTES;

    /** How often the data of a task is asked for again. */
    private static final int RECOVERIES_MAX = 16;

    /** An R2T whose data has not come whole; in their order the initiator answers them. */
    private record Solicited(long targetTransferTag, long end) {}

    private SessionConnection connection;
    private final ScsiCommand command;
    private final Share share;
    private final long totalBytes;
    private final List<PooledBuffer> windows = new ArrayList<>(1);
    private final Deque<Solicited> solicitedOpen = new ArrayDeque<>(2);

    /** Whether memory is reserved for the windows, and how much of it they have. */
    private boolean reserved;

    private long takenOfReserved;

    private Region immediate;
    private boolean unsolicitedOpen;
    private long received;
    private long read;
    private long askedFor;
    private long firstWindow;
    private long expectedDataSN;
    private long r2tSN;
    private boolean closed;

    /** Data was lost: what is on its way is dropped, and then asked for again. */
    private boolean recovering;

    private int recoveries;

    /**
     * @param share that its buffers count for
     * @param immediate what came with the command, with a reference to its buffer, which goes over to this
     * @param moreUnsolicited whether unsolicited Data-Out follows (F bit of the command is 0)
     */
    DataOutStream(
            SessionConnection connection,
            ScsiCommand command,
            Share share,
            Optional<Region> immediate,
            boolean moreUnsolicited) {
        this.connection = connection;
        this.command = command;
        this.share = share;
        this.totalBytes = command.dataOutBytes();
        this.immediate = immediate.orElse(null);
        this.unsolicitedOpen = moreUnsolicited;
        this.received = immediate.map(Region::length).orElse(0);
        this.askedFor = received;
    }

    /** From now on what it takes has been reserved. */
    void reserved() {
        reserved = true;
    }

    /** R2Ts sent. */
    long r2tSN() {
        return r2tSN;
    }

    /** Whether the initiator still has data to send that it was promised to be taken from. */
    boolean expectsData() {
        return unsolicitedOpen || !solicitedOpen.isEmpty();
    }

    /** Whether all data is there, where it came in. */
    boolean isComplete() {
        return immediate != null && received == totalBytes;
    }

    /** Whether the next {@code length} bytes are there. */
    boolean has(int length) {
        return received >= read + length;
    }

    /** The next bytes, which are there, with a reference to their buffer for the caller. */
    Region read(int length) {
        Region region;
        if (immediate != null) {
            region = immediate.part((int) read, length);
            region.buffer().retain();
        } else {
            region = fromWindows((int) (read - firstWindow), length);
        }
        read += length;
        for (; !windows.isEmpty() && read >= firstWindow + WINDOW_BYTES; firstWindow += WINDOW_BYTES) {
            PooledBuffer window = windows.remove(0);
            putBack(Math.min(takenOfReserved, window.capacity()));
            window.release();
        }
        return region;
    }

    private void putBack(long bytes) {
        if (bytes > 0) {
            takenOfReserved -= bytes;
            connection.buffers().pool().putBack(bytes);
        }
    }

    private Region fromWindows(int at, int length) {
        PooledBuffer first = windows.get(0);
        int inFirst = WINDOW_BYTES - at;
        if (length <= inFirst) {
            first.retain();
            return new Region(first, at, length);
        }
        PooledBuffer joined = connection.buffers().pool().take(length, share);
        joined.bytes().put(0, first.bytes(), at, inFirst);
        joined.bytes().put(inFirst, windows.get(1).bytes(), 0, length - inFirst);
        return new Region(joined, 0, length);
    }

    /**
     * Asks the initiator for what is missing of the next {@code length} bytes; and ahead of that when a whole window is
     * wanted, because then more will be.
     */
    void solicit(int length) {
        long wanted = Math.min(totalBytes, read + (length == WINDOW_BYTES ? AHEAD_BYTES : length));
        Parameters parameters = connection.parameters();
        while (!connection.isGone()
                && !recovering
                && !unsolicitedOpen
                && askedFor < wanted
                && solicitedOpen.size() < parameters.maxOutstandingR2T()) {
            long bytes = Math.min(wanted - askedFor, parameters.maxBurstLength());
            long tag = connection.session().nextTargetTransferTag();
            ReadyToTransferPdu pdu = connection.responses().append(connection.readyToTransferPdu());
            pdu.lun(command.lun())
                    .initiatorTaskTag(command.initiatorTaskTag())
                    .targetTransferTag(tag)
                    .r2tSN(r2tSN++)
                    .bufferOffset(askedFor)
                    .desiredDataTransferLength(bytes);
            connection.responses().numberNext(pdu);
            askedFor += bytes;
            solicitedOpen.addLast(new Solicited(tag, askedFor));
        }
    }

    /** Judges a Data-Out before its data is placed: empty when it is what is expected next. */
    Optional<TransportSense> fault(DataOutPdu pdu) {
        boolean unsolicited = pdu.targetTransferTag() == Pdu.RESERVED_TAG;
        if (unsolicited && !unsolicitedOpen) {
            return Optional.of(TransportSense.UNEXPECTED_UNSOLICITED_DATA);
        }
        boolean next = pdu.bufferOffset() == received && pdu.dataSN() == expectedDataSN;
        long end = received + pdu.dataSegmentBytes();
        boolean fits = unsolicited
                ? end <= Math.min(totalBytes, connection.parameters().firstBurstLength())
                : answersOldest(pdu, end);
        return next && fits ? Optional.empty() : Optional.of(TransportSense.INCORRECT_AMOUNT_OF_DATA);
    }

    private boolean answersOldest(DataOutPdu pdu, long end) {
        Solicited oldest = solicitedOpen.peekFirst();
        return oldest != null
                && oldest.targetTransferTag() == pdu.targetTransferTag()
                && end <= oldest.end()
                && pdu.isFinal() == (end == oldest.end());
    }

    /** Where the bytes at an offset go, with a reference for the caller; at most to the end of their window. */
    Region place(long offset, int length) {
        fold();
        int at = (int) (offset - firstWindow);
        int window = at / WINDOW_BYTES;
        while (windows.size() <= window) {
            long rest = totalBytes - firstWindow - (long) windows.size() * WINDOW_BYTES;
            windows.add(takeWindow((int) Math.min(WINDOW_BYTES, rest)));
        }
        PooledBuffer buffer = windows.get(window);
        buffer.retain();
        int inWindow = at % WINDOW_BYTES;
        return new Region(buffer, inWindow, Math.min(length, WINDOW_BYTES - inWindow));
    }

    private PooledBuffer takeWindow(int bytes) {
        BufferPool pool = connection.buffers().pool();
        if (!reserved) {
            return pool.take(bytes, share);
        }
        PooledBuffer window = pool.takeReserved(bytes, share);
        takenOfReserved += window.capacity();
        return window;
    }

    /** The data of an expected Data-Out is in its place. */
    void placed(DataOutPdu pdu) {
        received += pdu.dataSegmentBytes();
        endOf(pdu);
    }

    /** A Data-Out came that is of no use: only the end of its sequence counts. */
    void dropped(DataOutPdu pdu) {
        endOf(pdu);
    }

    private void endOf(DataOutPdu pdu) {
        expectedDataSN = pdu.isFinal() ? 0 : expectedDataSN + 1;
        if (pdu.isFinal() && pdu.targetTransferTag() == Pdu.RESERVED_TAG) {
            unsolicitedOpen = false;
            askedFor = Math.max(askedFor, received);
        } else if (pdu.isFinal()) {
            solicitedOpen.removeIf(each -> each.targetTransferTag() == pdu.targetTransferTag());
        }
        if (recovering && !expectsData()) {
            recovering = false;
            askedFor = received;
        }
    }

    /**
     * Data was lost. What was asked for is still awaited, and dropped; then {@link #solicit} asks for all from the first byte
     * on that is missing. False when that was done so often that it has no end.
     */
    boolean recover() {
        if (!recovering && ++recoveries > RECOVERIES_MAX) {
            return false;
        }
        recovering = true;
        return true;
    }

    /** What was asked for does not come, since its connection is lost: all that is missing is asked for anew. */
    void forgetAsked() {
        unsolicitedOpen = false;
        solicitedOpen.clear();
        recovering = false;
        expectedDataSN = 0;
        askedFor = received;
    }

    /** What follows goes over another connection. */
    void reassign(SessionConnection to) {
        connection = to;
    }

    boolean isRecovering() {
        return recovering;
    }

    /** Whether a Data-Out that is not the next one belongs behind it in the same sequence: one before it is missing. */
    boolean isGap(DataOutPdu pdu) {
        boolean awaited = pdu.targetTransferTag() == Pdu.RESERVED_TAG
                ? unsolicitedOpen
                : solicitedOpen.stream().anyMatch(each -> each.targetTransferTag() == pdu.targetTransferTag());
        return awaited && pdu.dataSN() > expectedDataSN && pdu.bufferOffset() >= received;
    }

    /** Moves immediate data that does not suffice into the windows. */
    private void fold() {
        if (immediate == null) {
            return;
        }
        Region source = immediate;
        immediate = null;
        firstWindow = read - read % WINDOW_BYTES;
        for (long done = firstWindow; done < source.length(); ) {
            Region target = place(done, (int) (source.length() - done));
            target.buffer()
                    .bytes()
                    .put(target.from(), source.buffer().bytes(), source.from() + (int) done, target.length());
            target.buffer().release();
            done += target.length();
        }
        source.buffer().release();
    }

    /** Its unit has made no use of what is in memory. */
    void disown() {
        BufferPool pool = connection.buffers().pool();
        if (immediate != null && immediate.buffer().countsFor(share)) {
            pool.putDown(immediate.buffer(), pool.nobody());
        }
        windows.forEach(window -> pool.putDown(window, pool.nobody()));
    }

    /** Gives the memory back; what comes later is dropped. */
    void close() {
        if (immediate != null) {
            immediate.buffer().release();
            immediate = null;
        }
        windows.forEach(PooledBuffer::release);
        windows.clear();
        putBack(takenOfReserved);
        closed = true;
    }

    /** Whether {@link #close} was called. */
    boolean isClosed() {
        return closed;
    }
}
