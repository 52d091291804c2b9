package org.lunaria.admin.internal;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.lunaria.admin.Backend;
import org.lunaria.admin.BackendKind;
import org.lunaria.admin.Backends;
import org.lunaria.admin.SettingKey;
import org.lunaria.backend.BlockBackend;
import org.lunaria.backend.PendingBackend;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.ServiceReference;

/** The backends as the service registry has them. Thread-safe. */
final class BackendView implements Backends {
    private final BundleContext context;
    private final KindCatalog kinds;

    BackendView(BundleContext context, KindCatalog kinds) {
        this.context = context;
        this.kinds = kinds;
    }

    @Override
    public List<BackendKind> kinds() {
        return kinds.kinds();
    }

    @Override
    public List<SettingKey> unitKeys() {
        return kinds.unitKeys();
    }

    @Override
    public List<Backend> list() {
        List<Backend> backends = new ArrayList<>();
        for (ServiceReference<BlockBackend> reference : references(BlockBackend.class)) {
            BlockBackend backend = context.getService(reference);
            Bundle bundle = reference.getBundle();
            if (backend != null && bundle != null) {
                backends.add(backend(reference, bundle, backend.profile()));
                context.ungetService(reference);
            }
        }
        backends.sort(Comparator.comparing(Backend::id));
        return backends;
    }

    /** Why a backend is configured and not there, where what is to offer it says so. */
    Optional<String> waitsFor(String id) {
        for (ServiceReference<PendingBackend> reference : references(PendingBackend.class)) {
            PendingBackend pending =
                    id.equals(property(reference, "backend.id")) ? context.getService(reference) : null;
            if (pending != null) {
                String trouble = pending.trouble();
                context.ungetService(reference);
                return Optional.of(trouble);
            }
        }
        return Optional.empty();
    }

    private <T> Collection<ServiceReference<T>> references(Class<T> type) {
        try {
            return context.getServiceReferences(type, null);
        } catch (InvalidSyntaxException e) {
            throw new IllegalStateException("no filter was given", e);
        }
    }

    private static Backend backend(
            ServiceReference<BlockBackend> reference, Bundle bundle, BlockBackend.Profile profile) {
        return new Backend(
                property(reference, "backend.id"),
                property(reference, "backend.kind"),
                bundle.getSymbolicName(),
                bundle.getVersion().toString(),
                profile.capacityBytes(),
                profile.blockBytes(),
                profile.physicalBlockBytes(),
                profile.optimalBytes(),
                profile.maxTransferBytes(),
                profile.unmapBytes(),
                profile.capabilities().stream().map(Enum::name).sorted().toList());
    }

    private static String property(ServiceReference<?> reference, String key) {
        Object value = reference.getProperty(key);
        return value == null ? "" : value.toString();
    }
}
