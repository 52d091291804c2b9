package org.lunaria.iscsi;

/**
 * A bound of the transport, and how near it is.
 *
 * @param name as "sessions"
 * @param used now; where there are many to whom it applies, by the one that uses most
 * @param limit the most there may be
 */
public record LimitStatus(String name, long used, long limit) {}
