package org.lunaria.shell.internal.completion;

import java.util.List;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.api.console.CommandLine;
import org.lunaria.admin.Appliance;
import org.lunaria.admin.BackendKind;

/** Completes the kinds of backend. */
@Service
public final class KindNames extends NameCompleter {
    /** The kind of a volume when none is asked for. */
    public static final String DEFAULT = "file";

    @Override
    protected List<String> names(Appliance appliance, CommandLine line) {
        return appliance.backends().kinds().stream().map(BackendKind::name).toList();
    }
}
