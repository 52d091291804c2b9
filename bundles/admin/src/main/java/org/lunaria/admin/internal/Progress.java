package org.lunaria.admin.internal;

/** How far something has come that others do. Immutable. */
sealed interface Progress {

    /** It has come about. */
    record Done() implements Progress {}

    /**
     * Not yet.
     *
     * @param reason one sentence on what it waits for
     */
    record Pending(String reason) implements Progress {}

    /**
     * It never will.
     *
     * @param reason one sentence for the administrator
     */
    record Failed(String reason) implements Progress {}

    Progress DONE = new Done();
}
