package org.lunaria.iscsi.internal.node;

import java.net.InetAddress;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import org.lunaria.scsi.EventListener;
import org.lunaria.scsi.LunMap;
import org.lunaria.scsi.Nexus;
import org.lunaria.scsi.ScsiTarget;

/**
 * An iSCSI target node (RFC 7143 2.2): what logins name, with the SCSI target device behind it. Its name stays; the rest
 * of its configuration may be exchanged while sessions go on, and what they ask then is answered by the new one.
 * Thread-safe.
 */
public final class TargetNode {

    /**
     * What an administrator says about a target. Immutable.
     *
     * @param name of the configuration
     * @param iqn the iSCSI name, normalized
     * @param alias for people, or empty
     * @param portals names of the portals that it is reached on; empty for all of them
     * @param luns the logical units
     * @param access who may use it
     * @param limits what it offers in a login
     * @param authentication what has to be proved in a login
     * @param redirects where initiators are sent to instead
     * @param masks who does not see all of the logical units
     */
    public record Configuration(
            String name,
            String iqn,
            String alias,
            Set<String> portals,
            LunMap luns,
            AccessList access,
            Limits limits,
            Authentication authentication,
            Redirects redirects,
            LunMasks masks) {
        public Configuration {
            portals = Set.copyOf(portals);
        }

        /** One that asks for no proof, is served where it is, and shows everybody everything. */
        public Configuration(
                String name,
                String iqn,
                String alias,
                Set<String> portals,
                LunMap luns,
                AccessList access,
                Limits limits) {
            this(name, iqn, alias, portals, luns, access, limits, Authentication.NONE, Redirects.NONE, LunMasks.NONE);
        }

        /** The same that asks for proof. */
        public Configuration with(Authentication proof) {
            return new Configuration(name, iqn, alias, portals, luns, access, limits, proof, redirects, masks);
        }

        /** The same that sends initiators elsewhere. */
        public Configuration with(Redirects elsewhere) {
            return new Configuration(name, iqn, alias, portals, luns, access, limits, authentication, elsewhere, masks);
        }

        /** The logical units that an initiator sees. */
        public LunMap seenBy(String initiatorName, InetAddress address) {
            return masks.seenBy(initiatorName, address).orElse(luns);
        }
    }

    private final ScsiTarget scsi;
    private final Predicate<LunMap> unitsPresent;
    private volatile Configuration configuration;

    /**
     * @param scsi device of the same name; whoever makes the node closes it
     * @param unitsPresent whether every unit of a map is there
     */
    public TargetNode(Configuration configuration, ScsiTarget scsi, Predicate<LunMap> unitsPresent) {
        this.configuration = configuration;
        this.scsi = scsi;
        this.unitsPresent = unitsPresent;
    }

    public String name() {
        return configuration.name();
    }

    public String iqn() {
        return configuration.iqn();
    }

    public String alias() {
        return configuration.alias();
    }

    public Limits limits() {
        return configuration.limits();
    }

    public Authentication authentication() {
        return configuration.authentication();
    }

    public Redirects redirects() {
        return configuration.redirects();
    }

    public ScsiTarget scsi() {
        return scsi;
    }

    public Configuration configuration() {
        return configuration;
    }

    /** Exchanges the configuration, which has the same iqn. Sessions that it no longer allows are the caller's to drop. */
    public void reconfigure(Configuration next) {
        if (!next.iqn().equals(iqn())) {
            throw new IllegalArgumentException("a target keeps its name " + iqn());
        }
        configuration = next;
        scsi.remap();
    }

    /** An initiator's nexus is established: it sees what the configuration of the moment has for it. */
    public void attach(Nexus nexus, String initiatorName, InetAddress address, EventListener events) {
        scsi.attach(nexus, () -> configuration.seenBy(initiatorName, address), events);
    }

    /** Whether every logical unit that an initiator sees exists: while the appliance starts, some may still be to come. */
    public boolean complete(String initiatorName, InetAddress address) {
        return unitsPresent.test(configuration.seenBy(initiatorName, address));
    }

    /** Whether an initiator may use this target. */
    public boolean admits(String initiatorName, InetAddress address) {
        return configuration.access().admits(initiatorName, address);
    }

    /** Whether the target is reached by a portal of this name. */
    public boolean reachedBy(String portal) {
        Set<String> portals = configuration.portals();
        return portals.isEmpty() || portals.contains(portal);
    }

    /** Name of the target port that is reached by a portal (RFC 7143 4.4.3). */
    public String portName(Portal portal) {
        return "%s,t,0x%04x".formatted(iqn(), portal.tag());
    }

    /** Those of {@code all} that the target is reached by. */
    public List<Portal> portals(List<Portal> all) {
        return all.stream().filter(portal -> reachedBy(portal.name())).toList();
    }

    @Override
    public String toString() {
        return iqn();
    }
}
