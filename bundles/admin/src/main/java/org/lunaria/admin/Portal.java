package org.lunaria.admin;

/**
 * A network portal.
 *
 * @param listening whether initiators can connect
 * @param detail one sentence on why not, or empty
 * @param connections open now
 */
public record Portal(
        String name, String address, int port, int tag, boolean listening, String detail, int connections) {}
