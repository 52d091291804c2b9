package org.lunaria.scsi.internal.unit;

import java.util.Collection;
import java.util.Optional;
import org.lunaria.scsi.TaskManagement;
import org.lunaria.scsi.TaskManagement.Response;
import org.lunaria.scsi.internal.command.Lun;

/**
 * Task management of the REPORT LUNS well known logical unit. Its commands are done as they come, so that there are none to
 * abort. Immutable.
 *
 * @param nexuses all of the target
 */
record WellKnownUnit(Collection<NexusPaths> nexuses) {

    /** Does its part of a function; says whether that is all of it, and it is answered. */
    boolean manages(TaskManagement request, NexusPaths by) {
        switch (request.function()) {
            case TARGET_RESET -> reset();
            case I_T_NEXUS_RESET -> by.wellKnownAttentions().establish(UnitAttention.NEXUS_LOSS);
            case LOGICAL_UNIT_RESET -> {
                if (request.lun() == Lun.REPORT_LUNS) {
                    reset();
                }
            }
            case ABORT_TASK,
                    ABORT_TASK_SET,
                    CLEAR_ACA,
                    CLEAR_TASK_SET,
                    QUERY_TASK,
                    QUERY_TASK_SET,
                    QUERY_ASYNCHRONOUS_EVENT -> {
                // They change nothing.
            }
        }
        if (request.lun() != Lun.REPORT_LUNS) {
            return false;
        }
        Optional<Response> response = switch (request.function()) {
            case ABORT_TASK -> Optional.of(Response.TASK_DOES_NOT_EXIST);
            case ABORT_TASK_SET, CLEAR_TASK_SET, LOGICAL_UNIT_RESET, QUERY_TASK, QUERY_TASK_SET ->
                Optional.of(Response.FUNCTION_COMPLETE);
            case QUERY_ASYNCHRONOUS_EVENT -> Optional.of(event(by));
            // They are for the whole target, or not there.
            case TARGET_RESET, I_T_NEXUS_RESET, CLEAR_ACA -> Optional.empty();
        };
        response.ifPresent(
                found -> request.executor().execute(() -> request.answer().accept(found)));
        return response.isPresent();
    }

    private void reset() {
        nexuses.forEach(paths -> paths.wellKnownAttentions().establish(UnitAttention.LOGICAL_UNIT_RESET));
    }

    private static Response event(NexusPaths by) {
        int event = by.wellKnownAttentions().asynchronousEvent();
        return event == 0 ? Response.FUNCTION_COMPLETE : Response.succeeded(event);
    }
}
