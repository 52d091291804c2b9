package org.lunaria.scsi.internal.unit;

import java.util.Optional;
import org.lunaria.scsi.TaskManagement;
import org.lunaria.scsi.TaskManagement.Response;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The task management functions (SAM-5 clause 7). What aborts tasks is answered when the last of them has ended. */
final class TaskManagementFunction {
    private static final Logger LOG = LoggerFactory.getLogger(TaskManagementFunction.class);

    private TaskManagementFunction() {}

    /**
     * @param access to the unit that the request names, if there is one
     */
    static void perform(TaskManagement request, NexusPaths paths, Optional<LunAccess> access) {
        switch (request.function()) {
            case CLEAR_ACA -> answer(request, Response.FUNCTION_REJECTED);
            case TARGET_RESET -> resetTarget(request, paths);
            case I_T_NEXUS_RESET -> resetNexus(request, paths);
            case ABORT_TASK,
                    ABORT_TASK_SET,
                    CLEAR_TASK_SET,
                    LOGICAL_UNIT_RESET,
                    QUERY_TASK,
                    QUERY_TASK_SET,
                    QUERY_ASYNCHRONOUS_EVENT ->
                access.ifPresentOrElse(
                        found -> performOnUnit(request, found),
                        () -> answer(request, Response.INCORRECT_LOGICAL_UNIT_NUMBER));
        }
    }

    private static void performOnUnit(TaskManagement request, LunAccess access) {
        switch (request.function()) {
            case ABORT_TASK -> abortTask(request, access);
            case ABORT_TASK_SET -> {
                AbortCountdown countdown = complete(request);
                access.abortAll(countdown);
                countdown.arrive();
            }
            case CLEAR_TASK_SET -> {
                AbortCountdown countdown = complete(request);
                access.unit().clearTaskSet(access, countdown);
                countdown.arrive();
            }
            case LOGICAL_UNIT_RESET -> {
                LOG.info("unit {} reset by {}", access.unit().name(), request.nexus());
                AbortCountdown countdown = complete(request);
                access.unit().reset(access, countdown);
                countdown.arrive();
            }
            case QUERY_TASK -> answer(request, access.hasTask(request.tag()));
            case QUERY_TASK_SET -> answer(request, access.hasTasks());
            case QUERY_ASYNCHRONOUS_EVENT -> {
                int event = access.attentions().asynchronousEvent();
                answer(request, event == 0 ? Response.FUNCTION_COMPLETE : Response.succeeded(event));
            }
            case CLEAR_ACA, TARGET_RESET, I_T_NEXUS_RESET ->
                throw new IllegalArgumentException(request.function() + " is not for a unit");
        }
    }

    private static void abortTask(TaskManagement request, LunAccess access) {
        AbortCountdown countdown = complete(request);
        if (access.abort(request.tag(), countdown)) {
            countdown.arrive();
        } else {
            answer(request, Response.TASK_DOES_NOT_EXIST);
        }
    }

    private static void resetTarget(TaskManagement request, NexusPaths paths) {
        LOG.info("target {} reset by {}", paths.port().deviceName(), request.nexus());
        AbortCountdown countdown = complete(request);
        paths.all().forEach(access -> access.unit().reset(access, countdown));
        countdown.arrive();
    }

    private static void resetNexus(TaskManagement request, NexusPaths paths) {
        AbortCountdown countdown = complete(request);
        for (LunAccess access : paths.all()) {
            access.abortAll(countdown);
            access.preventRemoval(false);
            access.attentions().establish(UnitAttention.NEXUS_LOSS);
        }
        countdown.arrive();
    }

    private static AbortCountdown complete(TaskManagement request) {
        return new AbortCountdown(() -> answer(request, Response.FUNCTION_COMPLETE));
    }

    private static void answer(TaskManagement request, boolean found) {
        answer(request, found ? Response.FUNCTION_SUCCEEDED : Response.FUNCTION_COMPLETE);
    }

    private static void answer(TaskManagement request, Response response) {
        request.executor().execute(() -> request.answer().accept(response));
    }
}
