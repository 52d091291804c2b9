/**
 * The device server: targets with their task router, logical units with their task sets and unit attentions, and the
 * components that configure them. What is not a component knows nothing of OSGi.
 *
 * <p>A task's way: {@link org.lunaria.scsi.internal.unit.Target} (which unit) - {@link
 * org.lunaria.scsi.internal.unit.Pipeline} (may it be done) - {@link org.lunaria.scsi.internal.unit.TaskSet} (when) - its
 * command's handler - {@link org.lunaria.scsi.internal.unit.TaskEntry} (answer).
 *
 * <p>Threads: a task is confined to its executor; task sets, unit attentions and mappings are shared by all of them. On the
 * way of a SIMPLE task there is no lock that another nexus takes too.
 */
package org.lunaria.scsi.internal.unit;
