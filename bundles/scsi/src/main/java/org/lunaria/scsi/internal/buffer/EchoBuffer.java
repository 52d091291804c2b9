package org.lunaria.scsi.internal.buffer;

/** The echo buffer of a nexus (SPC-4 6.20.6): what it wrote last, unless others have overwritten it. Thread-safe. */
public final class EchoBuffer {
    /** The most that the standard allows. */
    public static final int CAPACITY_BYTES = 4096;

    private static final byte[] NOTHING = {};

    /** What is in it. */
    public enum State {
        /** It was never written. */
        EMPTY,
        WRITTEN,
        OVERWRITTEN
    }

    /**
     * At one moment.
     *
     * @param bytes what was written; none in the other states
     */
    public record Contents(State state, byte[] bytes) {}

    private final EchoBuffers all;
    private Contents contents = new Contents(State.EMPTY, NOTHING);

    EchoBuffer(EchoBuffers all) {
        this.all = all;
    }

    /** @param bytes at most {@link #CAPACITY_BYTES}, not changed any more by the caller */
    public void write(byte[] bytes) {
        synchronized (all) {
            contents = new Contents(State.WRITTEN, bytes);
            all.hold(this);
        }
    }

    public Contents read() {
        synchronized (all) {
            return contents;
        }
    }

    /** The nexus is lost. */
    public void clear() {
        synchronized (all) {
            contents = new Contents(State.EMPTY, NOTHING);
            all.drop(this);
        }
    }

    /** With the lock of all held. */
    void overwrite() {
        contents = new Contents(State.OVERWRITTEN, NOTHING);
    }
}
