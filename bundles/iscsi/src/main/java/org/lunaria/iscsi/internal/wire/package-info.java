/**
 * Bytes on their way between a socket and the session layer: pooled buffers, the receiver that cuts a byte stream into
 * PDUs, and the output that collects them. Knows how long a PDU is, not what it means; knows no transport either: a
 * {@link org.lunaria.iscsi.internal.wire.Wire} may be a socket, a socket behind TLS, or a test.
 *
 * <p>All but {@link org.lunaria.iscsi.internal.wire.BufferPool} is confined to one I/O thread.
 */
package org.lunaria.iscsi.internal.wire;
