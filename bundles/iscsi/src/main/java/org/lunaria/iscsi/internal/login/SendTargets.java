package org.lunaria.iscsi.internal.login;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.lunaria.iscsi.internal.node.IscsiName;
import org.lunaria.iscsi.internal.node.Portal;
import org.lunaria.iscsi.internal.node.TargetNode;

/**
 * The answer to SendTargets (RFC 7143 13.3 and appendix C): the targets that this initiator may use by the portal it asks
 * on, each with the addresses of all its portals. Stateless but for the connection it is for.
 */
final class SendTargets {
    private static final String ALL = "All";

    private final LoginContext context;
    private final LoginOutcome outcome;

    SendTargets(LoginContext context, LoginOutcome outcome) {
        this.context = context;
        this.outcome = outcome;
    }

    /**
     * @param value All, only in a discovery session; a target's name; or empty, only in a normal session, for its target
     */
    List<KeyValue> answer(String value) {
        Optional<TargetNode> own = outcome.target();
        if (value.equals(ALL)) {
            return own.isPresent()
                    ? rejected()
                    : context.targets().all().stream()
                            .filter(this::mayUse)
                            .flatMap(this::record)
                            .toList();
        }
        if (value.isEmpty()) {
            return own.map(target -> record(target).toList()).orElseGet(SendTargets::rejected);
        }
        // A normal session is told about its own target only (appendix C); a name that is not there has no record.
        return IscsiName.normalize(value)
                .flatMap(context.targets()::find)
                .filter(this::mayUse)
                .filter(target -> own.isEmpty() || own.get() == target)
                .map(target -> record(target).toList())
                .orElse(List.of());
    }

    private static List<KeyValue> rejected() {
        return List.of(Key.SEND_TARGETS.with(KeyValue.REJECT));
    }

    private boolean mayUse(TargetNode target) {
        return target.admits(outcome.initiatorName(), outcome.address())
                && target.reachedBy(context.portal().name());
    }

    private Stream<KeyValue> record(TargetNode target) {
        return Stream.concat(
                Stream.of(Key.TARGET_NAME.with(target.iqn())),
                target.portals(context.portals()).stream()
                        .map(this::address)
                        .flatMap(Optional::stream)
                        .distinct()
                        .map(Key.TARGET_ADDRESS::with));
    }

    /**
     * Where a portal is reached, as host:port,tag (13.8). One that listens on every address is given the address that this
     * initiator has reached; it has none for an initiator of the other address family.
     */
    private Optional<String> address(Portal portal) {
        InetAddress configured = portal.address().getAddress();
        InetAddress reached = context.localAddress().getAddress();
        boolean any = configured.isAnyLocalAddress();
        if (any && reached instanceof Inet6Address && !(configured instanceof Inet6Address)) {
            return Optional.empty();
        }
        return Optional.of("%s:%d,%d"
                .formatted(host(any ? reached : configured), portal.address().getPort(), portal.tag()));
    }

    /** IPv6 in brackets, without the name of an interface, which is this machine's. */
    private static String host(InetAddress address) {
        String text = address.getHostAddress();
        int scope = text.indexOf('%');
        String bare = scope < 0 ? text : text.substring(0, scope);
        return address instanceof Inet6Address ? "[" + bare + "]" : bare;
    }
}
