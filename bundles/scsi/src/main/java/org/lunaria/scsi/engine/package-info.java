/**
 * The SCSI engine for a program of one's own, on a Java virtual machine without OSGi: units are made by calls, and so are the
 * targets of a transport. The appliance's components stand on the same ground.
 *
 * <p>A {@link org.lunaria.scsi.engine.ScsiEngine} has logical units ({@link org.lunaria.scsi.engine.ScsiUnit}), each with a
 * {@link org.lunaria.backend.BlockBackend} of the program's; its {@link org.lunaria.scsi.engine.ScsiEngine#targets} are for a
 * transport, as {@code org.lunaria.iscsi.entity}.
 */
@Version("0.1.0")
package org.lunaria.scsi.engine;

import org.osgi.annotation.versioning.Version;
