package org.lunaria.iscsi.internal.component;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.lunaria.iscsi.PortalStatus;
import org.lunaria.iscsi.internal.node.Portal;

/** The portals of this node, whether they listen or not. Thread-safe. */
final class PortalBindings {
    private final BoundPortal.Binder binder;
    private final PortalBinding.Timer timer;
    private final Set<PortalBinding> bindings = ConcurrentHashMap.newKeySet();

    PortalBindings(BoundPortal.Binder binder, PortalBinding.Timer timer) {
        this.binder = binder;
        this.timer = timer;
    }

    /** A portal that listens, or tries to. It is known until it is removed. */
    PortalBinding add(Portal portal) {
        PortalBinding binding = new PortalBinding(portal, binder, timer);
        bindings.add(binding);
        return binding;
    }

    /** The portal listens no more; connections that came in by it stay. */
    void remove(PortalBinding binding) {
        bindings.remove(binding);
        binding.close();
    }

    /** Those that are configured, by name, whether they listen or not. */
    List<Portal> configured() {
        return bindings.stream()
                .map(PortalBinding::portal)
                .sorted(Comparator.comparing(Portal::name))
                .toList();
    }

    /** Those that listen now, by name. */
    List<Portal> listening() {
        return bindings.stream()
                .map(PortalBinding::listening)
                .flatMap(Optional::stream)
                .sorted(Comparator.comparing(Portal::name))
                .toList();
    }

    /** Of all of them, by name. */
    List<PortalStatus> statuses() {
        return bindings.stream()
                .map(PortalBinding::status)
                .sorted(Comparator.comparing(PortalStatus::name))
                .toList();
    }
}
