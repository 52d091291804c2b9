package org.lunaria.scsi.internal.unit;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.StringJoiner;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import org.lunaria.scsi.AccessState;
import org.lunaria.scsi.internal.command.AccessTransition;
import org.lunaria.scsi.internal.page.AccessStatus;
import org.lunaria.scsi.internal.page.AccessStatus.Cause;
import org.lunaria.scsi.internal.page.TargetPortGroup;
import org.lunaria.scsi.internal.saved.SavedValues;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * In which state each target port group is for a unit (SPC-4 5.15.2): that which the administrator wants, until an initiator sets
 * another one. What an initiator has set is saved, and holds as long as the administrator wants what he wanted then; when he
 * changes his mind it is gone. Thread-safe.
 */
final class UnitAccessStates {
    private static final Logger LOG = LoggerFactory.getLogger(UnitAccessStates.class);

    /** Of what is kept: {@code access.GROUP=standby over active/optimized}, the latter being the administrator's. */
    private static final String KEY = "access.";

    private static final String OVER = " over ";

    /** Of a unit, in which initiators have set states. */
    static final int MAX_GROUPS = 64;

    /** A state that an initiator has set, and that which the administrator wanted then. */
    private record Choice(AccessStatus status, AccessState over) {
        static Choice of(AccessState set, AccessState over) {
            return new Choice(new AccessStatus(set, Cause.SET_TARGET_PORT_GROUPS), over);
        }
    }

    private static final AccessStatus CHANGING =
            new AccessStatus(AccessState.TRANSITIONING, Cause.SET_TARGET_PORT_GROUPS);

    private final String unit;
    private final UnitSaved saved;
    private final Set<LunAccess> accesses;

    /** By group. */
    private volatile Map<Integer, Choice> choices;

    /** Of groups that initiators have set back to what the administrator wants. It is not saved: STATUS CODE need not tell. */
    private final Map<Integer, Choice> restored = new ConcurrentHashMap<>();

    private final Set<Integer> changing = ConcurrentHashMap.newKeySet();

    /** @param accesses all there are, also those that are still to come */
    UnitAccessStates(String unit, UnitSaved saved, Set<LunAccess> accesses) {
        this.unit = unit;
        this.saved = saved;
        this.accesses = accesses;
        this.choices = choices(saved.values());
    }

    /** The state of a group now. */
    AccessStatus status(TargetPortGroup group) {
        return !changing.isEmpty() && changing.contains(group.identifier()) ? CHANGING : settled(group);
    }

    /** The state before a change that is under way, or else that of now. */
    AccessStatus settled(TargetPortGroup group) {
        AccessStatus configured = group.configured().get();
        Map<Integer, Choice> now = choices;
        Choice choice = now.isEmpty() ? null : now.get(group.identifier());
        if (choice == null && !restored.isEmpty()) {
            choice = restored.get(group.identifier());
        }
        return choice != null && choice.over() == configured.state() ? choice.status() : configured;
    }

    /** A nexus sets a state of its group; empty while another one is at it. */
    Optional<AccessTransition> begin(LunAccess by) {
        return changing.add(by.port().group().identifier()) ? Optional.of(new Transition(by)) : Optional.empty();
    }

    /** What initiators have set over something that the administrator does not want any more is never to come back. */
    void dropOutdated(TargetPortGroup group) {
        AccessState configured = group.configured().get().state();
        restored.computeIfPresent(group.identifier(), (id, back) -> back.over() == configured ? back : null);
        Choice choice = choices.get(group.identifier());
        if (choice == null || choice.over() == configured) {
            return;
        }
        saved.change(
                values -> {
                    Choice kept = choices(values).get(group.identifier());
                    boolean outdated = kept != null
                            && kept.over() != group.configured().get().state();
                    return outdated ? values.without(key(group)) : values;
                },
                () -> choices = choices(saved.values()));
    }

    /** What initiators have set: "access through target port group 7 standby instead of active/optimized", or nothing. */
    String difference() {
        StringJoiner text = new StringJoiner(", ");
        choices.forEach((group, choice) -> text.add("access through target port group " + group + " "
                + choice.status().state().text() + " instead of "
                + choice.over().text()));
        return text.toString();
    }

    private static String key(TargetPortGroup group) {
        return KEY + group.identifier();
    }

    /** What is no choice was not written here, and is left alone. */
    private static Map<Integer, Choice> choices(SavedValues values) {
        Map<Integer, Choice> found = new TreeMap<>();
        values.byKey().forEach((key, value) -> {
            String[] states = value.split(OVER, 2);
            if (key.matches("access\\.\\d{1,5}") && states.length == 2) {
                Optional<AccessState> state = AccessState.settable(states[0]);
                Optional<AccessState> over = AccessState.settable(states[1]);
                if (state.isPresent() && over.isPresent()) {
                    found.put(Integer.valueOf(key.substring(KEY.length())), Choice.of(state.get(), over.get()));
                }
            }
        });
        return found;
    }

    private final class Transition implements AccessTransition {
        private final LunAccess by;
        private final TargetPortGroup group;
        private final AccessState before;
        private final AtomicBoolean over = new AtomicBoolean();

        private Transition(LunAccess by) {
            this.by = by;
            this.group = by.port().group();
            this.before = settled(group).state();
        }

        @Override
        public CompletionStage<Boolean> change(AccessState state) {
            if (choices.size() >= MAX_GROUPS && !choices.containsKey(group.identifier())) {
                LOG.warn("unit {}: initiators have set the states of {} target port groups", unit, MAX_GROUPS);
                return CompletableFuture.completedFuture(false);
            }
            return saved.change(
                    values -> {
                        AccessState wanted = group.configured().get().state();
                        return state == wanted
                                ? values.without(key(group))
                                : values.with(key(group), state.text() + OVER + wanted.text());
                    },
                    () -> hold(state));
        }

        /** It is saved. Who set it need not hear of it, unless the administrator has set another one meanwhile. */
        private void hold(AccessState state) {
            choices = choices(saved.values());
            if (state != before && !choices.containsKey(group.identifier())) {
                restore(state);
            }
            end();
            AccessState now = settled(group).state();
            if (now != before) {
                LOG.info(
                        "unit {}: {} by {}, set by {}",
                        unit,
                        now.text(),
                        by.port().deviceName(),
                        by.nexusName());
                for (LunAccess access : accesses) {
                    boolean knows = access.isOfSameNexus(by) && now == state;
                    if (!knows && access.port().group().identifier() == group.identifier()) {
                        access.attentions().establish(UnitAttention.ACCESS_STATE_CHANGE);
                    }
                }
            }
            dropOutdated(group);
        }

        private void restore(AccessState state) {
            if (restored.size() >= MAX_GROUPS) {
                restored.clear();
            }
            restored.put(group.identifier(), Choice.of(state, state));
        }

        @Override
        public void end() {
            if (over.compareAndSet(false, true)) {
                changing.remove(group.identifier());
            }
        }
    }
}
