package org.lunaria.iscsi.internal.component;

import java.util.ArrayList;
import java.util.List;
import org.lunaria.iscsi.internal.component.PortalBinding.Timer;

/** Runs what recurs when it is told to. */
final class SteppedTimer implements Timer {
    private final List<Runnable> recurring = new ArrayList<>();

    @Override
    public Runnable recurring(Runnable work) {
        recurring.add(work);
        return () -> recurring.remove(work);
    }

    void step() {
        List.copyOf(recurring).forEach(Runnable::run);
    }
}
