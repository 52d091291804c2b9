package org.lunaria.scsi.internal.unit;

import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.lunaria.backend.BlockBackend.Profile;
import org.lunaria.backend.BlockBackend.Space;
import org.lunaria.scsi.SenseCode;
import org.lunaria.scsi.UnitSpace;
import org.lunaria.scsi.UnitStatus;
import org.lunaria.scsi.internal.buffer.DataBuffer;
import org.lunaria.scsi.internal.buffer.EchoBuffers;
import org.lunaria.scsi.internal.command.CommandTable;
import org.lunaria.scsi.internal.command.Device;
import org.lunaria.scsi.internal.command.Execution;
import org.lunaria.scsi.internal.command.UnitTokens;
import org.lunaria.scsi.internal.copy.ThirdPartyCopyDescriptors;
import org.lunaria.scsi.internal.operation.OperationState;
import org.lunaria.scsi.internal.page.CommandStatistics;
import org.lunaria.scsi.internal.page.Geometry;
import org.lunaria.scsi.internal.page.Identity;
import org.lunaria.scsi.internal.page.InformationType;
import org.lunaria.scsi.internal.page.ModePage.PageControl;
import org.lunaria.scsi.internal.page.ModeParameter;
import org.lunaria.scsi.internal.page.ModeValues;
import org.lunaria.scsi.internal.page.SelfTestResult;
import org.lunaria.scsi.internal.page.Sense;
import org.lunaria.scsi.internal.page.SenseFormat;
import org.lunaria.scsi.internal.page.Timestamp;
import org.lunaria.scsi.internal.reservation.Reply;
import org.lunaria.scsi.internal.reservation.ReservationRequest;
import org.lunaria.scsi.internal.selftest.SelfTests;
import org.lunaria.scsi.internal.slot.BackendSlot;
import org.lunaria.scsi.internal.slot.Medium;
import org.lunaria.scsi.internal.slot.SlotStatus;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A logical unit (SAM-5 4.5.16): an identity, a task set, a medium whose backend comes and goes, and the initiators that
 * have access. Thread-safe.
 */
final class LogicalUnit implements Device, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(LogicalUnit.class);

    private static final String LOST = "LOST";
    private static final String RESERVATIONS_LOST =
            "its persistent reservations cannot be read, so that nobody may use it; the log says why";

    /** Of what is saved: identifying information in hexadecimal digits, by its type. */
    private static final String INFORMATION = "information.";

    private static final String SAVED_LOST =
            "what it has saved cannot be read, and it may have been told to destroy its data, so that nobody may use it before"
                    + " it is sanitized, or the file is put back, or deleted where nothing was to be destroyed, and the"
                    + " appliance started again";

    /** Of what is saved: the results of the last self-tests. */
    private static final String SELF_TESTS = "selfTests";

    /** A profile and what was made of it. */
    private record Described(Optional<Profile> profile, Geometry geometry) {}

    private final BackendSlot slot;
    private final UnitStatistics statistics = new UnitStatistics(System.nanoTime());
    private final TaskSet tasks = new TaskSet(statistics);
    private final UnitReservations reservations;
    private final UnitTokens tokens;
    private final UnitSaved saved;
    private final UnitModes modes;
    private final UnitAccessStates accessStates;
    private final SelfTests selfTests;
    private final DeviceClock clock;
    private final DataBuffer dataBuffer = new DataBuffer();
    private final EchoBuffers echoBuffers = new EchoBuffers();
    private final BlockOrder blockOrder = new BlockOrder(this::forEachTask);
    private final Set<LunAccess> accesses = ConcurrentHashMap.newKeySet();

    /** Those that have gone, until their last tasks have ended. */
    private final Set<LunAccess> parting = ConcurrentHashMap.newKeySet();

    private volatile UnitSettings settings;

    /** Which of the backends is in the slot; none before somebody looks for backends. */
    private volatile Optional<BackendChoice> choice = Optional.empty();

    private volatile Described described;
    private final Tray tray;
    private final SpaceWatch spaceWatch;
    private final MediumOperations operations;
    private final ProvisioningThresholds thresholds = new ProvisioningThresholds(this::establish);
    private final QueueErrors queueErrors;

    /**
     * @param timer ends the slot's graces
     * @param reservations those of this unit
     * @param saved what this unit saves for itself
     * @param operationWork does operations on the whole medium: one thread
     */
    LogicalUnit(
            UnitSettings settings,
            ScheduledExecutorService timer,
            UnitReservations reservations,
            UnitSaved saved,
            DeviceClock clock,
            UnitTokens tokens,
            ScheduledExecutorService operationWork) {
        this.settings = settings;
        this.reservations = reservations;
        this.saved = saved;
        this.clock = clock;
        this.tokens = tokens;
        this.modes = new UnitModes(settings, saved);
        this.accessStates = new UnitAccessStates(settings.name(), saved, accesses);
        this.selfTests =
                new SelfTests(saved.values().find(SELF_TESTS).orElse(""), this::saveSelfTests, System::nanoTime);
        this.described = new Described(Optional.empty(), Geometry.unknown(settings.blockBytes()));
        this.tray = new Tray(this, accesses);
        this.operations = new MediumOperations(this, operationWork);
        this.queueErrors = new QueueErrors(this, accesses);
        this.slot = new BackendSlot(settings.name(), settings.policy(), timer, System::nanoTime, new MediumWatch());
        this.spaceWatch = new SpaceWatch(slot, timer, this::spaceSeen);
    }

    String name() {
        return settings.name();
    }

    UnitSettings settings() {
        return settings;
    }

    BackendSlot slot() {
        return slot;
    }

    /** Who puts backends into the slot from now on. */
    void choice(BackendChoice chooses) {
        choice = Optional.of(chooses);
    }

    Tray tray() {
        return tray;
    }

    MediumOperations operations() {
        return operations;
    }

    TaskSet tasks() {
        return tasks;
    }

    UnitReservations reservations() {
        return reservations;
    }

    /** To be started by whoever serves the unit, and ended with it. */
    SpaceWatch spaceWatch() {
        return spaceWatch;
    }

    private void spaceSeen(Space space) {
        if (geometry().hasThresholds()) {
            thresholds.look(space, modes.current());
        }
    }

    ProvisioningThresholds thresholds() {
        return thresholds;
    }

    /** What the unit saves for itself over restarts. */
    UnitSaved saved() {
        return saved;
    }

    UnitAccessStates accessStates() {
        return accessStates;
    }

    /** A nexus asks for a change of reservations. */
    CompletionStage<Reply> reserve(ReservationRequest request, LunAccess by, Execution command) {
        return reservations.change(request, accesses, by, command);
    }

    /** A nexus changes mode parameters: all others are told. */
    CompletionStage<Boolean> changeModes(Map<ModeParameter, Long> values, boolean saves, LunAccess by) {
        return modes.change(values, saves, () -> {
            LOG.info("unit {}: mode parameters {} by {}", name(), values, by.nexusName());
            establishForOthers(UnitAttention.MODE_PARAMETERS_CHANGE, by);
        });
    }

    /** A nexus notes something at the unit: all others are told. */
    CompletionStage<Boolean> changeIdentifyingInformation(InformationType type, byte[] information, LunAccess by) {
        String key = INFORMATION + type.code();
        String text = HexFormat.of().formatHex(information);
        AtomicBoolean differs = new AtomicBoolean();
        return saved.change(
                values -> {
                    differs.set(!values.find(key).orElse("").equals(text));
                    return text.isEmpty() ? values.without(key) : values.with(key, text);
                },
                () -> {
                    if (differs.get()) {
                        establishForOthers(UnitAttention.DEVICE_IDENTIFIER_CHANGE, by);
                    }
                });
    }

    /** A nexus resets the statistics: all others are told. */
    void resetStatistics(LunAccess by) {
        statistics.reset();
        establishForOthers(UnitAttention.LOG_PARAMETERS_CHANGE, by);
    }

    UnitStatistics counted() {
        return statistics;
    }

    @Override
    public CommandStatistics statistics() {
        return statistics.now();
    }

    /** A nexus sets the clock: all others are told. */
    void setTimestamp(long millis, LunAccess by) {
        clock.set(millis);
        establishForOthers(UnitAttention.TIMESTAMP_CHANGE, by);
    }

    EchoBuffers echoBuffers() {
        return echoBuffers;
    }

    private CompletionStage<Boolean> saveSelfTests(String results) {
        return saved.change(values -> values.with(SELF_TESTS, results), () -> {});
    }

    /** Why everything but INQUIRY, REPORT LUNS and REQUEST SENSE is refused now, if so. */
    Optional<Sense> occupied() {
        return selfTests.isForeground()
                ? selfTests
                        .progress()
                        .map(progress ->
                                Sense.inProgress(SenseCode.LOGICAL_UNIT_NOT_READY_SELF_TEST_IN_PROGRESS, progress))
                : Optional.empty();
    }

    BlockOrder blockOrder() {
        return blockOrder;
    }

    QueueErrors queueErrors() {
        return queueErrors;
    }

    /** QERR. */
    long queueErrorManagement() {
        return modes.current().get(ModeParameter.QERR);
    }

    boolean readOnly() {
        return settings.readOnly();
    }

    /** Whether an initiator has set SWP. */
    boolean softwareWriteProtected() {
        return modes.current().isSet(ModeParameter.SWP);
    }

    /** Takes new settings whose fixed part is the same, and tells the initiators what they must know. */
    void change(UnitSettings changed) {
        UnitSettings before = settings;
        settings = changed;
        modes.configure(changed);
        slot.policy(changed.policy());
        if (before.writeCache() && !changed.writeCache() && slot.isAttached()) {
            flushBehind();
        }
        if (!before.identity().equals(changed.identity())) {
            establish(UnitAttention.INQUIRY_DATA_CHANGE);
        }
        if (before.readOnly() != changed.readOnly()
                || before.writeCache() != changed.writeCache()
                || before.taskAbortedStatus() != changed.taskAbortedStatus()
                || before.spaceThresholdBytes() != changed.spaceThresholdBytes()) {
            establish(UnitAttention.MODE_PARAMETERS_CHANGE);
        }
    }

    /** What is in a cache that there is not to be any more goes to the medium. */
    private void flushBehind() {
        slot.flush().whenComplete((done, failure) -> {
            if (failure != null) {
                LOG.warn("unit {}: what was written before the write cache went off is not durable", name(), failure);
            }
        });
    }

    /** Whether a nexus sees it. */
    boolean isSeen() {
        return !accesses.isEmpty();
    }

    /** Whether it has its bytes in two backends, on their way from one to the other, or is to have. */
    boolean isCopied() {
        return choice.flatMap(BackendChoice::copy).isPresent();
    }

    void join(LunAccess access) {
        accesses.add(access);
    }

    void part(LunAccess access) {
        parting.removeIf(LunAccess::isSpent);
        parting.add(access);
        accesses.remove(access);
    }

    /** Every task that is listed, also of those who have gone; some may be visited twice. */
    private void forEachTask(Consumer<TaskEntry> visitor) {
        accesses.forEach(access -> access.forEachTask(visitor));
        parting.forEach(access -> access.forEachTask(visitor));
    }

    /** Ends tasks of all nexuses, and of those who have gone: each is answered with the sense data. */
    void endTasks(Predicate<TaskEntry> which, Sense sense, AbortCountdown countdown) {
        accesses.forEach(access -> access.endFor(which, sense, countdown));
        parting.forEach(access -> access.endFor(which, sense, countdown));
    }

    /** CLEAR TASK SET: aborts the tasks of all nexuses; the others hear of what they lose, by an answer or after. */
    void clearTaskSet(LunAccess by, AbortCountdown countdown) {
        for (LunAccess access : accesses) {
            if (access.isOfSameNexus(by)) {
                access.abortAll(countdown);
            } else {
                access.clearByAnother(countdown);
            }
        }
    }

    /**
     * Logical unit reset (SAM-5 6.3.3). A medium that was stopped or ejected stays so, and so do persistent reservations; mode
     * parameters are as they were saved.
     */
    void reset(LunAccess by, AbortCountdown countdown) {
        reservations.reset();
        operations.reset();
        selfTests.abort();
        for (LunAccess access : accesses) {
            access.reset(!access.isOfSameNexus(by), countdown);
        }
        modes.reset();
    }

    /** Looks at what the backend is now, and tells the initiators what has changed. */
    void look() {
        slot.profile();
    }

    @Override
    public Optional<Sense> notReady() {
        return switch (tray.state()) {
            case EJECTED -> Optional.of(Sense.of(identity().type().mediumNotPresent()));
            case STOPPED -> Optional.of(Sense.of(SenseCode.LOGICAL_UNIT_NOT_READY_INITIALIZING_COMMAND_REQUIRED));
            case STARTED ->
                slot.available() && geometry().isKnown()
                        ? Optional.empty()
                        : Optional.of(Sense.of(
                                slot.available()
                                        ? SenseCode.LOGICAL_UNIT_IS_IN_PROCESS_OF_BECOMING_READY
                                        : SenseCode.LOGICAL_UNIT_NOT_READY_CAUSE_NOT_REPORTABLE));
        };
    }

    @Override
    public Medium medium() {
        return slot;
    }

    @Override
    public byte[] identifyingInformation(InformationType type) {
        return HexFormat.of()
                .parseHex(saved.values().find(INFORMATION + type.code()).orElse(""));
    }

    @Override
    public SelfTests selfTests() {
        return selfTests;
    }

    @Override
    public List<SelfTestResult> selfTestResults() {
        return selfTests.results();
    }

    @Override
    public CompletionStage<Boolean> checkSaved() {
        return saved.check();
    }

    @Override
    public DataBuffer dataBuffer() {
        return dataBuffer;
    }

    @Override
    public OperationState operation() {
        return operations.state();
    }

    @Override
    public Timestamp timestamp() {
        return clock.now();
    }

    @Override
    public UnitTokens tokens() {
        return tokens;
    }

    @Override
    public Identity identity() {
        return settings.identity();
    }

    @Override
    public Geometry geometry() {
        Optional<Profile> profile = slot.profile();
        Described now = described;
        if (profile.isEmpty()) {
            return now.geometry();
        }
        if (now.profile().isEmpty() || now.profile().get() != profile.get()) {
            now = new Described(profile, Geometry.of(profile.get(), settings.blockBytes()));
            described = now;
        }
        return now.geometry();
    }

    @Override
    public ModeValues modes(PageControl control) {
        return modes.get(control);
    }

    @Override
    public byte[] thirdPartyCopyDescriptors() {
        return ThirdPartyCopyDescriptors.of(geometry().blockBytes(), this::serviceActions);
    }

    private int[] serviceActions(int opcode) {
        return CommandTable.STANDARD.rows().stream()
                .filter(command -> command.opcode() == opcode && command.isSupportedBy(this))
                .mapToInt(command -> command.serviceAction().orElseThrow())
                .toArray();
    }

    @Override
    public boolean writeCache() {
        return modes.current().isSet(ModeParameter.WCE);
    }

    @Override
    public boolean taskAbortedStatus() {
        return modes.current().isSet(ModeParameter.TAS);
    }

    @Override
    public SenseFormat senseFormat() {
        return modes.current().isSet(ModeParameter.D_SENSE) ? SenseFormat.DESCRIPTOR : SenseFormat.FIXED;
    }

    @Override
    public MediumState mediumState() {
        return tray.state();
    }

    @Override
    public void changeMediumState(MediumState state, Execution by) {
        tray.change(state, Optional.of(by.task().nexus()));
    }

    @Override
    public boolean removalPrevented() {
        return tray.preventedBy().isPresent();
    }

    UnitStatus status() {
        UnitSettings now = settings;
        SlotStatus state = slot.status();
        Optional<String> lost = lost();
        Geometry geometry = geometry();
        return new UnitStatus(
                now.name(),
                now.backendId(),
                choice.map(BackendChoice::servingId).orElse(""),
                lost.isPresent() ? LOST : state.state(),
                lost.orElse(state.detail()),
                geometry.blockCount() * geometry.blockBytes(),
                geometry.blockBytes(),
                now.identity().serial(),
                now.identity().naa(),
                now.readOnly() || softwareWriteProtected() || !geometry.writable(),
                state.inFlight(),
                state.held(),
                state.stall().operations(),
                state.stall().millis(),
                state.swaps(),
                state.lastHoldMillis(),
                state.longestHoldMillis(),
                state.reads(),
                state.writes(),
                state.readBytes(),
                state.writtenBytes(),
                state.failures(),
                now.identity().removable() ? tray.state().name() : "",
                difference(),
                spaceWatch.last().map(this::status).orElse(UnitSpace.UNKNOWN),
                operation().text(),
                state.trouble(),
                choice.flatMap(BackendChoice::copy));
    }

    /** Why nobody may use the unit, where what it keeps over restarts cannot be read. */
    private Optional<String> lost() {
        if (reservations.state().isLost()) {
            return Optional.of(RESERVATIONS_LOST);
        }
        return operations.state().isUnknown()
                ? Optional.of(saved.damage().map(why -> SAVED_LOST + ": " + why).orElse(SAVED_LOST))
                : Optional.empty();
    }

    private UnitSpace status(Space space) {
        Geometry geometry = geometry();
        boolean wantsMore = space.usedBytes() < geometry.blockCount() * geometry.blockBytes();
        boolean low = space.availableBytes() == 0 && wantsMore
                || geometry.hasThresholds() && ProvisioningThresholds.isLow(space, modes.current());
        return new UnitSpace(space.usedBytes(), space.availableBytes(), space.shared(), low);
    }

    /** What initiators have made other than the configuration says. */
    private String difference() {
        return Stream.of(modes.difference(), accessStates.difference())
                .filter(text -> !text.isEmpty())
                .collect(Collectors.joining(", "));
    }

    /** The unit goes. Blocks until its backend has ended what it has, at most as long as the slot drains. */
    @Override
    public void close() {
        tokens.close();
        selfTests.close();
        spaceWatch.close();
        operations.close();
        slot.close();
    }

    private void establishForOthers(UnitAttention condition, LunAccess by) {
        for (LunAccess access : accesses) {
            if (!access.isOfSameNexus(by)) {
                access.attentions().establish(condition);
            }
        }
    }

    private void establish(UnitAttention condition) {
        accesses.forEach(access -> access.attentions().establish(condition));
    }

    /**
     * Looks at the profiles of backends. Called with the slot's lock held. What is changed while the medium is out needs no
     * word: whoever loads it tells that it is another.
     */
    private final class MediumWatch implements BackendSlot.Listener {
        @Override
        public Optional<String> refusal(Profile profile) {
            int blockBytes = settings.blockBytes();
            if (profile.blockBytes() > blockBytes) {
                return Optional.of("backend " + settings.backendId() + " has blocks of " + profile.blockBytes()
                        + " bytes, larger than the unit's " + blockBytes);
            }
            return profile.capacityBytes() < blockBytes
                    ? Optional.of("backend " + settings.backendId() + " is smaller than one block")
                    : Optional.empty();
        }

        @Override
        public void changing(long offset, long length) {
            tokens.changing(offset, length);
        }

        @Override
        public boolean holdsMedium() {
            return tray.state() != MediumState.EJECTED;
        }

        @Override
        public void profileChanged(Profile before, Profile now) {
            Geometry was = Geometry.of(before, settings.blockBytes());
            Geometry is = Geometry.of(now, settings.blockBytes());
            if (holdsMedium() && was.blockCount() != is.blockCount()) {
                establish(UnitAttention.CAPACITY_CHANGE);
            }
            if (holdsMedium() && was.writable() != is.writable()) {
                establish(UnitAttention.MODE_PARAMETERS_CHANGE);
            }
            if (was.unmaps() != is.unmaps()
                    || was.hasThresholds() != is.hasThresholds()
                    || was.atomicBlocks() != is.atomicBlocks()) {
                establish(UnitAttention.INQUIRY_DATA_CHANGE);
            }
        }
    }
}
