package org.lunaria.scsi.internal.reservation;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.lunaria.scsi.SenseCode;
import org.lunaria.scsi.internal.page.BitField;

/**
 * A PERSISTENT RESERVE OUT (SPC-4 5.13.7 to 5.13.11, 6.16): what it makes of the reservations that there are. Immutable.
 */
public final class ReserveOut implements ReservationRequest {
    private static final BitField SERVICE_ACTION = new BitField(1, 4, 5);
    private static final BitField SCOPE = new BitField(2, 7, 4);
    private static final BitField TYPE = new BitField(2, 3, 4);
    private static final int LU_SCOPE = 0;

    private final ReserveOutAction action;
    private final int scope;
    private final Optional<ReservationType> type;
    private final ReserveOutList list;

    private ReserveOut(ReserveOutAction action, int scope, Optional<ReservationType> type, ReserveOutList list) {
        this.action = action;
        this.scope = scope;
        this.type = type;
        this.list = list;
    }

    /**
     * The request of a CDB and its parameter list. A list that is none is refused whatever the reservations are.
     *
     * @param cdb of 16 bytes
     */
    public static ReservationRequest of(ReserveOutAction action, byte[] cdb, byte[] parameterList) {
        ReserveOutList.Parsed parsed = ReserveOutList.parse(action, parameterList);
        if (parsed.list().isEmpty()) {
            return (state, by, present) -> Outcome.unchanged(state, parsed.refusal());
        }
        return new ReserveOut(
                action,
                (int) SCOPE.get(cdb),
                ReservationType.of((int) TYPE.get(cdb)),
                parsed.list().get());
    }

    @Override
    public Outcome apply(ReservationState state, NexusName by, Set<NexusName> present) {
        if (state.reservedBy().isPresent()) {
            return refused(state, Reply.CONFLICT);
        }
        if (action == ReserveOutAction.REPLACE_LOST_RESERVATION) {
            return replaceLost(state, by);
        }
        if (state.isLost()) {
            return refused(state, Reply.of(SenseCode.PERSISTENT_RESERVATION_INFORMATION_LOST));
        }
        Optional<Registration> own = state.find(by);
        if (isOfAnotherKeyThroughSomePort(state, by)) {
            return refused(state, Reply.CONFLICT);
        }
        if (own.isEmpty()) {
            return registerFirst(state, by, present);
        }
        boolean keyIsIgnored = action == ReserveOutAction.REGISTER_AND_IGNORE_EXISTING_KEY;
        if (!keyIsIgnored && own.get().key() != list.key()) {
            return refused(state, Reply.CONFLICT);
        }
        return switch (action) {
            case REGISTER, REGISTER_AND_IGNORE_EXISTING_KEY -> registerAgain(state, by, own.get());
            case RESERVE -> reserve(state, by);
            case RELEASE -> release(state, by);
            case CLEAR -> clear(state, by);
            case PREEMPT, PREEMPT_AND_ABORT -> preempt(state, by, own.get());
            case REGISTER_AND_MOVE -> move(state, by, own.get(), present);
            case REPLACE_LOST_RESERVATION -> throw new IllegalStateException("it was done above");
        };
    }

    /** A REGISTER for all ports is as if it came through each (SPC-4 6.16.3, ALL_TG_PT): one may be registered with another key. */
    private boolean isOfAnotherKeyThroughSomePort(ReservationState state, NexusName by) {
        return action == ReserveOutAction.REGISTER
                && list.allPorts()
                && state.registrations().stream()
                        .filter(registration -> registration.nexus().isOfSamePorts(by))
                        .anyMatch(registration -> registration.key() != list.key());
    }

    /** From a nexus that is not registered (SPC-4 tables 67 and 68). */
    private Outcome registerFirst(ReservationState state, NexusName by, Set<NexusName> present) {
        boolean may = action == ReserveOutAction.REGISTER_AND_IGNORE_EXISTING_KEY
                || action == ReserveOutAction.REGISTER && list.key() == 0;
        if (!may) {
            return refused(state, Reply.CONFLICT);
        }
        if (list.actionKey() == 0) {
            return refused(state, Reply.GOOD);
        }
        Draft draft = new Draft(state, by);
        int at = ReserveOutList.IDS_OF_BASIC_AT;
        Set<NexusName> named = new LinkedHashSet<>();
        for (TransportId id : list.ports()) {
            List<String> ports = ports(id, present);
            for (String port : ports) {
                named.add(registered(by.from(port)));
            }
            if (ports.isEmpty() || ports.stream().anyMatch(port -> draft.hasAny(registered(by.from(port))))) {
                return refused(state, Reply.invalidParameter(at));
            }
            at += id.lengthBytes();
        }
        draft.register(registered(by), list.actionKey());
        named.forEach(nexus -> draft.register(nexus, list.actionKey()));
        return registered(state, draft);
    }

    private Outcome registerAgain(ReservationState state, NexusName by, Registration own) {
        if (list.specifiesPorts()) {
            return refused(state, Reply.invalidParameter(ReserveOutList.FLAGS_AT, ReserveOutList.SPEC_I_PT));
        }
        Draft draft = new Draft(state, by);
        if (list.actionKey() != 0) {
            draft.register(registered(by), list.actionKey());
            return registered(state, draft);
        }
        if (list.allPorts()) {
            draft.removeAllOfSamePorts(by);
        } else {
            draft.remove(own);
        }
        draft.releaseIfHolderIsGone();
        if (state.reservation().isPresent()
                && !draft.isReserved()
                && state.reservation().get().type().admitsRegistrants()) {
            draft.tellRegistrants(Notice.Kind.RESERVATIONS_RELEASED);
        }
        return registered(state, draft);
    }

    private Outcome registered(ReservationState state, Draft draft) {
        if (draft.isOverfull()) {
            return refused(state, Reply.of(SenseCode.INSUFFICIENT_REGISTRATION_RESOURCES));
        }
        draft.persistent(list.persists());
        draft.count();
        return draft.good();
    }

    private Outcome reserve(ReservationState state, NexusName by) {
        Optional<Reply> invalid = invalidScopeOrType();
        if (invalid.isPresent()) {
            return refused(state, invalid.get());
        }
        if (state.reservation().isPresent()) {
            boolean same = state.isHolder(by) && state.reservation().get().type() == type.get();
            return refused(state, same ? Reply.GOOD : Reply.CONFLICT);
        }
        Draft draft = new Draft(state, by);
        draft.reserve(type.get(), by);
        return draft.good();
    }

    private Outcome release(ReservationState state, NexusName by) {
        if (!state.isHolder(by)) {
            return refused(state, Reply.GOOD);
        }
        ReservationType released = state.reservation().get().type();
        if (scope != LU_SCOPE || !type.equals(Optional.of(released))) {
            return refused(state, Reply.of(SenseCode.INVALID_RELEASE_OF_PERSISTENT_RESERVATION));
        }
        Draft draft = new Draft(state, by);
        draft.release();
        if (released.admitsRegistrants()) {
            draft.tellRegistrants(Notice.Kind.RESERVATIONS_RELEASED);
        }
        return draft.good();
    }

    private static Outcome clear(ReservationState state, NexusName by) {
        Draft draft = new Draft(state, by);
        draft.release();
        for (Registration registration : state.registrations()) {
            draft.remove(registration);
            draft.tell(registration, Notice.Kind.RESERVATIONS_PREEMPTED);
        }
        draft.count();
        return draft.good();
    }

    /** SPC-4 table 72. */
    private Outcome preempt(ReservationState state, NexusName by, Registration own) {
        boolean heldByAll = state.reservation()
                .filter(held -> held.type().isHeldByAllRegistrants())
                .isPresent();
        if (list.actionKey() == 0 && !heldByAll) {
            return refused(state, Reply.invalidParameter(ReserveOutList.ACTION_KEY_AT));
        }
        List<Registration> named = state.registrations().stream()
                .filter(registration -> list.actionKey() == 0 || registration.key() == list.actionKey())
                .toList();
        if (named.isEmpty()) {
            return refused(state, Reply.CONFLICT);
        }
        Draft draft = new Draft(state, by);
        if (action == ReserveOutAction.PREEMPT_AND_ABORT) {
            named.forEach(draft::abort);
        }
        boolean preempts = list.actionKey() == 0 || state.holderKey() == list.actionKey();
        return preempts ? takeOver(state, draft, by, own, named) : removeRegistrations(draft, named);
    }

    private Outcome takeOver(
            ReservationState state, Draft draft, NexusName by, Registration own, List<Registration> named) {
        Optional<Reply> invalid = invalidScopeOrType();
        if (invalid.isPresent()) {
            return refused(state, invalid.get());
        }
        for (Registration registration : named) {
            if (!registration.equals(own)) {
                draft.remove(registration);
                draft.tell(registration, Notice.Kind.REGISTRATIONS_PREEMPTED);
            }
        }
        draft.reserve(type.get(), by);
        if (state.reservation().get().type() != type.get()) {
            draft.tellRegistrants(Notice.Kind.RESERVATIONS_RELEASED);
        }
        draft.count();
        return draft.good();
    }

    private static Outcome removeRegistrations(Draft draft, List<Registration> named) {
        for (Registration registration : named) {
            draft.remove(registration);
            draft.tell(registration, Notice.Kind.REGISTRATIONS_PREEMPTED);
        }
        draft.releaseIfHolderIsGone();
        draft.count();
        return draft.good();
    }

    /** SPC-4 5.13.8 and table 70. */
    private Outcome move(ReservationState state, NexusName by, Registration own, Set<NexusName> present) {
        if (state.reservation().isEmpty()) {
            return refused(state, Reply.invalidField(SERVICE_ACTION));
        }
        ReservationType held = state.reservation().get().type();
        if (held.isHeldByAllRegistrants() || !state.isHolder(by)) {
            return refused(state, Reply.CONFLICT);
        }
        if (list.actionKey() == 0) {
            return refused(state, Reply.invalidParameter(ReserveOutList.ACTION_KEY_AT));
        }
        TransportId id = list.ports().get(0);
        if (!id.isPort() || id.names(by.initiatorPort())) {
            return refused(state, Reply.invalidParameter(ReserveOutList.ID_OF_MOVE_AT));
        }
        Optional<NexusName> through = through(by, present);
        if (through.isEmpty()) {
            return refused(state, Reply.invalidParameter(ReserveOutList.RELATIVE_PORT_AT));
        }
        NexusName destination = through.get().from(id.name());
        Draft draft = new Draft(state, by);
        draft.register(destination, list.actionKey());
        draft.reserve(held, destination);
        if (list.unregisters()) {
            draft.remove(own);
        }
        return registered(state, draft);
    }

    /** SPC-4 5.13.11.3. */
    private Outcome replaceLost(ReservationState state, NexusName by) {
        if (!state.isLost()) {
            return refused(state, Reply.of(SenseCode.INVALID_RELEASE_OF_PERSISTENT_RESERVATION));
        }
        Optional<Reply> invalid = invalidScopeOrType();
        if (invalid.isPresent()) {
            return refused(state, invalid.get());
        }
        if (list.allPorts()) {
            return refused(state, Reply.invalidParameter(ReserveOutList.FLAGS_AT, ReserveOutList.ALL_TG_PT));
        }
        if (list.key() != 0) {
            return refused(state, Reply.invalidParameter(ReserveOutList.KEY_AT));
        }
        if (list.actionKey() == 0) {
            return refused(state, Reply.invalidParameter(ReserveOutList.ACTION_KEY_AT));
        }
        Draft draft = new Draft(ReservationState.NONE, by);
        draft.register(by, list.actionKey());
        draft.reserve(type.get(), by);
        draft.persistent(list.persists());
        return draft.good();
    }

    private Optional<Reply> invalidScopeOrType() {
        if (scope != LU_SCOPE) {
            return Optional.of(Reply.invalidField(SCOPE));
        }
        return type.isPresent() ? Optional.empty() : Optional.of(Reply.invalidField(TYPE));
    }

    /** How a nexus is registered: by itself, or its initiator port through all ports. */
    private NexusName registered(NexusName nexus) {
        return list.allPorts() ? nexus.throughAnyPort() : nexus;
    }

    /** The initiator ports that a TransportID names; those of a device as far as they are known. */
    private static List<String> ports(TransportId id, Set<NexusName> present) {
        return id.isPort()
                ? List.of(id.name())
                : present.stream()
                        .map(NexusName::initiatorPort)
                        .filter(id::names)
                        .distinct()
                        .toList();
    }

    /** A nexus through the target port that RELATIVE TARGET PORT IDENTIFIER says, if anybody uses it. */
    private Optional<NexusName> through(NexusName by, Set<NexusName> present) {
        return by.relativePort() == list.relativePort()
                ? Optional.of(by)
                : present.stream()
                        .filter(nexus -> nexus.targetDevice().equals(by.targetDevice()))
                        .filter(nexus -> nexus.relativePort() == list.relativePort())
                        .findFirst();
    }

    private static Outcome refused(ReservationState state, Reply reply) {
        return Outcome.unchanged(state, reply);
    }
}
