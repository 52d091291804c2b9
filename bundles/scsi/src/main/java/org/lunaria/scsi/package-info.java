/**
 * SAM's seam between a transport and the SCSI device server. A transport (iSCSI today) gets a
 * {@link org.lunaria.scsi.ScsiTarget} for each of its targets, attaches an I_T {@link org.lunaria.scsi.Nexus} for each
 * session, and hands {@link org.lunaria.scsi.Task}s over; the engine moves data through the task's
 * {@link org.lunaria.scsi.DataTransfer} and answers with a {@link org.lunaria.scsi.TaskResult}.
 *
 * <p>Threads: a task is confined to its {@link org.lunaria.scsi.Task#executor}, the transport's I/O thread. The engine
 * touches the DataTransfer and answers on that thread only, whatever thread a backend completes on. Different tasks, of
 * one unit too, run on different threads at the same time.
 */
@Version("0.1.0")
package org.lunaria.scsi;

import org.osgi.annotation.versioning.Version;
