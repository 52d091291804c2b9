/**
 * Negotiation by text (RFC 7143 clauses 6, 12, 13): the table of keys, the login of a connection, and SendTargets. Pure: it
 * gets requests and gives answers, and whoever calls it does the I/O. Each object is confined to one connection's thread,
 * the tables are immutable.
 */
package org.lunaria.iscsi.internal.login;
