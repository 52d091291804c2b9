/** Operations on the whole medium of a logical unit: what initiators may ask for, how it is done step by step, and how it is kept. */
package org.lunaria.scsi.internal.operation;
