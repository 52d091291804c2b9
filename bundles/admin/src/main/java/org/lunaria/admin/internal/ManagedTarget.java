package org.lunaria.admin.internal;

import java.util.function.Supplier;
import org.lunaria.admin.Mapping;
import org.lunaria.admin.Target;
import org.lunaria.admin.TargetMXBean;

/** Gives what is known of a target now, attribute by attribute. Thread-safe. */
record ManagedTarget(Supplier<Target> target) implements TargetMXBean {

    @Override
    public String getName() {
        return target.get().name();
    }

    @Override
    public String getIscsiName() {
        return target.get().iqn();
    }

    @Override
    public boolean isServing() {
        return target.get().serving();
    }

    @Override
    public String getDetail() {
        return target.get().detail();
    }

    @Override
    public String[] getVolumes() {
        return target.get().mappings().stream().map(Mapping::volume).toArray(String[]::new);
    }

    @Override
    public int getSessions() {
        return target.get().sessions();
    }
}
