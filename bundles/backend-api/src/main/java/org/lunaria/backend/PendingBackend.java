package org.lunaria.backend;

/**
 * Stands in for a {@link BlockBackend} that is configured and cannot be offered yet, such as that of a server that is away:
 * an OSGi service with the properties of the other, until that is there or the configuration is gone. Who offers a backend need
 * not have this: without it an administrator is told that there is no backend, and not why. Thread-safe.
 */
@FunctionalInterface
public interface PendingBackend {

    /** What it waits for, and what to do: one sentence for an administrator. Cheap; asked for by any thread whenever somebody looks. */
    String trouble();
}
