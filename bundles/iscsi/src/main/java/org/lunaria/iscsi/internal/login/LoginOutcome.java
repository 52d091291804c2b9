package org.lunaria.iscsi.internal.login;

import java.net.InetAddress;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import org.lunaria.iscsi.internal.node.Portal;
import org.lunaria.iscsi.internal.node.TargetNode;
import org.lunaria.scsi.Nexus;

/**
 * A login whose negotiation is done. Immutable; nobody changes the array.
 *
 * @param initiatorName normalized
 * @param address that the initiator comes from
 * @param initiatorAlias or empty
 * @param target that the session is for; empty for a discovery session
 * @param portal that the connection came in by
 * @param isid six bytes
 * @param tsih 0 for a new session
 * @param cid of the connection
 * @param user who the initiator has proved to be, or empty
 */
public record LoginOutcome(
        SessionType type,
        String initiatorName,
        InetAddress address,
        String initiatorAlias,
        Optional<TargetNode> target,
        Portal portal,
        Parameters parameters,
        byte[] isid,
        int tsih,
        int cid,
        String user) {

    /** The I_T nexus of a normal session, with the names of RFC 7143 4.4.3; empty for a discovery session. */
    public Optional<Nexus> nexus() {
        return target.map(node -> new Nexus(initiatorName + ",i,0x" + isidText(), node.portName(portal), portal.tag()));
    }

    /** Whether another login is of the same initiator port with the same target. */
    public boolean isSamePort(LoginOutcome other) {
        return type == other.type
                && initiatorName.equals(other.initiatorName)
                && Arrays.equals(isid, other.isid)
                && target.equals(other.target);
    }

    /** The same, of a connection that joins a session: what holds for all connections is what the session agreed on. */
    public LoginOutcome joining(Parameters session) {
        return new LoginOutcome(
                type,
                initiatorName,
                address,
                initiatorAlias,
                target,
                portal,
                parameters.joining(session),
                isid,
                tsih,
                cid,
                user);
    }

    /** The ISID as twelve hexadecimal digits. */
    public String isidText() {
        return HexFormat.of().formatHex(isid);
    }
}
