package org.lunaria.scsi.internal.command;

import java.util.concurrent.CompletionStage;
import org.lunaria.scsi.AccessState;
import org.lunaria.scsi.SenseCode;

/**
 * Sets another asymmetric access state. Before one in which the medium is not reached, all that has begun ends, and nothing begins
 * meanwhile: it claims all blocks, so that nothing is written through the group any more when it is answered.
 */
final class AccessStateChange extends Procedure {
    private enum Step {
        CLAIM,
        CHANGE,
        ANSWER
    }

    private final Execution execution;
    private final AccessTransition transition;
    private final AccessState state;
    private Step next;
    private CompletionStage<Boolean> changed;

    AccessStateChange(Execution execution, AccessTransition transition, AccessState state) {
        super(execution);
        this.execution = execution;
        this.transition = transition;
        this.state = state;
        this.next = state.isActive() ? Step.CHANGE : Step.CLAIM;
    }

    @Override
    protected CompletionStage<?> step() {
        switch (next) {
            case CLAIM -> {
                next = Step.CHANGE;
                return medium(execution.claim(Blocks.ALL));
            }
            case CHANGE -> {
                next = Step.ANSWER;
                changed = transition.change(state);
                return medium(changed);
            }
            case ANSWER -> {
                return value(changed)
                        ? end()
                        : then(() -> execution.refuse(SenseCode.SET_TARGET_PORT_GROUPS_COMMAND_FAILED));
            }
        }
        throw new IllegalStateException(next.toString());
    }

    /** Also when it was aborted while it waited for others. */
    @Override
    protected void release() {
        transition.end();
    }
}
