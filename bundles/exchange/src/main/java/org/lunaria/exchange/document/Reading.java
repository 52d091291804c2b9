package org.lunaria.exchange.document;

import java.util.List;
import org.lunaria.admin.Configuration;

/**
 * What a document wants. It holds secrets.
 *
 * @param wanted the whole configuration that it leads to
 */
public record Reading(Configuration wanted, List<Remark> remarks) {
    public Reading {
        remarks = List.copyOf(remarks);
    }
}
