package org.lunaria.exchange.internal;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.random.RandomGenerator;
import org.lunaria.admin.Configuration;
import org.lunaria.exchange.Catalog;
import org.lunaria.exchange.Format;
import org.lunaria.exchange.Mode;
import org.lunaria.exchange.Reading;
import org.lunaria.exchange.Remark;
import org.lunaria.exchange.internal.foreign.Draft;
import org.lunaria.exchange.internal.foreign.ForeignFiles;

/** Documents to and from text. Stateless. */
public final class Documents {
    private Documents() {}

    public static String write(Catalog catalog, Configuration configuration, boolean withSecrets) {
        return JsonText.write(new DocumentWriter(catalog, configuration, withSecrets).write());
    }

    public static Reading read(
            Catalog catalog, String text, Format format, Configuration present, Mode mode, RandomGenerator random) {
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
