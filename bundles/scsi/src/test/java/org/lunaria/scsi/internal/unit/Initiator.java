package org.lunaria.scsi.internal.unit;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.lunaria.scsi.LunMap;
import org.lunaria.scsi.Nexus;
import org.lunaria.scsi.ScsiStatus;
import org.lunaria.scsi.ScsiTarget;
import org.lunaria.scsi.SenseCode;
import org.lunaria.scsi.Task;
import org.lunaria.scsi.TaskAttribute;
import org.lunaria.scsi.TaskManagement;
import org.lunaria.scsi.TaskManagement.Function;
import org.lunaria.scsi.TaskManagement.Response;
import org.lunaria.scsi.TaskResult;

/** An initiator on one nexus, for tests. The test's thread is its I/O thread, and runs everything at once. */
public final class Initiator {
    private final ScsiTarget target;
    private final Nexus nexus;
    private final Supplier<LunMap> luns;
    private final List<String> events = new ArrayList<>();
    private long nextTag = 1;

    Initiator(ScsiTarget target, String name, int port, Supplier<LunMap> luns) {
        this.target = target;
        this.nexus = new Nexus(
                "iqn.2026-11.example:" + name + ",i,0x000000000001", target.name() + ",t,0x%04x".formatted(port), port);
        this.luns = luns;
        target.attach(nexus, luns, this::heard);
    }

    private void heard(long lun, byte[] sense) {
        events.add("%016x %02x%02x".formatted(lun, sense[12], sense[13]));
    }

    /** What it was told without having asked: LUN, ASC and ASCQ, in hexadecimal digits. */
    List<String> events() {
        return events;
    }

    public Nexus nexus() {
        return nexus;
    }

    public void leave() {
        target.detach(nexus, () -> {});
    }

    public void returnAgain() {
        target.attach(nexus, luns, this::heard);
    }

    /** A command that is under way, or over. */
    public static final class Sent {
        private final List<TaskResult> results = new ArrayList<>();
        private final ArrayTransfer transfer;
        private final long tag;

        private Sent(ArrayTransfer transfer, long tag) {
            this.transfer = transfer;
            this.tag = tag;
        }

        public boolean isAnswered() {
            return !results.isEmpty();
        }

        public ArrayTransfer transfer() {
            return transfer;
        }

        public long tag() {
            return tag;
        }

        /** The one answer, which must be there. */
        public Answer answer() {
            if (results.size() != 1 || transfer.holdsBuffer()) {
                throw new AssertionError(results.size() + " answers, buffer out: " + transfer.holdsBuffer());
            }
            return new Answer(transfer.sent(), results.get(0));
        }
    }

    /** A command with room for data-in. */
    public Answer read(long dataInBytes, int... cdb) {
        return send(0, TaskAttribute.SIMPLE, new ArrayTransfer(new byte[0], dataInBytes, false), cdb)
                .answer();
    }

    /** A command with data-out. */
    public Answer write(byte[] out, int... cdb) {
        return send(0, TaskAttribute.SIMPLE, new ArrayTransfer(out, 0, false), cdb)
                .answer();
    }

    public Answer command(int... cdb) {
        return read(0, cdb);
    }

    public Answer onLun(int lun, long dataInBytes, int... cdb) {
        return send((long) lun << 48, TaskAttribute.SIMPLE, new ArrayTransfer(new byte[0], dataInBytes, false), cdb)
                .answer();
    }

    public Sent begin(TaskAttribute attribute, ArrayTransfer transfer, int... cdb) {
        return send(0, attribute, transfer, cdb);
    }

    /** A read of a block, which goes on when the backend does. */
    public Sent beginRead(TaskAttribute attribute) {
        return begin(attribute, new ArrayTransfer(new byte[0], 512, false), 0x28, 0, 0, 0, 0, 0, 0, 0, 1, 0);
    }

    public Sent send(long lun, TaskAttribute attribute, ArrayTransfer transfer, int... cdb) {
        byte[] bytes = new byte[Math.max(16, cdb.length)];
        for (int i = 0; i < cdb.length; i++) {
            bytes[i] = (byte) cdb[i];
        }
        byte[] before = bytes.clone();
        Sent sent = new Sent(transfer, nextTag++);
        target.execute(new Task(nexus, lun, sent.tag, attribute, bytes, transfer, Runnable::run, sent.results::add));
        if (!Arrays.equals(before, bytes)) {
            throw new AssertionError("the engine changed the CDB");
        }
        return sent;
    }

    /** A task management function that is under way, or over. */
    public static final class Managed {
        private final List<Response> responses = new ArrayList<>();

        /** The response, if there is one; never more. */
        public Optional<Response> response() {
            if (responses.size() > 1) {
                throw new AssertionError(responses.size() + " responses");
            }
            return responses.stream().findFirst();
        }
    }

    public Managed manage(Function function, long tag) {
        return manage(function, 0, tag);
    }

    public Managed manage(Function function, int lun, long tag) {
        Managed managed = new Managed();
        target.manage(
                new TaskManagement(nexus, function, (long) lun << 48, tag, Runnable::run, managed.responses::add));
        return managed;
    }

    /** Takes the unit attentions away that a new nexus gets. */
    public Initiator ready() {
        for (int i = 0; i < UnitAttention.values().length; i++) {
            if (command(0x00).status() == ScsiStatus.GOOD) {
                return this;
            }
        }
        throw new AssertionError("the unit does not become ready");
    }

    /** Takes the unit attentions away of a unit that cannot be ready, and why must be this. */
    void ready(SenseCode notReady) {
        SenseCode code = command(0x00).code();
        for (int i = 0; i < UnitAttention.values().length && code.key() == SenseCode.Key.UNIT_ATTENTION; i++) {
            code = command(0x00).code();
        }
        if (code != notReady) {
            throw new AssertionError("the unit is " + code);
        }
    }
}
