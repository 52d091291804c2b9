package org.lunaria.scsi.internal.reservation;

/**
 * The names of an I_T nexus, by which a registration knows it over sessions and restarts (SPC-4 5.13.5.1). Immutable.
 *
 * @param initiatorPort name of the initiator port; for iSCSI with its ISID
 * @param targetDevice name of the target device that the target port is of
 * @param targetPort name of the target port, or {@link #ANY_PORT}
 * @param relativePort relative target port identifier; 0 for any port
 */
public record NexusName(String initiatorPort, String targetDevice, String targetPort, int relativePort) {

    /** Stands for every port of the target device (ALL_TG_PT). No port has it for a name. */
    static final String ANY_PORT = "*";

    /** The initiator port through every port of the target device. */
    NexusName throughAnyPort() {
        return new NexusName(initiatorPort, targetDevice, ANY_PORT, 0);
    }

    boolean isThroughAnyPort() {
        return targetPort.equals(ANY_PORT);
    }

    boolean isOfSamePorts(NexusName other) {
        return initiatorPort.equals(other.initiatorPort) && targetDevice.equals(other.targetDevice);
    }

    /** Another initiator port, through the same target port. */
    NexusName from(String otherInitiatorPort) {
        return new NexusName(otherInitiatorPort, targetDevice, targetPort, relativePort);
    }

    @Override
    public String toString() {
        return initiatorPort + " - " + (isThroughAnyPort() ? targetDevice : targetPort);
    }
}
