package org.lunaria.shell.internal.console;

/** What a command took away, for its JSON.
 *
 * @param subject what it was: target, portal, session
 */
public record Deleted(String subject, String name) {}
