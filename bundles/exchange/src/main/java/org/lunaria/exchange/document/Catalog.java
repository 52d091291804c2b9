package org.lunaria.exchange.document;

import java.util.List;
import org.lunaria.admin.SettingKey;

/** Knows what configurations take. */
@FunctionalInterface
public interface Catalog {

    /** The keys of the configurations of a PID; none where nobody knows them. */
    List<SettingKey> keys(String pid);
}
