/**
 * The messages of iSNSP (RFC 4171 clauses 5 and 6): the only place that knows offsets, lengths and padding. No I/O, no
 * threads.
 */
package org.lunaria.isns.internal.message;
