package org.lunaria.scsi.internal.page;

import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Through which target port a command came. Immutable.
 *
 * @param deviceName SCSI device name of the target, for iSCSI its iSCSI name
 * @param portName SCSI port name, for iSCSI the device name with the portal group tag
 * @param relativePort relative target port identifier
 * @param group that it belongs to
 */
public record PortIdentity(String deviceName, String portName, int relativePort, TargetPortGroup group) {
    /** Of a group: TARGET PORT COUNT is a byte (SPC-4 6.37). */
    private static final int MAX_PORTS = 255;

    /** Names of the target ports of the device by ascending identifier; among them, whatever the number of all, this one. */
    public SortedMap<Integer, String> all() {
        SortedMap<Integer, String> ports = new TreeMap<>(Map.of(relativePort, portName));
        for (Map.Entry<Integer, String> port : new TreeMap<>(group.ports().get()).entrySet()) {
            if (ports.size() < MAX_PORTS) {
                ports.putIfAbsent(port.getKey(), port.getValue());
            }
        }
        return ports;
    }
}
