package org.lunaria.scsi;

import java.util.concurrent.Executor;
import java.util.function.Consumer;

/**
 * A SCSI command on its way: SAM's Execute Command (SAM-5 5.1). Made by the transport, executed by a {@link ScsiTarget}.
 *
 * @param nexus whence it came
 * @param lun the eight bytes of the logical unit number as one big-endian long (SAM-5 4.7)
 * @param tag the command identifier, unique among the nexus' tasks; for iSCSI the initiator task tag
 * @param attribute how it is to be ordered
 * @param cdb the command descriptor block, not to be changed: 16 bytes or more, zeroes behind a shorter one
 * @param data the transfer of its data
 * @param executor the thread that the task is confined to: runs what it is given in order, at once when called on that
 *     thread
 * @param answer gets the result exactly once, on the executor; for an aborted task not at all, or TASK ABORTED
 */
public record Task(
        Nexus nexus,
        long lun,
        long tag,
        TaskAttribute attribute,
        byte[] cdb,
        DataTransfer data,
        Executor executor,
        Consumer<TaskResult> answer) {}
