package org.lunaria.scsi.internal.command;

import java.util.Map;
import java.util.concurrent.CompletionStage;
import org.lunaria.scsi.SenseCode;
import org.lunaria.scsi.internal.page.ModeParameter;

/**
 * Makes mode parameters others. When the write cache goes off, or the unit becomes write protected, what was written is made
 * durable first, and nothing writes meanwhile: it claims all blocks (SBC-3 6.5.5, SPC-4 7.5.8).
 */
final class ModeChange extends Procedure {
    private enum Step {
        CLAIM,
        FLUSH,
        CHANGE,
        ANSWER
    }

    private final Execution execution;
    private final Map<ModeParameter, Long> values;
    private final boolean saves;
    private Step next;
    private CompletionStage<Boolean> changed;

    ModeChange(Execution execution, Map<ModeParameter, Long> values, boolean saves) {
        super(execution);
        this.execution = execution;
        this.values = values;
        this.saves = saves;
        this.next = makesDurable() ? Step.CLAIM : Step.CHANGE;
    }

    /** Whatever the values are now: another change may come between. */
    private boolean makesDurable() {
        boolean cacheGoesOff = values.getOrDefault(ModeParameter.WCE, 1L) == 0;
        boolean becomesProtected = values.getOrDefault(ModeParameter.SWP, 0L) == 1;
        return (cacheGoesOff || becomesProtected)
                && execution.device().geometry().writable();
    }

    @Override
    protected CompletionStage<?> step() {
        switch (next) {
            case CLAIM -> {
                next = Step.FLUSH;
                return medium(execution.claim(Blocks.ALL));
            }
            case FLUSH -> {
                next = Step.CHANGE;
                return medium(execution.device().medium().flush());
            }
            case CHANGE -> {
                next = Step.ANSWER;
                changed = execution.access().changeModes(values, saves);
                return medium(changed);
            }
            case ANSWER -> {
                return value(changed) ? end() : then(() -> execution.refuse(SenseCode.INTERNAL_TARGET_FAILURE));
            }
        }
        throw new IllegalStateException(next.toString());
    }

    @Override
    protected void release() {}
}
