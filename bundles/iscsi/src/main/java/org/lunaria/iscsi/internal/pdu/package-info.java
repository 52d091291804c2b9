/**
 * The protocol data units of RFC 7143 clause 11, as flyweights over a ByteBuffer: they own no bytes, know no connection,
 * and allocate nothing, so that one instance serves a connection for life. Unsigned fields are int or long outside of
 * here. Also the codes that the clause defines, and how long a PDU is on the wire ({@link
 * org.lunaria.iscsi.internal.pdu.Framing}).
 *
 * <p>A flyweight is confined to whoever wrapped it, and is good as long as the bytes under it stay.
 */
package org.lunaria.iscsi.internal.pdu;
