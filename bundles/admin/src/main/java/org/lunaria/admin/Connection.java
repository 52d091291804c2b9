package org.lunaria.admin;

/**
 * A connection of a session.
 *
 * @param cid connection identifier, the initiator's choice
 * @param from address and port of the initiator's end
 * @param state number and name in RFC 7143 8.1, as S5 LOGGED_IN
 */
public record Connection(int cid, String from, String state) {}
