package org.lunaria.event;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What happens to an appliance that its administrator may ask for later. Each event is one line in the log, of a logger that has its
 * name from the kind; the logging keeps what such loggers say in a file of its own, which {@code appliance:events} shows.
 * Thread-safe. Telling blocks no longer than any line of the log.
 */
public enum EventKind {
    LOGIN("An initiator has logged in, or has added a connection to its session."),
    LOGIN_REFUSED("A login was refused, or a connection was sent away."),
    LOGOUT("An initiator has logged out."),
    CONNECTION("A connection was dropped, or lost."),
    RESET("An initiator has reset a logical unit or a target."),
    BACKEND("A volume's backend came, went, was exchanged or refused, or does not answer."),
    SPACE("What is left for a volume, or what it takes, has passed a threshold."),
    FAILURE(
            "A backend did not do what an initiator asked for; of each volume and fault one is told in a minute, with the number of those before it that were not."),
    PORTAL("A portal listens, or cannot."),
    CONFIGURATION("The configuration has a new version.");

    /** Names of loggers of events begin so. */
    public static final String LOGGERS = "org.lunaria.event";

    private final String meaning;
    private final Logger log = LoggerFactory.getLogger(LOGGERS + "." + name());

    EventKind(String meaning) {
        this.meaning = meaning;
    }

    /** One sentence or more, for documents. */
    public String meaning() {
        return meaning;
    }

    /** @param format with {@code {}} for each argument, as SLF4J has it; without secrets */
    public void tell(String format, Object... arguments) {
        log.info(format, arguments);
    }

    /** Likewise, of what an administrator should look at. */
    public void warn(String format, Object... arguments) {
        log.warn(format, arguments);
    }
}
