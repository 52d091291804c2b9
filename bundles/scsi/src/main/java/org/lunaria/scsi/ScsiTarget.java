package org.lunaria.scsi;

import java.util.Map;
import java.util.function.Supplier;
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
     * An I_T nexus is established. Its first commands get the unit attentions that SAM asks for.
     *
     * @param luns what this nexus sees of the target. It is asked now, by {@link #remap}, and when a unit comes or goes; with
     *     a lock held, so it answers at once and calls nothing here. A unit that does not exist (yet) is not reported until
     *     it does
     * @param events hears of the nexus' unit attentions, but for those that it begins with
     */
    void attach(Nexus nexus, Supplier<LunMap> luns, EventListener events);

    /**
     * Tells by which of its target ports the target is reached; they are in one target port group (SPC-4 5.15). A nexus' own
     * is one of them in any case.
     *
     * @param ports their names, as in {@link Nexus#targetPort}, by relative target port identifier, at the moment that it is
     *     asked, by any thread; does not block
     */
    void reachedBy(Supplier<Map<Integer, String>> ports);

    /**
     * In which state its target ports are to be for its units (SPC-4 5.15), active/optimized at first. A nexus for which that
     * changes the state of a unit gets a unit attention ASYMMETRIC ACCESS STATE CHANGED there.
     *
     * @param state one that can be set
     */
    void accessState(AccessState state);

    /**
     * What nexuses see has changed, or may have: the tasks of what stays go on, those of what goes are aborted without an
     * answer. A nexus that sees other units than before gets a unit attention REPORTED LUNS DATA HAS CHANGED, one that may
     * write what it could not, or no longer may, MODE PARAMETERS CHANGED; all others notice nothing.
     */
    void remap();

    /**
     * I_T nexus loss (SAM-5 6.3.4): its tasks are aborted without an answer, its unit attentions are forgotten.
     *
     * @param ended runs once, by any thread, maybe before this returns: when none of its tasks changes anything any more. What
     *     is written after that cannot be overtaken by what was written before
     */
    void detach(Nexus nexus, Runnable ended);

    /** Executes a task of an attached nexus. Called on the task's executor; may answer before it returns. */
    void execute(Task task);

    /**
     * Whether sense data about a unit is in descriptor format (D_SENSE), for what the transport answers itself; false for a
     * number that has no unit.
     */
    boolean hasDescriptorSense(Nexus nexus, long lun);

    /**
     * How long the commands of a nexus took, from when a unit took them in until they were answered; none for a nexus that is
     * not attached. By any thread.
     */
    Latency latency(Nexus nexus);

    /** Does a task management function. May answer before it returns. */
    void manage(TaskManagement request);

    /** The target goes: every nexus is detached. */
    @Override
    void close();
}
