package org.lunaria.iscsi.internal.component;

import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.lunaria.iscsi.internal.login.LoginOutcome;
import org.lunaria.iscsi.internal.node.Portal;
import org.lunaria.iscsi.internal.node.TargetDirectory;
import org.lunaria.iscsi.internal.node.TargetDirectory.Absence;
import org.lunaria.iscsi.internal.node.TargetNode;
import org.lunaria.scsi.AccessState;
import org.lunaria.scsi.LunMap;
import org.lunaria.scsi.ScsiTarget;
import org.lunaria.scsi.ScsiTargets;
import org.lunaria.scsi.UnitStatus;
import org.lunaria.settings.InvalidSetting;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A target from its configuration to its end: in the directory, with a device of the SCSI engine behind it, and without
 * sessions that its configuration no longer allows. Its calls come one at a time, as those of a component do.
 */
final class ServedTarget {

    /** Ends sessions. Thread-safe. */
    interface Sessions {
        /**
         * Those that may come back.
         *
         * @param why for the log
         */
        void dropWhere(Predicate<LoginOutcome> which, String why);

        /**
         * Those that have lost the right to be there: they are asked to log out first.
         *
         * @param why for the log, as "target disk1 was deleted"
         */
        void revokeWhere(Predicate<LoginOutcome> which, String why);
    }

    private static final Logger LOG = LoggerFactory.getLogger(ServedTarget.class);

    private final TargetDirectory directory;
    private final Sessions sessions;
    private final ScsiTargets engine;
    private final Supplier<List<Portal>> portals;
    private TargetNode node;

    /** @throws InvalidSetting when the configuration cannot be taken */
    ServedTarget(
            TargetSettings settings,
            TargetDirectory directory,
            Sessions sessions,
            ScsiTargets engine,
            Supplier<List<Portal>> portals) {
        this.portals = portals;
        this.directory = directory;
        this.sessions = sessions;
        this.engine = engine;
        this.node = open(settings);
    }

    /**
     * Takes another configuration; sessions that it allows go on, unless the target gets another iSCSI name.
     *
     * @throws InvalidSetting when it cannot be taken, and then nothing has changed
     */
    void change(TargetSettings settings) {
        TargetNode.Configuration next = read(settings);
        AccessState state = settings.accessState();
        if (!next.iqn().equals(node.iqn())) {
            TargetNode old = node;
            node = open(settings);
            end(old, Absence.REMOVED);
            return;
        }
        node.reconfigure(next);
        node.scsi().accessState(state);
        TargetNode served = node;
        sessions.revokeWhere(
                login -> isOf(login, served)
                        && !(served.admits(login.initiatorName(), login.address())
                                && served.reachedBy(login.portal().name())),
                "target " + served.name() + " no longer allows it");
        LOG.info("target {} changed", served.name());
    }

    /** @param why what initiators are told when they come back */
    void close(Absence why) {
        end(node, why);
    }

    private TargetNode open(TargetSettings settings) {
        TargetNode.Configuration configuration = read(settings);
        AccessState state = settings.accessState();
        ScsiTarget device = engine.create(configuration.iqn());
        device.accessState(state);
        TargetNode opened = new TargetNode(configuration, device, this::unitsPresent);
        device.reachedBy(() -> opened.portals(portals.get()).stream()
                .collect(Collectors.toMap(Portal::tag, opened::portName, (same, again) -> same)));
        Optional<TargetNode> present = directory.add(opened);
        if (present.isPresent()) {
            device.close();
            throw settings.settings()
                    .invalid("iqn", "target " + present.get().name() + " has this name already; give another one");
        }
        LOG.info("target {} serves {}", opened.name(), opened.iqn());
        return opened;
    }

    /** First nobody can come in any more, then those inside go, then the device. */
    private void end(TargetNode gone, Absence why) {
        directory.remove(gone, why);
        String reason = "target " + gone.name() + " ended";
        if (why == Absence.UNAVAILABLE) {
            sessions.dropWhere(login -> isOf(login, gone), reason);
        } else {
            sessions.revokeWhere(login -> isOf(login, gone), reason);
        }
        gone.scsi().close();
        LOG.info("target {} ended", gone.name());
    }

    private TargetNode.Configuration read(TargetSettings settings) {
        TargetNode.Configuration read = settings.read();
        for (String portal : read.redirects().byPortal().keySet()) {
            if (read.redirects().circles(portal, portals.get(), ServedTarget::isOfThisMachine)) {
                throw settings.settings()
                        .invalid(
                                RedirectSettings.KEY,
                                "portal " + portal + " would send initiators back to itself; give another address");
            }
        }
        return read;
    }

    private static boolean isOfThisMachine(InetAddress address) {
        try {
            return NetworkInterface.getByInetAddress(address) != null;
        } catch (SocketException e) {
            // No interfaces can be read: then no address is known to be here.
            return false;
        }
    }

    private boolean unitsPresent(LunMap luns) {
        Set<String> present = engine.units().stream()
                .filter(unit -> !unit.slot().equals("DETACHED"))
                .map(UnitStatus::name)
                .collect(Collectors.toSet());
        return luns.units().values().stream().map(LunMap.Mapping::unit).allMatch(present::contains);
    }

    private static boolean isOf(LoginOutcome login, TargetNode node) {
        return login.target().filter(target -> target == node).isPresent();
    }
}
