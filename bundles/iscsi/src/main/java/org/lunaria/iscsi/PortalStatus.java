package org.lunaria.iscsi;

/**
 * A network portal (RFC 7143 2.2).
 *
 * @param name of the configuration
 * @param address as configured
 * @param port that it listens on; the real one where 0 was configured
 * @param tag target portal group tag
 * @param listening whether the socket is bound
 * @param detail why not, in one sentence, or empty
 * @param connections open now
 */
public record PortalStatus(
        String name, String address, int port, int tag, boolean listening, String detail, int connections) {}
