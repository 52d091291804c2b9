package org.lunaria.iscsi.internal.component;

import java.util.function.Predicate;
import org.lunaria.iscsi.internal.login.LoginOutcome;
import org.lunaria.iscsi.internal.node.Portal;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A portal from its configuration to its end. Its calls come one at a time, as those of a component do. */
final class ServedPortal {
    private static final Logger LOG = LoggerFactory.getLogger(ServedPortal.class);

    private final PortalBindings bindings;
    private final ServedTarget.Sessions sessions;
    private PortalBinding binding;

    /** Listens, or tries to. */
    ServedPortal(Portal portal, PortalBindings bindings, ServedTarget.Sessions sessions) {
        this.bindings = bindings;
        this.sessions = sessions;
        this.binding = bindings.add(portal);
    }

    /**
     * Listens elsewhere, if it can; sessions that came in by the old address go on. If it cannot, all stays as it was.
     *
     * @return one sentence on why all stays as it was, or an empty text
     */
    String change(Portal next) {
        Portal old = binding.portal();
        if (next.equals(old)) {
            return "";
        }
        boolean listened = binding.status().listening();
        String obstacle = binding.isInTheWayOf(next) ? breakThenMake(next) : makeThenBreak(next, listened);
        if (listened && !obstacle.isEmpty()) {
            LOG.warn("{} The portal goes on as it was.", obstacle);
            return obstacle;
        }
        return "";
    }

    /**
     * Listens no more, and ends the sessions that came in by it.
     *
     * @param forGood whether it is not to come again
     */
    void close(boolean forGood) {
        bindings.remove(binding);
        String name = binding.portal().name();
        Predicate<LoginOutcome> cameIn = login -> login.portal().name().equals(name);
        if (forGood) {
            sessions.revokeWhere(cameIn, "portal " + name + " ended");
        } else {
            sessions.dropWhere(cameIn, "portal " + name + " ended");
        }
        LOG.info("portal {} ended", name);
    }

    private String makeThenBreak(Portal next, boolean listened) {
        PortalBinding made = bindings.add(next);
        String obstacle = made.status().detail();
        boolean keepOld = listened && !obstacle.isEmpty();
        bindings.remove(keepOld ? made : binding);
        binding = keepOld ? binding : made;
        return obstacle;
    }

    private String breakThenMake(Portal next) {
        Portal old = binding.portal();
        boolean listened = binding.status().listening();
        bindings.remove(binding);
        binding = bindings.add(next);
        String obstacle = binding.status().detail();
        if (listened && !obstacle.isEmpty()) {
            bindings.remove(binding);
            binding = bindings.add(old);
        }
        return obstacle;
    }
}
