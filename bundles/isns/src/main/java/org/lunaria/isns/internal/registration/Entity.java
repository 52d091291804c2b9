package org.lunaria.isns.internal.registration;

/**
 * The Network Entity that this appliance is (RFC 4171 6.2). Immutable.
 *
 * @param identifier EID, unique at a server
 * @param registrationSeconds how long a server keeps a registration that it hears nothing of; it may choose another time
 */
public record Entity(String identifier, int registrationSeconds) {}
