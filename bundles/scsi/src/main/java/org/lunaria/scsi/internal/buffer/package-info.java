/**
 * The buffers of a logical unit that READ BUFFER and WRITE BUFFER are for (SPC-4 6.20, 6.49): memory of the appliance, bounded,
 * taken when it is first written, and gone with the unit.
 */
package org.lunaria.scsi.internal.buffer;
