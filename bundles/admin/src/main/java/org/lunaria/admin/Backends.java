package org.lunaria.admin;

import java.util.List;
import org.osgi.annotation.versioning.ProviderType;

/** The backends: the bundles that can store, and the stores that are open. */
@ProviderType
public interface Backends {

    /** What can be made: the kinds of backend that installed bundles bring, by name. */
    List<BackendKind> kinds();

    /** The keys that every volume's logical unit takes, beyond those of its kind. */
    List<SettingKey> unitKeys();

    /** The stores that are open, by volume. */
    List<Backend> list();
}
