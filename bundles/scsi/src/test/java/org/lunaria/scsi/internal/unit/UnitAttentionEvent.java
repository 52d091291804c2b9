package org.lunaria.scsi.internal.unit;

import static org.lunaria.scsi.internal.unit.ReserveCommands.clear;
import static org.lunaria.scsi.internal.unit.ReserveCommands.preempt;
import static org.lunaria.scsi.internal.unit.ReserveCommands.register;
import static org.lunaria.scsi.internal.unit.ReserveCommands.release;
import static org.lunaria.scsi.internal.unit.ReserveCommands.reserve;

import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.lunaria.scsi.AccessState;
import org.lunaria.scsi.LunMap;
import org.lunaria.scsi.LunMap.Mapping;
import org.lunaria.scsi.TaskAttribute;
import org.lunaria.scsi.TaskManagement.Function;
import org.lunaria.scsi.internal.page.Identity;
import org.lunaria.scsi.internal.reservation.ReservationType;

/**
 * What may happen to a unit, and who is to hear of it by a unit attention: SAM-5 5.14 and 6.3, SPC-4 5.13, SBC-3. The one
 * table of it for tests.
 */
enum UnitAttentionEvent {
    POWER_ON(scene -> {}, UnitAttention.POWER_ON, UnitAttention.POWER_ON) {
        @Override
        boolean isOfNewNexuses() {
            return true;
        }
    },
    ANOTHER_LOGIN_OF_THE_NEXUS(
            scene -> {
                scene.doer().leave();
                scene.doer().returnAgain();
            },
            UnitAttention.POWER_ON,
            null),
    LOGICAL_UNIT_RESET(
            scene -> scene.doer().manage(Function.LOGICAL_UNIT_RESET, 0),
            UnitAttention.LOGICAL_UNIT_RESET,
            UnitAttention.LOGICAL_UNIT_RESET),
    TARGET_RESET(
            scene -> scene.doer().manage(Function.TARGET_RESET, 0),
            UnitAttention.LOGICAL_UNIT_RESET,
            UnitAttention.LOGICAL_UNIT_RESET),
    I_T_NEXUS_RESET(scene -> scene.doer().manage(Function.I_T_NEXUS_RESET, 0), UnitAttention.NEXUS_LOSS, null),
    CLEAR_TASK_SET(UnitAttentionEvent::clearTaskSet, null, UnitAttention.COMMANDS_CLEARED),
    CLEAR_TASK_SET_WITHOUT_TASKS(scene -> scene.doer().manage(Function.CLEAR_TASK_SET, 0), null, null),
    ABORT_TASK_SET(scene -> scene.doer().manage(Function.ABORT_TASK_SET, 0), null, null),

    PREEMPT(
            scene -> {
                register(scene.other(), 0, 2);
                register(scene.doer(), 0, 1);
                preempt(scene.doer(), 1, 2, ReservationType.WRITE_EXCLUSIVE);
            },
            null,
            UnitAttention.REGISTRATIONS_PREEMPTED),
    CLEAR(
            scene -> {
                register(scene.other(), 0, 2);
                register(scene.doer(), 0, 1);
                clear(scene.doer(), 1);
            },
            null,
            UnitAttention.RESERVATIONS_PREEMPTED),
    RELEASE_OF_REGISTRANTS_ONLY(
            scene -> {
                register(scene.other(), 0, 2);
                register(scene.doer(), 0, 1);
                reserve(scene.doer(), 1, ReservationType.EXCLUSIVE_ACCESS_REGISTRANTS_ONLY);
                release(scene.doer(), 1, ReservationType.EXCLUSIVE_ACCESS_REGISTRANTS_ONLY);
            },
            null,
            UnitAttention.RESERVATIONS_RELEASED),
    UNREGISTRATION_OF_THE_HOLDER_OF_REGISTRANTS_ONLY(
            scene -> {
                register(scene.other(), 0, 2);
                register(scene.doer(), 0, 1);
                reserve(scene.doer(), 1, ReservationType.WRITE_EXCLUSIVE_REGISTRANTS_ONLY);
                register(scene.doer(), 1, 0);
            },
            null,
            UnitAttention.RESERVATIONS_RELEASED),
    RELEASE_OF_EXCLUSIVE_ACCESS(
            scene -> {
                register(scene.other(), 0, 2);
                register(scene.doer(), 0, 1);
                reserve(scene.doer(), 1, ReservationType.EXCLUSIVE_ACCESS);
                release(scene.doer(), 1, ReservationType.EXCLUSIVE_ACCESS);
            },
            null,
            null),
    REGISTER(scene -> register(scene.doer(), 0, 1), null, null),

    MEDIUM_LOADED(
            scene -> {
                scene.doer().command(0x1B, 0, 0, 0, 2, 0);
                scene.doer().command(0x1B, 0, 0, 0, 3, 0);
            },
            null,
            UnitAttention.MEDIUM_CHANGE),
    MEDIUM_LOADED_BY_THE_ADMINISTRATOR(
            scene -> {
                scene.bench().unit().tray().ejectByOperator(false);
                scene.bench().unit().tray().loadByOperator();
            },
            UnitAttention.MEDIUM_CHANGE,
            UnitAttention.MEDIUM_CHANGE),
    MEDIUM_STOPPED_AND_STARTED(
            scene -> {
                scene.doer().command(0x1B, 0, 0, 0, 0, 0);
                scene.doer().command(0x1B, 0, 0, 0, 1, 0);
            },
            null,
            null),
    STORE_GROWN(
            scene -> scene.store().resize(2L * Bench.BLOCK_COUNT * Bench.BLOCK_BYTES),
            UnitAttention.CAPACITY_CHANGE,
            UnitAttention.CAPACITY_CHANGE),
    SET_IDENTIFYING_INFORMATION(
            scene -> scene.doer().write(new byte[] {1}, 0xA4, 0x06, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0),
            null,
            UnitAttention.DEVICE_IDENTIFIER_CHANGE),
    SET_TIMESTAMP(
            scene -> scene.doer().write(new byte[12], 0xA4, 0x0F, 0, 0, 0, 0, 0, 0, 0, 12, 0, 0),
            null,
            UnitAttention.TIMESTAMP_CHANGE),
    ACCESS_STATE_SET_BY_THE_ADMINISTRATOR(
            scene -> scene.bench().target().accessState(AccessState.ACTIVE_NON_OPTIMIZED),
            UnitAttention.ACCESS_STATE_CHANGE,
            UnitAttention.ACCESS_STATE_CHANGE),
    SET_TARGET_PORT_GROUPS(
            scene -> TargetPortGroups.set(scene.doer(), AccessState.ACTIVE_NON_OPTIMIZED),
            null,
            UnitAttention.ACCESS_STATE_CHANGE),
    SET_TARGET_PORT_GROUPS_TO_WHAT_IS(
            scene -> TargetPortGroups.set(scene.doer(), AccessState.ACTIVE_OPTIMIZED), null, null),
    FORMAT_UNIT(scene -> scene.doer().command(0x04, 0, 0, 0, 0, 0), null, null),
    SANITIZE(scene -> scene.doer().command(0x48, 0x02, 0, 0, 0, 0, 0, 0, 0, 0), null, null),
    LOG_SELECT_THAT_RESETS_STATISTICS(
            scene -> scene.doer().command(0x4C, 2, 0, 0, 0, 0, 0, 0, 0, 0), null, UnitAttention.LOG_PARAMETERS_CHANGE),
    LOG_SELECT_OF_A_PAGE_WITHOUT_COUNTERS(
            scene -> scene.doer().command(0x4C, 2, 0x2F, 0, 0, 0, 0, 0, 0, 0), null, null),
    MODE_SELECT(scene -> ModeCommand.SWP.set(scene.doer(), true), null, UnitAttention.MODE_PARAMETERS_CHANGE),
    MODE_SELECT_THAT_CHANGES_NOTHING(scene -> ModeCommand.SWP.set(scene.doer(), false), null, null),
    THRESHOLD_SET_BY_THE_ADMINISTRATOR(
            scene -> scene.bench().unit().change(scene.settings().withSpaceThreshold(1 << 20)),
            UnitAttention.MODE_PARAMETERS_CHANGE,
            UnitAttention.MODE_PARAMETERS_CHANGE),
    LITTLE_SPACE_LEFT(
            scene -> {
                scene.bench().unit().change(scene.settings().withSpaceThreshold(1 << 20));
                scene.hearAll();
                scene.store().takenByOthers(768 << 10);
                scene.bench().unit().spaceWatch().look();
            },
            UnitAttention.AVAILABLE_THRESHOLD,
            UnitAttention.AVAILABLE_THRESHOLD),
    MUCH_SPACE_USED(
            scene -> {
                ModeCommand.USED_THRESHOLD.set(scene.doer(), true);
                scene.hearAll();
                scene.store().contents(0, new byte[768 << 10]);
                scene.bench().unit().spaceWatch().look();
            },
            UnitAttention.USED_THRESHOLD,
            UnitAttention.USED_THRESHOLD),
    UNIT_MADE_READ_ONLY(
            scene -> scene.change(scene.settings().identity(), true),
            UnitAttention.MODE_PARAMETERS_CHANGE,
            UnitAttention.MODE_PARAMETERS_CHANGE),
    PRODUCT_RENAMED(
            scene -> {
                Identity old = scene.settings().identity();
                Identity renamed = new Identity(
                        old.type(),
                        old.vendor(),
                        "OTHER",
                        old.revision(),
                        old.serial(),
                        old.naa(),
                        old.removable(),
                        old.rotationRate());
                scene.change(renamed, false);
            },
            UnitAttention.INQUIRY_DATA_CHANGE,
            UnitAttention.INQUIRY_DATA_CHANGE),
    UNIT_MAPPED_AGAIN(
            scene ->
                    scene.bench().map(new LunMap(Map.of(0, new Mapping("disk", false), 1, new Mapping("disk", false)))),
            UnitAttention.LUNS_CHANGE,
            UnitAttention.LUNS_CHANGE),
    MAPPING_MADE_READ_ONLY(
            scene -> scene.bench().map(new LunMap(Map.of(0, new Mapping("disk", true)))),
            UnitAttention.MODE_PARAMETERS_CHANGE,
            UnitAttention.MODE_PARAMETERS_CHANGE);

    private final Consumer<UnitAttentionScene> act;
    private final Optional<UnitAttention> doerHears;
    private final Optional<UnitAttention> otherHears;

    /**
     * @param act how it comes about; the doer is the one who causes it, if an initiator does
     * @param doerHears nothing if null
     */
    UnitAttentionEvent(Consumer<UnitAttentionScene> act, UnitAttention doerHears, UnitAttention otherHears) {
        this.act = act;
        this.doerHears = Optional.ofNullable(doerHears);
        this.otherHears = Optional.ofNullable(otherHears);
    }

    /** Whether it is for nexuses that have just come. */
    boolean isOfNewNexuses() {
        return false;
    }

    /** A scene in which it has just happened. */
    UnitAttentionScene happened() {
        UnitAttentionScene scene = UnitAttentionScene.create(!isOfNewNexuses());
        act.accept(scene);
        return scene;
    }

    Optional<UnitAttention> doerHears() {
        return doerHears;
    }

    Optional<UnitAttention> otherHears() {
        return otherHears;
    }

    private static void clearTaskSet(UnitAttentionScene scene) {
        scene.other()
                .begin(
                        TaskAttribute.SIMPLE,
                        new ArrayTransfer(new byte[Bench.BLOCK_BYTES], 0, true),
                        0x2A,
                        0,
                        0,
                        0,
                        0,
                        0,
                        0,
                        0,
                        1,
                        0);
        scene.doer().manage(Function.CLEAR_TASK_SET, 0);
    }
}
