package org.lunaria.iscsi.internal.session;

import org.lunaria.scsi.TaskAttribute;

/**
 * What a SCSI Command PDU asks for, once it was found to be well-formed. Nobody changes the array.
 *
 * @param dataInBytes size of the initiator's Data-In buffer
 * @param dataOutBytes bytes that the initiator has
 */
record ScsiCommand(
        long lun, long initiatorTaskTag, TaskAttribute attribute, byte[] cdb, long dataInBytes, long dataOutBytes) {}
