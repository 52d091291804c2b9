package org.lunaria.scsi.internal.command;

import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Function;
import org.lunaria.scsi.internal.page.FieldPointer;

/** A row of the {@link CommandTable}: all that is known of a command, in one place. Immutable. */
public final class Command {

    private final int opcode;
    private final OptionalInt serviceAction;
    private final String name;
    private final Cdb cdb;
    private final Set<Trait> traits;
    private final int timeoutSeconds;
    private final Handler handler;
    private final BlockAccess blockAccess;

    private final boolean mediumAccess;
    private final boolean mediumWrite;
    private final boolean attentionIgnored;

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
        this.timeoutSeconds = timeoutSeconds;
        this.handler = handler.apply(cdb);
        this.blockAccess = new BlockAccess(cdb, traits);
        this.mediumWrite = traits.contains(Trait.MEDIUM_WRITE);
        this.mediumAccess = mediumWrite || traits.contains(Trait.MEDIUM_READ);
        this.attentionIgnored = traits.contains(Trait.IGNORES_UNIT_ATTENTION);
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

    /** The blocks that it touches, as far as a CDB tells; none for one that claims them. */
    public Blocks blocks(byte[] bytes) {
        return blockAccess.of(bytes);
    }

    /** Whether a unit has it: what a unit cannot do, it does not announce and refuses as unknown. */
    public boolean isSupportedBy(Device device) {
        return (!traits.contains(Trait.REMOVABLE_MEDIUM) || device.identity().removable())
                && (!traits.contains(Trait.PROVISIONING) || device.geometry().unmaps());
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
