package org.lunaria.exchange.foreign;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.lunaria.admin.Configuration;
import org.lunaria.exchange.document.Format;
import org.lunaria.exchange.document.JsonText;
import org.lunaria.exchange.document.Mode;

/** The files of others. Stateless. */
public final class ForeignFiles {
    private ForeignFiles() {}

    /** @param format not that of this appliance itself */
    public static Draft read(String text, Format format, Configuration present, Mode mode) {
        Draft draft = new Draft(present, mode);
        switch (format) {
            case GOTGT -> new Gotgt(draft).carry(json(text));
            case LIO -> new Lio(draft).carry(json(text));
            case TGT -> new Tgt(draft).carry(TagText.parse(text));
            case CTL -> new Ctl(draft).carry(CtlUcl.parse(text));
            case SCST -> new Scst(draft).carry(BraceText.ofScst(text));
            case LUNARIA -> throw new IllegalArgumentException(format.text());
        }
        return draft;
    }

    private static Lined json(String text) {
        try (JsonParser parser = JsonText.parser(text)) {
            return Lined.read(parser);
        } catch (JsonProcessingException e) {
            throw JsonText.refusal(e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
