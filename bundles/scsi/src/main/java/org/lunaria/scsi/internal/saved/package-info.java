/**
 * What logical units keep over restarts and a loss of power, each in a file of its own that is replaced as a whole. A unit is
 * known by its NAA identifier, which no other unit ever gets. How a file is written and sealed stands here once; what is in it
 * is for those to say who keep something.
 */
package org.lunaria.scsi.internal.saved;
