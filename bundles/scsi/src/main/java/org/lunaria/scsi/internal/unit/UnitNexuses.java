package org.lunaria.scsi.internal.unit;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.lunaria.scsi.Nexus;
import org.lunaria.scsi.internal.page.Sense;

/**
 * The nexuses that have access to a unit, and those that had, until their last tasks have ended. Thread-safe; what is done to all is
 * done to those that are there then.
 */
final class UnitNexuses {
    private final Set<LunAccess> present = ConcurrentHashMap.newKeySet();
    private final Set<LunAccess> parting = ConcurrentHashMap.newKeySet();

    /** Those that have access, also those that are still to come. */
    Set<LunAccess> present() {
        return present;
    }

    void join(LunAccess access) {
        present.add(access);
    }

    void part(LunAccess access) {
        parting.removeIf(parted -> parted.tasks().isSpent());
        parting.add(access);
        present.remove(access);
    }

    /** Every task that is listed, also of those who have gone; some may be visited twice. */
    void forEachTask(Consumer<TaskEntry> visitor) {
        present.forEach(access -> access.tasks().forEach(visitor));
        parting.forEach(access -> access.tasks().forEach(visitor));
    }

    /** Ends tasks of all nexuses, and of those who have gone: each is answered with the sense data. */
    void endTasks(Predicate<TaskEntry> which, Sense sense, AbortCountdown countdown) {
        present.forEach(access -> access.endFor(which, sense, countdown));
        parting.forEach(access -> access.endFor(which, sense, countdown));
    }

    /** Aborts the tasks of one nexus, under whatever number it has the unit. */
    void abortTasksOf(LunAccess by, AbortCountdown countdown) {
        present.stream().filter(by::isOfSameNexus).forEach(access -> access.abortAll(countdown));
    }

    /** Aborts the tasks of all nexuses; the others hear of what they lose, by an answer or after. */
    void clearTaskSet(LunAccess by, AbortCountdown countdown) {
        for (LunAccess access : present) {
            if (access.isOfSameNexus(by)) {
                access.abortAll(countdown);
            } else {
                access.clearByAnother(countdown);
            }
        }
    }

    /** The unit is reset. */
    void reset(LunAccess by, AbortCountdown countdown) {
        present.forEach(access -> access.reset(!access.isOfSameNexus(by), countdown));
    }

    void establish(UnitAttention condition) {
        present.forEach(access -> access.attentions().establish(condition));
    }

    /** All hear of it but the one who brought it about. */
    void establishForOthers(UnitAttention condition, Nexus by) {
        for (LunAccess access : present) {
            if (!access.nexus().equals(by)) {
                access.attentions().establish(condition);
            }
        }
    }
}
