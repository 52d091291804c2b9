package org.lunaria.scsi.internal.unit;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ScheduledExecutorService;
import org.lunaria.backend.BlockBackend.Profile;
import org.lunaria.backend.BlockBackend.Space;
import org.lunaria.event.EventKind;
import org.lunaria.scsi.SenseCode;
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
import org.lunaria.scsi.internal.selftest.SelfTests;
import org.lunaria.scsi.internal.slot.BackendSlot;
import org.lunaria.scsi.internal.slot.Medium;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A logical unit (SAM-5 4.5.16): an identity, a task set, a medium whose backend comes and goes, and the initiators that
 * have access. Thread-safe.
 */
final class LogicalUnit implements Device, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(LogicalUnit.class);

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
    private final IdentifyingInformation identifyingInformation;
    private final UnitModes modes;
    private final UnitAccessStates accessStates;
    private final SelfTests selfTests;
    private final DeviceClock clock;
    private final DataBuffer dataBuffer = new DataBuffer();
    private final EchoBuffers echoBuffers = new EchoBuffers();
    private final UnitNexuses nexuses = new UnitNexuses();
    private final BlockOrder blockOrder = new BlockOrder(nexuses::forEachTask);

    private volatile UnitSettings settings;

    /** Which of the backends is in the slot; none before somebody looks for backends. */
    private volatile Optional<BackendChoice> choice = Optional.empty();

    private volatile Described described;
    private final Tray tray = new Tray(this);
    private final SpaceWatch spaceWatch;
    private final MediumOperations operations;
    private final ProvisioningThresholds thresholds = new ProvisioningThresholds(nexuses::establish);
    private final QueueErrors queueErrors = new QueueErrors(this);

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
        this.identifyingInformation = new IdentifyingInformation(saved);
        this.clock = clock;
        this.tokens = tokens;
        this.modes = new UnitModes(settings, saved);
        this.accessStates = new UnitAccessStates(settings.name(), saved, nexuses.present());
        this.selfTests =
                new SelfTests(saved.values().find(SELF_TESTS).orElse(""), this::saveSelfTests, System::nanoTime);
        this.described = new Described(Optional.empty(), Geometry.unknown(settings.blockBytes()));
        this.operations = new MediumOperations(this, operationWork);
        this.slot = new BackendSlot(settings.name(), settings.policy(), timer, System::nanoTime, new MediumWatch(this));
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

    Optional<BackendChoice> choice() {
        return choice;
    }

    /** Those who have access to it. */
    UnitNexuses nexuses() {
        return nexuses;
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
        if (geometry().hasThresholds() && thresholds.look(space, modes.current())) {
            EventKind.SPACE.warn(
                    "unit {}: {} bytes are used and {} are left: a threshold is passed",
                    name(),
                    space.usedBytes(),
                    space.availableBytes());
        }
    }

    ProvisioningThresholds thresholds() {
        return thresholds;
    }

    /** What the unit saves for itself over restarts. */
    UnitSaved saved() {
        return saved;
    }

    UnitModes modes() {
        return modes;
    }

    UnitAccessStates accessStates() {
        return accessStates;
    }

    IdentifyingInformation identifyingInformation() {
        return identifyingInformation;
    }

    DeviceClock clock() {
        return clock;
    }

    UnitStatistics counted() {
        return statistics;
    }

    @Override
    public CommandStatistics statistics() {
        return statistics.now();
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
            nexuses.establish(UnitAttention.INQUIRY_DATA_CHANGE);
        }
        if (before.readOnly() != changed.readOnly()
                || before.writeCache() != changed.writeCache()
                || before.taskAbortedStatus() != changed.taskAbortedStatus()
                || before.spaceThresholdBytes() != changed.spaceThresholdBytes()) {
            nexuses.establish(UnitAttention.MODE_PARAMETERS_CHANGE);
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

    /** Whether it has its bytes in two backends, on their way from one to the other, or is to have. */
    boolean isCopied() {
        return choice.flatMap(BackendChoice::copy).isPresent();
    }

    /**
     * Logical unit reset (SAM-5 6.3.3). A medium that was stopped or ejected stays so, and so do persistent reservations; mode
     * parameters are as they were saved.
     */
    void reset(LunAccess by, AbortCountdown countdown) {
        reservations.reset();
        operations.reset();
        selfTests.abort();
        nexuses.reset(by, countdown);
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
        return identifyingInformation.get(type);
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
        return new UnitReport(this).status();
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
}
