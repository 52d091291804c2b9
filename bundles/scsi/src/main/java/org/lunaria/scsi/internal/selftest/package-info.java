/**
 * The self-tests of a logical unit (SPC-4 5.15): which there are, the one that is under way, and what came of the last ones.
 */
package org.lunaria.scsi.internal.selftest;
