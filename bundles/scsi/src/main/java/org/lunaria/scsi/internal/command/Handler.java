package org.lunaria.scsi.internal.command;

/**
 * Does a command. Called on the task's executor when everything that its row declares was checked: the CDB has no bit set
 * that it must not, and the medium is there, started and writable as its traits ask. Must not block. Answers the execution
 * exactly once: itself, or by a {@link Procedure} that it starts. Immutable, shared by all executions.
 */
@FunctionalInterface
interface Handler {
    void handle(Execution execution);
}
