package org.lunaria.scsi;

/**
 * An I_T nexus: the relation of an initiator port and a target port (SAM-5 3.1.55). Immutable; equal names are the same
 * nexus, over sessions and restarts: what is bound to a nexus (reservations) is bound to these names.
 *
 * @param initiatorPort name of the initiator port; for iSCSI the initiator's name, ",i,0x" and the ISID (RFC 7143 4.4.3)
 * @param targetPort name of the target port; for iSCSI the target's name, ",t,0x" and the portal group tag
 * @param relativePort relative target port identifier, 1 to 65535 (SPC-5 VPD page 83h)
 */
public record Nexus(String initiatorPort, String targetPort, int relativePort) {
    @Override
    public String toString() {
        return initiatorPort + " - " + targetPort;
    }
}
