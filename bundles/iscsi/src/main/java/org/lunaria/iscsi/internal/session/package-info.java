/**
 * Connections and sessions of RFC 7143: phases, sequence numbers, tasks and their data, task management, logout. It meets
 * bytes in {@code wire}, PDUs in {@code pdu}, negotiation in {@code login}, and the SCSI engine in
 * {@code org.lunaria.scsi}; it knows no socket.
 *
 * <p>Everything of a connection and of its session runs on the connection's I/O thread. Only {@link
 * org.lunaria.iscsi.internal.session.SessionRegistry} and what it shows of a session may be used from elsewhere.
 */
package org.lunaria.iscsi.internal.session;
