package org.lunaria.scsi.internal.unit;

import java.util.Optional;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Consumer;
import org.lunaria.event.EventKind;
import org.lunaria.scsi.TaskManagement;
import org.lunaria.scsi.TaskManagement.Response;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A task management function (SAM-5 clause 7). What aborts tasks is answered when the last of them has ended; where one
 * does not end in time, because its store hangs, nothing can be promised of it and the function is rejected. Immutable.
 *
 * @param paths of the nexus that the request came by
 * @param timer bounds the time to the answer
 */
record TaskManagementFunction(TaskManagement request, NexusPaths paths, ScheduledExecutorService timer) {
    private static final Logger LOG = LoggerFactory.getLogger(TaskManagementFunction.class);

    /**
     * @param access to the unit that the request names, if there is one
     */
    void perform(Optional<LunAccess> access) {
        switch (request.function()) {
            case CLEAR_ACA -> answer(Response.FUNCTION_REJECTED);
            case TARGET_RESET -> resetTarget();
            case I_T_NEXUS_RESET -> abort("target " + paths.port().deviceName(), this::resetNexus);
            case ABORT_TASK,
                    ABORT_TASK_SET,
                    CLEAR_TASK_SET,
                    LOGICAL_UNIT_RESET,
                    QUERY_TASK,
                    QUERY_TASK_SET,
                    QUERY_ASYNCHRONOUS_EVENT ->
                access.ifPresentOrElse(this::performOnUnit, () -> answer(Response.INCORRECT_LOGICAL_UNIT_NUMBER));
        }
    }

    private void performOnUnit(LunAccess access) {
        String unit = "unit " + access.unit().name();
        switch (request.function()) {
            case ABORT_TASK -> abortTask(access, unit);
            case ABORT_TASK_SET -> abort(unit, access::abortAll);
            case CLEAR_TASK_SET ->
                abort(unit, countdown -> access.unit().nexuses().clearTaskSet(access, countdown));
            case LOGICAL_UNIT_RESET -> {
                EventKind.RESET.tell("{} reset by {}", unit, request.nexus());
                abort(unit, countdown -> access.unit().reset(access, countdown));
            }
            case QUERY_TASK -> answer(access.tasks().has(entry -> entry.task().tag() == request.tag()));
            case QUERY_TASK_SET -> answer(access.tasks().has(entry -> !entry.isOfCopy()));
            case QUERY_ASYNCHRONOUS_EVENT -> {
                access.unit().look();
                int event = access.attentions().asynchronousEvent();
                answer(event == 0 ? Response.FUNCTION_COMPLETE : Response.succeeded(event));
            }
            case CLEAR_ACA, TARGET_RESET, I_T_NEXUS_RESET ->
                throw new IllegalArgumentException(request.function() + " is not for a unit");
        }
    }

    private void abortTask(LunAccess access, String unit) {
        AbortCountdown countdown = complete();
        if (access.abort(request.tag(), countdown)) {
            await(countdown, unit);
        } else {
            answer(Response.TASK_DOES_NOT_EXIST);
        }
    }

    private void resetTarget() {
        String target = "target " + paths.port().deviceName();
        EventKind.RESET.tell("{} reset by {}", target, request.nexus());
        abort(target, countdown -> paths.all().forEach(access -> access.unit().reset(access, countdown)));
    }

    private void resetNexus(AbortCountdown countdown) {
        paths.all().forEach(access -> access.resetNexus(countdown));
    }

    /** @param where it happens, for the log */
    private void abort(String where, Consumer<AbortCountdown> aborting) {
        AbortCountdown countdown = complete();
        aborting.accept(countdown);
        await(countdown, where);
    }

    private AbortCountdown complete() {
        return new AbortCountdown(() -> answer(Response.FUNCTION_COMPLETE));
    }

    private void await(AbortCountdown countdown, String where) {
        countdown.await(timer, left -> {
            LOG.warn(
                    "{}: {} by {} is rejected: {} aborted tasks have not ended within {} ms",
                    where,
                    request.function(),
                    request.nexus(),
                    left,
                    AbortCountdown.ANSWER_MILLIS);
            answer(Response.FUNCTION_REJECTED);
        });
    }

    private void answer(boolean found) {
        answer(found ? Response.FUNCTION_SUCCEEDED : Response.FUNCTION_COMPLETE);
    }

    private void answer(Response response) {
        request.executor().execute(() -> request.answer().accept(response));
    }
}
