package org.lunaria.exchange;

import java.util.random.RandomGenerator;
import org.lunaria.admin.ApplianceException;
import org.lunaria.admin.Configuration;
import org.lunaria.exchange.internal.Documents;

/** Writes configurations as documents, and reads them from documents and from the files of others. Thread-safe. */
public final class Exchange {
    private final Catalog catalog;
    private final RandomGenerator random;

    /** @param random draws the identities of volumes that are given none; thread-safe */
    public Exchange(Catalog catalog, RandomGenerator random) {
        this.catalog = catalog;
        this.random = random;
    }

    /** The same configuration gives the same text. */
    public String write(Configuration configuration, boolean withSecrets) {
        return Documents.write(catalog, configuration, withSecrets);
    }

    /**
     * @param present what the appliance has now
     * @throws ApplianceException when it is none, or says something that nobody knows; in one sentence, with no secret in it
     */
    public Reading read(String text, Format format, Configuration present, Mode mode) {
        return Documents.read(catalog, text, format, present, mode, random);
    }
}
