package org.lunaria.scsi.internal.command;

import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Function;
import org.lunaria.scsi.AccessState;
import org.lunaria.scsi.internal.operation.MediumOperation;
import org.lunaria.scsi.internal.page.BitField;
import org.lunaria.scsi.internal.page.DeviceType;
import org.lunaria.scsi.internal.page.FieldPointer;
import org.lunaria.scsi.internal.page.ModePages;
import org.lunaria.scsi.internal.reservation.ReservationAccess;

/** A row of the {@link CommandTable}: all that is known of a command, in one place. Immutable. */
public final class Command {

    private final int opcode;
    private final OptionalInt serviceAction;
    private final String name;
    private final Cdb cdb;
    private final Set<Trait> traits;
    private final Set<DeviceType> deviceTypes;
    private final int timeoutSeconds;
    private final Handler handler;
    private final BlockAccess blockAccess;

    private final CountedAs countedAs;
    private final boolean mediumAccess;
    private final boolean mediumWrite;
    private final boolean attentionIgnored;
    private final boolean selfTestEnding;
    private final ReservationAccess reservationAccess;
    private final Set<AccessState> accessStates;
    private final BitField start;
    private final BitField pageCode;
    private final BitField prevent;

    /**
     * @param timeoutSeconds NOMINAL COMMAND PROCESSING TIMEOUT
     * @param handler makes the handler from the layout, whose fields it looks up once
     */
    Command(
            int opcode,
            OptionalInt serviceAction,
            String name,
            int lengthBytes,
            int timeoutSeconds,
            Set<Trait> traits,
            List<Field> fields,
            Function<Cdb, Handler> handler) {
        this.opcode = opcode;
        this.serviceAction = serviceAction;
        this.name = name;
        this.cdb = new Cdb(opcode, serviceAction.orElse(0), lengthBytes, fields);
        this.traits = traits.isEmpty() ? Set.of() : Set.copyOf(EnumSet.copyOf(traits));
        this.deviceTypes = deviceTypes(traits);
        this.timeoutSeconds = timeoutSeconds;
        this.handler = handler.apply(cdb);
        this.countedAs = CountedAs.of(name);
        this.blockAccess = new BlockAccess(cdb, traits);
        this.mediumWrite = traits.contains(Trait.MEDIUM_WRITE);
        this.mediumAccess = mediumWrite || traits.contains(Trait.MEDIUM_READ);
        this.attentionIgnored = traits.contains(Trait.IGNORES_UNIT_ATTENTION);
        this.selfTestEnding = traits.contains(Trait.ENDS_SELF_TEST) || traits.contains(Trait.WAITS_FOR_NOBODY);
        this.reservationAccess = reservationAccess(traits);
        this.accessStates = AccessStateTable.statesOf(name);
        this.start = cdb.optionalPlace(FieldName.START);
        this.prevent = cdb.optionalPlace(FieldName.PREVENT);
        this.pageCode = cdb.optionalPlace(FieldName.PAGE_CODE);
    }

    public int opcode() {
        return opcode;
    }

    /** Empty for an operation code that has no service actions. */
    public OptionalInt serviceAction() {
        return serviceAction;
    }

    /** As the standards print it, "READ (10)". */
    public String name() {
        return name;
    }

    public Set<Trait> traits() {
        return traits;
    }

    /** Whether it is done through a target port group that is in a state for the unit (SPC-4 5.15.2.4). */
    public boolean isDoneIn(AccessState state) {
        return accessStates.contains(state);
    }

    public CountedAs countedAs() {
        return countedAs;
    }

    /** Whether it needs a medium that is there and started. */
    public boolean accessesMedium() {
        return mediumAccess;
    }

    public boolean writesMedium() {
        return mediumWrite;
    }

    public boolean ignoresUnitAttention() {
        return attentionIgnored;
    }

    /** Whether it ends a self-test that is under way: so does what ends all tasks to work on the whole medium. */
    public boolean endsSelfTest() {
        return selfTestEnding;
    }

    /**
     * What it is to a reservation that another nexus holds. Two commands do something that is allowed always with one value
     * of a field: START STOP UNIT starts, PREVENT ALLOW MEDIUM REMOVAL allows (SBC-4 table 13).
     */
    public ReservationAccess reservationAccess(byte[] bytes) {
        boolean starts = start.isSet(bytes);
        boolean allows = prevent != BitField.ABSENT && !prevent.isSet(bytes);
        return starts || allows ? ReservationAccess.ALLOWED : reservationAccess;
    }

    /** Whether it is done while it is not known who holds a reservation (SPC-4 5.13.5.2). */
    public boolean ignoresLostReservation(byte[] bytes) {
        return attentionIgnored || traits.contains(Trait.REPLACES_LOST_RESERVATION) || start.isSet(bytes);
    }

    /** Whether it is done while such an operation is under way or has failed (SBC-4 4.11.2). */
    public boolean isAllowedDuring(MediumOperation.Kind kind, byte[] bytes) {
        if (traits.contains(Trait.ALLOWED_DURING_FORMAT)) {
            return true;
        }
        return kind.isSanitize()
                && (traits.contains(Trait.ALLOWED_DURING_SANITIZE)
                        || traits.contains(Trait.ALLOWED_DURING_SANITIZE_BY_PAGE)
                                && ModePages.ALLOWED_DURING_SANITIZE.contains((int) pageCode.get(bytes)));
    }

    /** Whether it is done after such an operation has failed: after a format, all that do not need the blocks (SBC-4 4.33.3.1). */
    public boolean isAllowedAfter(MediumOperation.Kind failed, byte[] bytes) {
        return isAllowedDuring(failed, bytes)
                || (failed.isSanitize()
                        ? traits.contains(Trait.ENDS_FAILED_SANITIZE)
                        : !mediumAccess
                                || traits.contains(Trait.ENDS_FORMAT_CORRUPT)
                                || traits.contains(Trait.ALLOWED_DURING_SANITIZE));
    }

    /** Whether it begins at once, whatever its task attribute. */
    public boolean waitsForNobody() {
        return traits.contains(Trait.WAITS_FOR_NOBODY);
    }

    /** The blocks that it touches, as far as a CDB tells; none for one that claims them. */
    public Blocks blocks(byte[] bytes) {
        return blockAccess.of(bytes);
    }

    /** Whether a unit has it: what a unit cannot do, it does not announce and refuses as unknown. */
    public boolean isSupportedBy(Device device) {
        return deviceTypes.contains(device.identity().type())
                && (!traits.contains(Trait.REMOVABLE_MEDIUM) || has(device, Trait.REMOVABLE_MEDIUM))
                && (!traits.contains(Trait.PROVISIONING) || has(device, Trait.PROVISIONING))
                && (!traits.contains(Trait.ATOMIC_WRITE) || has(device, Trait.ATOMIC_WRITE));
    }

    private static boolean has(Device device, Trait trait) {
        return (trait != Trait.REMOVABLE_MEDIUM || device.identity().removable())
                && (trait != Trait.PROVISIONING || device.geometry().unmaps())
                && (trait != Trait.ATOMIC_WRITE || device.geometry().writesAtomically())
                && (trait != Trait.DIRECT_ACCESS || device.identity().type() == DeviceType.DISK);
    }

    /** The bits of the CDB that a unit obeys, as REPORT SUPPORTED OPERATION CODES announces them. */
    byte[] usage(Device device) {
        return cdb.usage(trait -> has(device, trait));
    }

    /** The first field of the CDB that is set and must not be. */
    public Optional<FieldPointer> violation(byte[] bytes) {
        return cdb.violation(bytes);
    }

    public void handle(Execution execution) {
        handler.handle(execution);
    }

    /** Name and fields, for the log. */
    public String describe(byte[] bytes) {
        return name + " " + cdb.describe(bytes);
    }

    private static Set<DeviceType> deviceTypes(Set<Trait> traits) {
        if (traits.contains(Trait.ANY_DEVICE_TYPE)) {
            return EnumSet.allOf(DeviceType.class);
        }
        return EnumSet.of(traits.contains(Trait.MULTIMEDIA) ? DeviceType.CDROM : DeviceType.DISK);
    }

    private static ReservationAccess reservationAccess(Set<Trait> traits) {
        if (traits.contains(Trait.IGNORES_RESERVATION)) {
            return ReservationAccess.ALLOWED;
        }
        if (traits.contains(Trait.IGNORES_PERSISTENT_RESERVATION)) {
            return ReservationAccess.ALLOWED_IF_PERSISTENT;
        }
        return traits.contains(Trait.IGNORES_WRITE_EXCLUSIVE) ? ReservationAccess.READ : ReservationAccess.CHANGE;
    }

    Cdb cdb() {
        return cdb;
    }

    int timeoutSeconds() {
        return timeoutSeconds;
    }

    @Override
    public String toString() {
        return name;
    }
}
