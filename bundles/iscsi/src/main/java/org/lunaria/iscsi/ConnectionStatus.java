package org.lunaria.iscsi;

/**
 * A connection of a session (RFC 7143 4.1).
 *
 * @param cid connection identifier, the initiator's choice
 * @param from address and port of the initiator's end
 * @param state number and name of the RFC (8.1), as S5 LOGGED_IN
 */
public record ConnectionStatus(int cid, String from, String state) {}
