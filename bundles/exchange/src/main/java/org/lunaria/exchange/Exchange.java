package org.lunaria.exchange;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.random.RandomGenerator;
import org.lunaria.admin.ApplianceException;
import org.lunaria.admin.Configuration;
import org.lunaria.exchange.document.Catalog;
import org.lunaria.exchange.document.DocumentReader;
import org.lunaria.exchange.document.DocumentWriter;
import org.lunaria.exchange.document.Format;
import org.lunaria.exchange.document.JsonText;
import org.lunaria.exchange.document.Mode;
import org.lunaria.exchange.document.Reading;
import org.lunaria.exchange.document.Remark;
import org.lunaria.exchange.foreign.Draft;
import org.lunaria.exchange.foreign.ForeignFiles;
import org.lunaria.exchange.foreign.Likeness;

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
        ObjectNode document = new DocumentWriter(catalog, configuration, withSecrets).write();
        return JsonText.write(document);
    }

    /**
     * @param present what the appliance has now
     * @throws ApplianceException when it is none, looks like that of another format, or says something that nobody knows; in one
     *     sentence, with no secret in it
     */
    public Reading read(String text, Format format, Configuration present, Mode mode) {
        Likeness.of(text).filter(other -> other != format).ifPresent(other -> {
            throw new ApplianceException(
                    "the file looks like " + other.file() + "; give --format " + other.text() + ".");
        });
        DocumentReader reader = new DocumentReader(catalog, present, mode, random);
        if (format == Format.LUNARIA) {
            return reader.read(JsonText.read(text));
        }
        Draft draft = ForeignFiles.read(text, format, present, mode);
        Reading reading = reader.read(draft.document());
        List<Remark> remarks = new ArrayList<>(new LinkedHashSet<>(draft.remarks()));
        remarks.sort(Comparator.comparing(Remark::line));
        remarks.addAll(reading.remarks());
        return new Reading(reading.wanted(), remarks);
    }
}
