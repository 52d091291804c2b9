package org.lunaria.scsi.internal.command;

/** Sends parameter data that is larger than one buffer of the transport. */
final class ParameterData extends DataIn {

    /**
     * @param lengthBytes how much of the data the initiator's buffer holds
     */
    ParameterData(Execution execution, byte[] data, int lengthBytes) {
        super(execution, lengthBytes, (offset, target) -> target.put(data, offset, target.remaining()));
    }
}
