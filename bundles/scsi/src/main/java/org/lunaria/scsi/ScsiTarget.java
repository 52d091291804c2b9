package org.lunaria.scsi;

import org.osgi.annotation.versioning.ProviderType;

/**
 * A SCSI target device with its task router (SAM-5 4.5, 4.6). Made by {@link ScsiTargets}, used by a transport.
 * Thread-safe.
 */
@ProviderType
public interface ScsiTarget extends AutoCloseable {

    /** The SCSI device name; for iSCSI the target's iSCSI name. */
    String name();

    /**
     * Changes the mapping; tasks go on. Nexuses get a unit attention REPORTED LUNS DATA HAS CHANGED. A unit that does not
     * exist (yet) is not reported until it does.
     */
    void map(LunMap luns);

    /** An I_T nexus is established. Its first commands get the unit attentions that SAM asks for. */
    void attach(Nexus nexus);

    /** I_T nexus loss (SAM-5 6.3.4): its tasks are aborted without an answer, its unit attentions are forgotten. */
    void detach(Nexus nexus);

    /** Executes a task of an attached nexus. Called on the task's executor; may answer before it returns. */
    void execute(Task task);

    /** Does a task management function. May answer before it returns. */
    void manage(TaskManagement request);

    /** The target goes: every nexus is detached. */
    @Override
    void close();
}
