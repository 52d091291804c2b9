/**
 * Two backends behind one unit: a volume that moves from the first to the second while it serves. Knows the slot's guard
 * and the backends' contract; nothing of SCSI.
 */
package org.lunaria.scsi.internal.mirror;
