package org.lunaria.scsi.internal.nolies;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.function.Predicate;
import org.lunaria.scsi.ScsiStatus;
import org.lunaria.scsi.internal.page.BitField;
import org.lunaria.scsi.internal.unit.Answer;

/**
 * How a command is used so that it works, and how one sees that it did. Made by its chained methods, and not changed after.
 */
final class Example {

    /** A command with its data-out and the room for its data-in. */
    record Request(int[] cdb, byte[] out, long inBytes) {}

    private final int opcode;
    private final int action;
    private Predicate<UnitKind> kinds = kind -> true;
    private Function<UnitKind, Stand> stand = Stand::of;
    private Function<Stand, Request> request;
    private ScsiStatus status = ScsiStatus.GOOD;
    private boolean writes;
    private BiConsumer<Stand, Answer> effect = (stand, answer) -> {};
    private final List<BitField> limited = new ArrayList<>();
    private Optional<BitField> allocation = Optional.empty();
    private long leastAllocation;
    private Optional<BitField> list = Optional.empty();

    private Example(int opcode, int action) {
        this.opcode = opcode;
        this.action = action;
    }

    static Example of(int opcode) {
        return new Example(opcode, -1);
    }

    /** Of an operation code with service actions. */
    static Example of(int opcode, int action) {
        return new Example(opcode, action);
    }

    static Request none(int... cdb) {
        return new Request(cdb, new byte[0], 0);
    }

    static Request in(long bytes, int... cdb) {
        return new Request(cdb, new byte[0], bytes);
    }

    static Request out(byte[] data, int... cdb) {
        return new Request(cdb, data, 0);
    }

    /** Works on these kinds of units only. */
    Example on(Predicate<UnitKind> which) {
        kinds = which;
        return this;
    }

    Example onStand(Function<UnitKind, Stand> makes) {
        stand = makes;
        return this;
    }

    /** What is sent; may send other commands before. */
    Example sends(Function<Stand, Request> what) {
        request = what;
        return this;
    }

    Example sends(Request what) {
        return sends(unused -> what);
    }

    Example answers(ScsiStatus what) {
        status = what;
        return this;
    }

    /** Changes the medium: a unit that is write protected refuses it. */
    Example writes() {
        writes = true;
        return this;
    }

    /** What has to be seen when it is over. */
    Example then(BiConsumer<Stand, Answer> what) {
        effect = what;
        return this;
    }

    /** A field of the CDB that does not take all values: it may be refused, and is then pointed at. */
    Example limits(int byteIndex, int bit, int bits) {
        limited.add(new BitField(byteIndex, bit, bits));
        return this;
    }

    /** Where its ALLOCATION LENGTH is. */
    Example allocates(int byteIndex, int count) {
        allocation = Optional.of(BitField.bytes(byteIndex, count));
        return this;
    }

    /** Less than this is refused, by a rule of the standard. */
    Example atLeast(long allocationLength) {
        leastAllocation = allocationLength;
        return limits(
                allocation.orElseThrow().byteIndex(),
                7,
                allocation.orElseThrow().bits());
    }

    /** Where its PARAMETER LIST LENGTH is. */
    Example lists(int byteIndex, int count) {
        list = Optional.of(BitField.bytes(byteIndex, count));
        return limits(byteIndex, 7, 8 * count);
    }

    boolean isOf(Announced command) {
        return command.opcode() == opcode && command.serviceAction().orElse(-1) == action;
    }

    boolean worksOn(UnitKind kind) {
        return kinds.test(kind);
    }

    Stand stand(UnitKind kind) {
        return stand.apply(kind);
    }

    Request request(Stand on) {
        return request.apply(on);
    }

    ScsiStatus status() {
        return status;
    }

    boolean isWrite() {
        return writes;
    }

    void checkEffect(Stand on, Answer answer) {
        effect.accept(on, answer);
    }

    List<BitField> limited() {
        return limited;
    }

    Optional<BitField> allocation() {
        return allocation;
    }

    long leastAllocation() {
        return leastAllocation;
    }

    Optional<BitField> list() {
        return list;
    }
}
