package org.lunaria.admin;

import java.time.Instant;

/**
 * Something that happened to the appliance. Immutable.
 *
 * @param time of the appliance's clock
 * @param kind one of {@link Events#kinds}
 * @param text one line, with the names of whom it concerns; without secrets
 */
public record Event(Instant time, String kind, String text) {}
