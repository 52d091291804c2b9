package org.lunaria.scsi.internal.mmc;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The table of contents of a disc in the formats of READ TOC/PMA/ATIP that are of use here (MMC-6 6.25.3). Immutable. */
public final class TableOfContents {
    /** Where a list of tracks ends. */
    private static final int LEAD_OUT = 0xAA;

    /** ADR 1h: Q sub-channel mode 1, current position; CONTROL: data. */
    private static final int ADR_CONTROL = 1 << 4 | Disc.DATA_TRACK;

    private static final int RAW_DESCRIPTOR_BYTES = 11;

    /** POINTs of the raw table. */
    private static final int FIRST_TRACK = 0xA0;

    private static final int LAST_TRACK = 0xA1;
    private static final int LEAD_OUT_START = 0xA2;

    private final Disc disc;
    private final boolean inMsf;

    /** @param inMsf whether addresses are minutes, seconds and frames, else of blocks; raw ones are always the former */
    public TableOfContents(Disc disc, boolean inMsf) {
        this.disc = disc;
        this.inMsf = inMsf;
    }

    /** Format 0000b: tracks from a number on, and the lead-out; empty when there is nothing from that number on. */
    public Optional<byte[]> tracks(int from) {
        List<Integer> numbers = new ArrayList<>();
        if (from <= Disc.ONLY) {
            numbers.add(Disc.ONLY);
        }
        if (from <= Disc.ONLY + 1 || from == LEAD_OUT) {
            numbers.add(LEAD_OUT);
        }
        if (numbers.isEmpty()) {
            return Optional.empty();
        }
        ByteBuffer data = ByteBuffer.allocate(4 + 8 * numbers.size());
        putHeader(data);
        for (int number : numbers) {
            putTrack(data, number, number == LEAD_OUT ? disc.blockCount() : 0);
        }
        return Optional.of(data.array());
    }

    /** Format 0001b: the first track of the last session. */
    public byte[] sessions() {
        ByteBuffer data = ByteBuffer.allocate(12);
        putHeader(data);
        putTrack(data, Disc.ONLY, 0);
        return data.array();
    }

    /** Format 0010b: the lead-in's Q sub-channel, from a session on; empty when there is no such session. */
    public Optional<byte[]> raw(int from) {
        if (from > Disc.ONLY) {
            return Optional.empty();
        }
        ByteBuffer data = ByteBuffer.allocate(4 + 4 * RAW_DESCRIPTOR_BYTES);
        putHeader(data);
        putRaw(data, FIRST_TRACK, Disc.ONLY << 16);
        putRaw(data, LAST_TRACK, Disc.ONLY << 16);
        putRaw(data, LEAD_OUT_START, Msf.of(disc.blockCount()));
        putRaw(data, Disc.ONLY, Msf.of(0));
        return Optional.of(data.array());
    }

    /** Length, first and last number; of sessions they are the same as of tracks. */
    private static void putHeader(ByteBuffer data) {
        data.putShort((short) (data.capacity() - 2)).put((byte) Disc.ONLY).put((byte) Disc.ONLY);
    }

    private void putTrack(ByteBuffer data, int number, long lba) {
        data.put((byte) 0).put((byte) ADR_CONTROL).put((byte) number).put((byte) 0);
        data.putInt(inMsf ? Msf.of(lba) : (int) Math.min(lba, 0xFFFF_FFFFL));
    }

    /** Session, ADR and CONTROL, TNO 0, POINT, running time 0, ZERO, and three bytes that depend on POINT. */
    private static void putRaw(ByteBuffer data, int point, int value) {
        data.put((byte) Disc.ONLY).put((byte) ADR_CONTROL).put((byte) 0).put((byte) point);
        data.putInt(0).put((byte) (value >> 16)).put((byte) (value >> 8)).put((byte) value);
    }
}
