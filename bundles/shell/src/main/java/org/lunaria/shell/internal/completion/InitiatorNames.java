package org.lunaria.shell.internal.completion;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.api.console.CommandLine;
import org.lunaria.admin.Appliance;
import org.lunaria.admin.Target;

/** Completes any, and the initiators that are known: logged in, allowed, denied or masked. */
@Service
public final class InitiatorNames extends NameCompleter {

    @Override
    protected List<String> names(Appliance appliance, CommandLine line) {
        Set<String> names = new TreeSet<>(Set.of("any"));
        appliance.sessions().list().forEach(session -> names.add(session.initiator()));
        for (Target target : appliance.targets().list()) {
            names.addAll(target.allowed());
            names.addAll(target.denied());
            target.masks().forEach(mask -> names.add(mask.initiator()));
        }
        return List.copyOf(names);
    }

    @Override
    protected boolean isOpen() {
        return true;
    }
}
