package org.lunaria.scsi.internal.nolies;

import java.nio.ByteBuffer;
import java.util.Arrays;
import org.lunaria.scsi.ScsiStatus;
import org.lunaria.scsi.SenseCode;
import org.lunaria.scsi.internal.reservation.MapStore;
import org.lunaria.scsi.internal.unit.Answer;
import org.lunaria.scsi.internal.unit.Initiator;

/** The Block Limits page (SBC-3 6.6.3): what is at a limit works, and one beyond is refused. */
final class LimitChecks {
    private static final long BLOCKS = 1L << 22;
    private static final int UNMAP_DESCRIPTOR_BYTES = 16;

    /** More than any chunk: for limits that are said not to be. */
    private static final int MANY_BYTES = 5 << 20;

    private final Object about;
    private final int blockBytes;
    private final Initiator initiator;
    private final ByteBuffer limits;
    private final Findings findings;

    private LimitChecks(UnitKind kind, Findings findings) {
        this.about = kind;
        this.findings = findings;
        blockBytes = kind.blockBytes();
        SparseStore store = new SparseStore(blockBytes, BLOCKS, kind.capabilities());
        initiator = kind.bench(store, new MapStore()).initiator();
        limits = ByteBuffer.wrap(VpdChecks.page(initiator, 0xB0));
    }

    static void limits(UnitKind kind, Findings findings) {
        if (kind.isCdrom()) {
            // It has no such page.
            return;
        }
        LimitChecks checks = new LimitChecks(kind, findings);
        checks.transferLength(kind);
        checks.geometry(kind);
        checks.writeAtomic(kind);
        if (!kind.readOnly()) {
            checks.compareAndWrite();
            checks.writeSame();
        }
        if (kind.unmaps() && !kind.readOnly()) {
            checks.unmap();
            checks.unmapGranularity(kind);
        }
        if (!kind.unmaps()) {
            findings.require(
                    checks.limits.getInt(20) == 0 && checks.limits.getInt(24) == 0,
                    kind,
                    "limits of an UNMAP that is not");
        }
    }

    private void works(String limit, Answer answer) {
        findings.count("limits");
        findings.require(answer.status() == ScsiStatus.GOOD, about, limit + ": at it " + BitChecks.text(answer));
    }

    private void refused(String limit, SenseCode code, String pointer, Answer answer) {
        boolean right = answer.status() == ScsiStatus.CHECK_CONDITION
                && answer.code() == code
                && answer.pointer().equals(pointer);
        findings.require(right, about, limit + ": beyond it " + BitChecks.text(answer));
    }

    private void compareAndWrite() {
        int most = limits.get(5) & 0xFF;
        String limit = "MAXIMUM COMPARE AND WRITE LENGTH " + most;
        works(limit, compareAndWrite(most));
        if (most < 255) {
            refused(limit, SenseCode.INVALID_FIELD_IN_CDB, "CDB 13.7", compareAndWrite(most + 1));
        }
    }

    private Answer compareAndWrite(int count) {
        return initiator.write(new byte[2 * count * blockBytes], 0x89, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, count, 0, 0);
    }

    private void writeSame() {
        long most = limits.getLong(36);
        String limit = "MAXIMUM WRITE SAME LENGTH " + most;
        works(limit, writeSame(most));
        refused(limit, SenseCode.INVALID_FIELD_IN_CDB, "CDB 10.7", writeSame(most + 1));
        findings.require((limits.get(4) & 1) != 0, about, "WSNZ is zero");
        refused("WSNZ", SenseCode.INVALID_FIELD_IN_CDB, "CDB 10.7", writeSame(0));
    }

    private Answer writeSame(long count) {
        int[] cdb = {0x93, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0};
        put(cdb, 10, count);
        return initiator.write(new byte[blockBytes], cdb);
    }

    private static void put(int[] cdb, int at, long value) {
        for (int i = 0; i < 4; i++) {
            cdb[at + i] = (int) (value >> 24 - 8 * i) & 0xFF;
        }
    }

    private void unmap() {
        int blocks = limits.getInt(20);
        int descriptors = limits.getInt(24);
        String count = "MAXIMUM UNMAP LBA COUNT " + blocks;
        works(count, unmap(1, blocks));
        refused(count, SenseCode.INVALID_FIELD_IN_PARAMETER_LIST, "list 16.7", unmap(1, blocks + 1));
        refused(count, SenseCode.INVALID_FIELD_IN_PARAMETER_LIST, "list 32.7", unmap(2, blocks / 2 + 1));
        String number = "MAXIMUM UNMAP BLOCK DESCRIPTOR COUNT " + descriptors;
        works(number, unmap(descriptors, 1));
        refused(number, SenseCode.INVALID_FIELD_IN_PARAMETER_LIST, "list 2.7", unmap(descriptors + 1, 1));
    }

    private Answer unmap(int descriptors, int blocksOfEach) {
        int data = UNMAP_DESCRIPTOR_BYTES * descriptors;
        ByteBuffer list = ByteBuffer.allocate(8 + data);
        list.putShort((short) (data + 6)).putShort((short) data).putInt(0);
        for (int i = 0; i < descriptors; i++) {
            list.putLong((long) i * blocksOfEach).putInt(blocksOfEach).putInt(0);
        }
        int bytes = list.capacity();
        return initiator.write(list.array(), 0x42, 0, 0, 0, 0, 0, 0, bytes >> 8, bytes & 0xFF, 0);
    }

    /** What is aligned is deallocated, and reads as zeroes. */
    private void unmapGranularity(UnitKind kind) {
        int granularity = limits.getInt(28);
        int alignment = limits.getInt(32);
        findings.require(alignment < 0 && granularity > 0, about, "OPTIMAL UNMAP GRANULARITY " + granularity);
        int lba = (alignment & 0x7FFF_FFFF) + granularity;
        Stand stand = Stand.of(kind);
        ByteBuffer list = ByteBuffer.allocate(24);
        list.putShort((short) 22).putShort((short) 16).putInt(0).putLong(lba).putInt(granularity);
        works("OPTIMAL UNMAP GRANULARITY", stand.initiator().write(list.array(), 0x42, 0, 0, 0, 0, 0, 0, 0, 24, 0));
        byte[] status = stand.initiator()
                .read(24, 0x9E, 0x12, 0, 0, 0, 0, 0, 0, 0, lba, 0, 0, 0, 24, 0, 0)
                .data();
        findings.require(
                (status[20] & 0x0F) == 1 && ByteBuffer.wrap(status).getInt(16) == granularity,
                about,
                "an unmapped granule is not deallocated");
        byte[] read = stand.initiator()
                .read((long) granularity * blockBytes, BlockExamples.read(lba, granularity))
                .data();
        findings.require(Arrays.equals(new byte[granularity * blockBytes], read), about, "LBPRZ is a lie");
    }

    /** WRITE ATOMIC (16) (SBC-4), where it is announced; else nothing is said of it. */
    private void writeAtomic(UnitKind kind) {
        int most = limits.getInt(44);
        int alignment = Math.max(1, limits.getInt(48));
        int granularity = Math.max(1, limits.getInt(52));
        boolean announced = Announced.report(initiator, 1, 0x9C, 0).data()[1] == 3;
        findings.require(announced == (most != 0), about, "MAXIMUM ATOMIC TRANSFER LENGTH is " + most);
        if (!announced || kind.readOnly()) {
            return;
        }
        String limit = "MAXIMUM ATOMIC TRANSFER LENGTH " + most;
        works(limit, writeAtomic(0, most));
        works(limit, writeAtomic(alignment, granularity));
        refused(limit, SenseCode.INVALID_FIELD_IN_CDB, "CDB 12.7", writeAtomic(0, most + granularity));
        if (alignment > 1) {
            refused("ATOMIC ALIGNMENT", SenseCode.INVALID_FIELD_IN_CDB, "CDB 2.7", writeAtomic(1, granularity));
        }
        if (granularity > 1) {
            refused(
                    "ATOMIC TRANSFER LENGTH GRANULARITY",
                    SenseCode.INVALID_FIELD_IN_CDB,
                    "CDB 12.7",
                    writeAtomic(0, granularity + 1));
        }
    }

    private Answer writeAtomic(int lba, int count) {
        int[] cdb = {0x9C, 0, 0, 0, 0, 0, 0, 0, 0, lba, 0, 0, count >> 8, count & 0xFF, 0, 0};
        return initiator.write(new byte[count * blockBytes], cdb);
    }

    private void transferLength(UnitKind kind) {
        long most = Integer.toUnsignedLong(limits.getInt(8));
        int count = (int) (most == 0 ? MANY_BYTES / blockBytes : most);
        String limit = "MAXIMUM TRANSFER LENGTH " + most;
        works(limit, read(count));
        if (!kind.readOnly()) {
            works(limit, write(count));
        }
        if (most != 0) {
            refused(limit, SenseCode.INVALID_FIELD_IN_CDB, "CDB 10.7", read(count + 1));
        }
        findings.require(limits.getInt(16) == 0, about, "MAXIMUM PREFETCH LENGTH is not zero: nobody keeps it");
    }

    private Answer read(int count) {
        int[] cdb = {0x88, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0};
        put(cdb, 10, count);
        return initiator.read((long) count * blockBytes, cdb);
    }

    private Answer write(int count) {
        int[] cdb = {0x8A, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0};
        put(cdb, 10, count);
        return initiator.write(new byte[count * blockBytes], cdb);
    }

    /** Preferred lengths are whole physical blocks. */
    private void geometry(UnitKind kind) {
        int granularity = Short.toUnsignedInt(limits.getShort(6));
        findings.require(granularity * kind.blockBytes() == 4096, about, "granularity of " + granularity + " blocks");
        findings.require(
                (long) limits.getInt(12) * kind.blockBytes() == 1 << 16,
                about,
                "OPTIMAL TRANSFER LENGTH is not the store's");
        findings.count("limits");
    }
}
