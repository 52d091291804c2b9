package org.lunaria.iscsi.internal.pdu;

/** SCSI Command (RFC 7143 11.3, RFC 7144 5.1), with the extended CDB of its additional header segments (11.2.2.3). */
public final class ScsiCommandPdu extends InitiatorPdu<ScsiCommandPdu> {
    /** The bytes of a CDB that the basic header holds. */
    public static final int CDB_BYTES = 16;

    private static final int READ_BIT = 0x40;
    private static final int WRITE_BIT = 0x20;
    private static final int ATTRIBUTE_MASK = 0x07;
    private static final int PRIORITY_OFFSET = 2;
    private static final int PRIORITY_SHIFT = 4;
    private static final int EXPECTED_DATA_TRANSFER_LENGTH_OFFSET = 20;
    private static final int CDB_OFFSET = 32;

    public ScsiCommandPdu() {
        super(Opcode.SCSI_COMMAND);
    }

    @Override
    ScsiCommandPdu self() {
        return this;
    }

    /** The R bit: the command is expected to give data. */
    public boolean read() {
        return flag(READ_BIT);
    }

    public ScsiCommandPdu read(boolean set) {
        return flag(READ_BIT, set);
    }

    /** The W bit: the command is expected to take data. */
    public boolean write() {
        return flag(WRITE_BIT);
    }

    public ScsiCommandPdu write(boolean set) {
        return flag(WRITE_BIT, set);
    }

    /** Task attribute: 0 untagged, 1 simple, 2 ordered, 3 head of queue, 4 ACA. */
    public int attribute() {
        return flags() & ATTRIBUTE_MASK;
    }

    public ScsiCommandPdu attribute(int value) {
        return flags(flags() & ~ATTRIBUTE_MASK | value);
    }

    /** Command priority (SAM-5): 0 for none, else 1, the highest, to 15. No meaning below protocol level 2. */
    public int priority() {
        return getByte(PRIORITY_OFFSET) >> PRIORITY_SHIFT;
    }

    public ScsiCommandPdu priority(int value) {
        return putByte(PRIORITY_OFFSET, value << PRIORITY_SHIFT);
    }

    /** In bytes; of the Data-Out direction when both bits are set. */
    public long expectedDataTransferLength() {
        return getInt(EXPECTED_DATA_TRANSFER_LENGTH_OFFSET);
    }

    public ScsiCommandPdu expectedDataTransferLength(long bytes) {
        return putInt(EXPECTED_DATA_TRANSFER_LENGTH_OFFSET, bytes);
    }

    /** The CDB: 16 bytes, or more with an extended CDB. A new array. */
    public byte[] cdb() {
        return ahsBytes() == 0
                ? getBytes(CDB_OFFSET, CDB_BYTES)
                : additionalHeaders().cdb();
    }

    /** @param cdb up to 16 bytes */
    public ScsiCommandPdu cdb(byte... cdb) {
        return putBytes(CDB_OFFSET, cdb, cdb.length);
    }

    /** What the additional header segments hold. */
    public AdditionalHeaders additionalHeaders() {
        return AdditionalHeaders.parse(getBytes(CDB_OFFSET, CDB_BYTES), getBytes(Framing.BHS_BYTES, ahsBytes()));
    }
}
