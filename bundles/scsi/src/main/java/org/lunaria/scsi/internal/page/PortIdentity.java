package org.lunaria.scsi.internal.page;

/**
 * Through which target port a command came. Immutable.
 *
 * @param deviceName SCSI device name of the target, for iSCSI its iSCSI name
 * @param portName SCSI port name, for iSCSI the device name with the portal group tag
 * @param relativePort relative target port identifier
 * @param group that it belongs to
 */
public record PortIdentity(String deviceName, String portName, int relativePort, TargetPortGroup group) {}
