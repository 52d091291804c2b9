package org.lunaria.iscsi.internal.wire;

import java.util.function.LongSupplier;

/**
 * What the memory of a {@link BufferPool} may be used for: what is set aside, and how much of the rest may be set aside or
 * taken without having been. Guarded by the pool.
 *
 * <p>All units draw on one budget as long as they give back; what {@link Share#isStuck stuck} ones have is taken off it, so that
 * the others have a smaller one, with the same rules. A stuck unit gets more while it has less than is left.
 */
final class Budget {
    /** Part of the budget that reservations may take, and above which nothing is read that nobody asked for. */
    private static final double RESERVABLE = 0.75;

    /** Part of the budget up to which initiators are let send commands that bring data unasked. */
    private static final double OPEN = 0.5;

    /** Of what is left of that, one session is offered no more than this part. */
    private static final long OF_ONE_SESSION = 4;

    /** What is left alone at the end of the budget: more than the largest reservation of a task. */
    private static final long SPARE_BYTES = 2L << 20;

    /**
     * Part of the budget that is not for data which units are sent unasked that give nothing back; who took as much without
     * giving anything back counts as one of them a little later, before anybody knows whether it is stuck.
     */
    private static final int OF_OTHERS = 8;

    /** Who took that part of the budget without giving anything back counts as one of them at once. */
    private static final int OF_ONE = 2;

    private final Pages pages;
    private final Shares shares;
    private long reservedForTasks;

    /** The part of it that its tasks have taken. */
    private long takenOfReserved;

    private long reservedForReads;

    /** @param pages what is used of it, and may be */
    Budget(Pages pages, Shares shares) {
        this.pages = pages;
        this.shares = shares;
    }

    void reserve(BufferPool.Purpose purpose, Share share, int bytes) {
        switch (purpose) {
            case TASK -> reservedForTasks += bytes;
            case READ -> reservedForReads += bytes;
        }
        share.reserve(bytes);
    }

    /** @param done as in {@link Share#unreserve} */
    void unreserve(BufferPool.Purpose purpose, Share share, int bytes, boolean done) {
        switch (purpose) {
            case TASK -> reservedForTasks -= bytes;
            case READ -> reservedForReads -= bytes;
        }
        share.unreserve(bytes, done);
    }

    /** A task has taken a part of what it has reserved, or puts it back: less than 0. */
    void takeReserved(long bytes) {
        takenOfReserved += bytes;
    }

    /** Bytes set aside. */
    long reservedBytes() {
        return reservedForTasks + reservedForReads;
    }

    /** Whether so many may be reserved. What a task has taken of its reservation counts twice, to be on the safe side. */
    boolean fits(BufferPool.Purpose purpose, Share share, int bytes) {
        if (share.isStuck() && share.bytes() + bytes > leftToOthersBytes() - bytes) {
            return false;
        }
        long reserved = reservedForReads + (purpose == BufferPool.Purpose.TASK ? reservedThatComesBack() : 0);
        return usedByOthersBytes() + reserved + bytes <= reservableBytes();
    }

    /**
     * Whether so many are to be reserved although they do not fit, because nothing is: else nothing might ever be given
     * back. A read may always go on then: what has begun to come has its place, and what is new is kept only while there is
     * {@link #hasSpare spare}. Each stuck unit may have one task for itself.
     */
    boolean mustBeServed(BufferPool.Purpose purpose, Share share, int bytes) {
        long reserved = share.isStuck() ? share.reservedBytes() : reservedForReads + reservedThatComesBack();
        return reserved == 0 && (purpose == BufferPool.Purpose.READ || bytes <= leftBytes());
    }

    /** Whether data may be read that nobody has reserved anything for. */
    boolean hasRoom() {
        return usedByOthersBytes() < reservableBytes();
    }

    /** As {@link BufferPool#mayKeep} says. */
    boolean mayKeep(Share share, LongSupplier nanoTime) {
        long bound = pages.boundBytes();
        long others = bound / OF_OTHERS;
        boolean leavesIt = share.givesNothingBack(others, bound / OF_ONE, nanoTime);
        return leftBytes() >= spareBytes() + (leavesIt ? reservedForTasks - takenOfReserved + others : 0);
    }

    /** Whether data may be kept that nobody has reserved anything for. */
    boolean hasSpare() {
        return leftBytes() >= spareBytes();
    }

    /** As {@link BufferPool#roomForOne} says. */
    long roomForOne(int sessions) {
        long taken = usedByOthersBytes() + reservedForReads + reservedThatComesBack();
        return Math.max(0, (long) (budgetBytes() * OPEN) - taken) / (OF_ONE_SESSION * sessions);
    }

    /** What those use who are not stuck. */
    private long usedByOthersBytes() {
        return pages.usedBytes() - shares.ofStuck(Share::takenBytes);
    }

    /** What those may still take who are not stuck. */
    private long leftToOthersBytes() {
        return budgetBytes() - usedByOthersBytes() - reservedForReads - reservedThatComesBack();
    }

    /** The budget, without what those have who are stuck. */
    private long budgetBytes() {
        return pages.boundBytes() - shares.ofStuck(Share::bytes);
    }

    private long reservedThatComesBack() {
        return reservedForTasks - shares.ofStuck(Share::reservedBytes);
    }

    private long reservableBytes() {
        return (long) (budgetBytes() * RESERVABLE);
    }

    private long leftBytes() {
        return pages.boundBytes() - pages.usedBytes();
    }

    private long spareBytes() {
        return Math.min(SPARE_BYTES, pages.boundBytes() / 8);
    }
}
