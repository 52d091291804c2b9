package org.lunaria.scsi.internal.reservation;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.lunaria.scsi.SenseCode;

/**
 * The parameter list of PERSISTENT RESERVE OUT: the basic one (SPC-4 6.16.3), or that of REGISTER AND MOVE (6.16.4).
 * Immutable.
 *
 * @param key RESERVATION KEY
 * @param actionKey SERVICE ACTION RESERVATION KEY
 * @param specifiesPorts SPEC_I_PT
 * @param allPorts ALL_TG_PT
 * @param persists APTPL
 * @param unregisters UNREG
 * @param relativePort RELATIVE TARGET PORT IDENTIFIER
 * @param ports the TransportIDs
 */
record ReserveOutList(
        long key,
        long actionKey,
        boolean specifiesPorts,
        boolean allPorts,
        boolean persists,
        boolean unregisters,
        int relativePort,
        List<TransportId> ports) {

    static final int BASIC_BYTES = 24;

    static final int KEY_AT = 0;
    static final int ACTION_KEY_AT = 8;

    static final int FLAGS_AT = 20;
    static final int SPEC_I_PT = 3;
    static final int ALL_TG_PT = 2;
    private static final int APTPL = 0;
    private static final int LENGTH_OF_BASIC_AT = 24;
    static final int IDS_OF_BASIC_AT = 28;

    private static final int FLAGS_OF_MOVE_AT = 17;
    private static final int UNREG = 1;
    static final int RELATIVE_PORT_AT = 18;
    private static final int LENGTH_OF_MOVE_AT = 20;
    static final int ID_OF_MOVE_AT = 24;

    /** A list, or why there is none. */
    record Parsed(Optional<ReserveOutList> list, Reply refusal) {
        private static Parsed refused(Reply refusal) {
            return new Parsed(Optional.empty(), refusal);
        }
    }

    static Parsed parse(ReserveOutAction action, byte[] bytes) {
        if (bytes.length < BASIC_BYTES) {
            return Parsed.refused(Reply.of(SenseCode.PARAMETER_LIST_LENGTH_ERROR));
        }
        return action == ReserveOutAction.REGISTER_AND_MOVE ? parseMove(bytes) : parseBasic(action, bytes);
    }

    private static Parsed parseBasic(ReserveOutAction action, byte[] bytes) {
        boolean specifiesPorts = isSet(bytes, FLAGS_AT, SPEC_I_PT);
        if (specifiesPorts && action != ReserveOutAction.REGISTER) {
            return Parsed.refused(Reply.invalidParameter(FLAGS_AT, SPEC_I_PT));
        }
        if (!specifiesPorts && bytes.length != BASIC_BYTES) {
            return Parsed.refused(Reply.of(SenseCode.PARAMETER_LIST_LENGTH_ERROR));
        }
        List<TransportId> ports = new ArrayList<>();
        if (specifiesPorts) {
            Optional<Reply> refusal = parseIds(bytes, LENGTH_OF_BASIC_AT, ports);
            if (refusal.isPresent()) {
                return Parsed.refused(refusal.get());
            }
        }
        ByteBuffer list = ByteBuffer.wrap(bytes);
        return new Parsed(
                Optional.of(new ReserveOutList(
                        list.getLong(KEY_AT),
                        list.getLong(ACTION_KEY_AT),
                        specifiesPorts,
                        isSet(bytes, FLAGS_AT, ALL_TG_PT),
                        isSet(bytes, FLAGS_AT, APTPL),
                        false,
                        0,
                        ports)),
                Reply.GOOD);
    }

    private static Parsed parseMove(byte[] bytes) {
        List<TransportId> ports = new ArrayList<>();
        Optional<Reply> refusal = parseIds(bytes, LENGTH_OF_MOVE_AT, ports);
        if (refusal.isPresent()) {
            return Parsed.refused(refusal.get());
        }
        if (ports.size() != 1) {
            return Parsed.refused(Reply.invalidParameter(LENGTH_OF_MOVE_AT));
        }
        ByteBuffer list = ByteBuffer.wrap(bytes);
        return new Parsed(
                Optional.of(new ReserveOutList(
                        list.getLong(KEY_AT),
                        list.getLong(ACTION_KEY_AT),
                        false,
                        false,
                        isSet(bytes, FLAGS_OF_MOVE_AT, APTPL),
                        isSet(bytes, FLAGS_OF_MOVE_AT, UNREG),
                        Short.toUnsignedInt(list.getShort(RELATIVE_PORT_AT)),
                        ports)),
                Reply.GOOD);
    }

    /**
     * @param lengthAt where the length of the TransportIDs is, which follow it
     * @return why they are refused
     */
    private static Optional<Reply> parseIds(byte[] bytes, int lengthAt, List<TransportId> ids) {
        int at = lengthAt + Integer.BYTES;
        if (bytes.length < at) {
            return Optional.of(Reply.of(SenseCode.PARAMETER_LIST_LENGTH_ERROR));
        }
        long length = Integer.toUnsignedLong(ByteBuffer.wrap(bytes).getInt(lengthAt));
        if (length != bytes.length - at) {
            return Optional.of(Reply.of(SenseCode.PARAMETER_LIST_LENGTH_ERROR));
        }
        while (at < bytes.length) {
            int rest = bytes.length - at;
            if (TransportId.lengthBytes(bytes, at)
                    .filter(bytesOfId -> bytesOfId <= rest)
                    .isEmpty()) {
                return Optional.of(Reply.invalidParameter(lengthAt));
            }
            Optional<TransportId> id = TransportId.decode(bytes, at);
            if (id.isEmpty()) {
                return Optional.of(Reply.invalidParameter(at));
            }
            ids.add(id.get());
            at += id.get().lengthBytes();
        }
        return Optional.empty();
    }

    private static boolean isSet(byte[] bytes, int at, int bit) {
        return (bytes[at] >> bit & 1) != 0;
    }
}
