package org.lunaria.backend.remote.internal;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * The client's side of "Fixed newstyle negotiation" for one connection: STARTTLS where asked for, structured replies,
 * the context base:allocation, then GO. It takes bytes and gives bytes; confined to the thread of its volume.
 */
final class Handshake {

    private enum Step {
        GREETING,
        STARTTLS,
        STRUCTURED_REPLY,
        META_CONTEXT,
        GO
    }

    /** What follows when all that came was looked at. */
    enum Progress {
        MORE,
        /** TLS begins with the next byte in both directions. */
        START_TLS,
        DONE
    }

    private static final int GREETING_BYTES = 18;
    private static final int REPLY_HEADER_BYTES = 20;

    /** Longest reply to an option that makes sense: an error message with room to spare. */
    private static final int REPLY_BYTES_MAX = 2 * Nbd.STRING_BYTES_MAX;

    /** A server that goes on giving information is not listened to for ever. */
    private static final int REPLIES_MAX = 64;

    private static final int PAYLOAD_BYTES_DEFAULT = 32 << 20;

    private final byte[] exportName;
    private final boolean tls;
    private final ByteBuffer out;

    private Step step = Step.GREETING;
    private int replies;
    private boolean structured;
    private long allocation = Export.NO_CONTEXT;
    private long sizeBytes = -1;
    private int flags;
    private int minimumBytes = 1;
    private int preferredBytes = 4096;
    private int payloadBytes = PAYLOAD_BYTES_DEFAULT;

    /** @param out takes what is to be sent, and is empty when this begins; 16 KiB suffice */
    Handshake(String exportName, boolean tls, ByteBuffer out) {
        this.exportName = exportName.getBytes(StandardCharsets.UTF_8);
        this.tls = tls;
        this.out = out;
    }

    /** Looks at what came. */
    Progress advance(ByteBuffer in) throws Refusal {
        Progress progress = Progress.MORE;
        while (progress == Progress.MORE && isWhole(in)) {
            progress = step == Step.GREETING ? greeting(in) : reply(in);
        }
        if (progress == Progress.START_TLS && in.hasRemaining()) {
            throw Refusal.nonsense("it sends unencrypted bytes behind the start of TLS");
        }
        return progress;
    }

    /** What was agreed on, once it is DONE. */
    Export export() {
        return new Export(sizeBytes, flags, minimumBytes, preferredBytes, payloadBytes, structured, allocation);
    }

    private boolean isWhole(ByteBuffer in) throws Refusal {
        if (step == Step.GREETING) {
            return in.remaining() >= GREETING_BYTES;
        }
        if (in.remaining() < REPLY_HEADER_BYTES) {
            return false;
        }
        long length = Integer.toUnsignedLong(in.getInt(in.position() + 16));
        if (length > REPLY_BYTES_MAX) {
            throw Refusal.nonsense("a reply of " + length + " bytes to an option");
        }
        return in.remaining() >= REPLY_HEADER_BYTES + length;
    }

    private Progress greeting(ByteBuffer in) throws Refusal {
        if (in.getLong() != Nbd.GREETING_MAGIC) {
            throw Refusal.nonsense("it does not greet as an NBD server does");
        }
        if (in.getLong() != Nbd.OPTION_MAGIC) {
            throw new Refusal("the server speaks the oldstyle NBD protocol only");
        }
        int offered = Short.toUnsignedInt(in.getShort());
        if ((offered & Nbd.FLAG_FIXED_NEWSTYLE) == 0) {
            throw new Refusal("the server speaks no fixed newstyle NBD protocol");
        }
        out.putInt(offered & (Nbd.FLAG_FIXED_NEWSTYLE | Nbd.FLAG_NO_ZEROES));
        if (tls) {
            ask(Step.STARTTLS, Nbd.OPT_STARTTLS);
        } else {
            ask(Step.STRUCTURED_REPLY, Nbd.OPT_STRUCTURED_REPLY);
        }
        return Progress.MORE;
    }

    private Progress reply(ByteBuffer in) throws Refusal {
        if (in.getLong() != Nbd.OPTION_REPLY_MAGIC) {
            throw Refusal.nonsense("a reply to an option without its magic number");
        }
        int option = in.getInt();
        int type = in.getInt();
        ByteBuffer data = in.slice(in.position() + 4, in.getInt(in.position()));
        in.position(in.position() + 4 + data.remaining());
        if (option != optionOf(step)) {
            throw Refusal.nonsense("a reply to option " + option + ", which was not sent");
        }
        if (++replies > REPLIES_MAX) {
            throw Refusal.nonsense("more than " + REPLIES_MAX + " replies to options");
        }
        return switch (step) {
            case STARTTLS -> startTls(type, data);
            case STRUCTURED_REPLY -> structuredReply(type, data);
            case META_CONTEXT -> metaContext(type, data);
            case GO -> go(type, data);
            case GREETING -> throw new IllegalStateException("a reply before the greeting");
        };
    }

    private Progress startTls(int type, ByteBuffer data) throws Refusal {
        if (OptionError.isError(type)) {
            throw new Refusal("the server begins no TLS: " + explain(type, data));
        }
        requireAck(type);
        return Progress.START_TLS;
    }

    /** TLS stands: the options follow. */
    void secured() {
        ask(Step.STRUCTURED_REPLY, Nbd.OPT_STRUCTURED_REPLY);
    }

    private Progress structuredReply(int type, ByteBuffer data) throws Refusal {
        if (OptionError.isError(type) && !OptionError.isUnsupported(type)) {
            throw new Refusal("the server refuses: " + explain(type, data));
        }
        structured = !OptionError.isError(type);
        if (!structured) {
            askGo();
            return Progress.MORE;
        }
        requireAck(type);
        byte[] query = Nbd.BASE_ALLOCATION.getBytes(StandardCharsets.US_ASCII);
        begin(Step.META_CONTEXT, Nbd.OPT_SET_META_CONTEXT, 4 + exportName.length + 4 + 4 + query.length);
        out.putInt(exportName.length).put(exportName);
        out.putInt(1).putInt(query.length).put(query);
        return Progress.MORE;
    }

    private Progress metaContext(int type, ByteBuffer data) throws Refusal {
        if (type == Nbd.REP_META_CONTEXT) {
            if (data.remaining() < 4) {
                throw Refusal.nonsense("a context without an identifier");
            }
            long id = Integer.toUnsignedLong(data.getInt());
            if (StandardCharsets.UTF_8.decode(data).toString().equals(Nbd.BASE_ALLOCATION)) {
                allocation = id;
            }
            return Progress.MORE;
        }
        // A server that knows no contexts, or not for this export, is one without extents; GO has the last word.
        if (!OptionError.isError(type)) {
            requireAck(type);
        }
        askGo();
        return Progress.MORE;
    }

    private Progress go(int type, ByteBuffer data) throws Refusal {
        if (OptionError.isError(type)) {
            throw new Refusal("the server does not give the export: " + explain(type, data));
        }
        if (type == Nbd.REP_INFO) {
            information(data);
            return Progress.MORE;
        }
        requireAck(type);
        if (sizeBytes < 0) {
            throw Refusal.nonsense("it gives an export and tells no size");
        }
        return Progress.DONE;
    }

    private void information(ByteBuffer data) throws Refusal {
        int type = data.remaining() < 2 ? -1 : Short.toUnsignedInt(data.getShort());
        if (type == Nbd.INFO_EXPORT) {
            requireLength(data, 10, "INFO_EXPORT");
            sizeBytes = data.getLong();
            flags = Short.toUnsignedInt(data.getShort());
            if (sizeBytes < 0 || (flags & Nbd.HAS_FLAGS) == 0) {
                throw Refusal.nonsense("an export of " + Long.toUnsignedString(sizeBytes) + " bytes with flags "
                        + Integer.toHexString(flags) + "h");
            }
        } else if (type == Nbd.INFO_BLOCK_SIZE) {
            requireLength(data, 12, "INFO_BLOCK_SIZE");
            blockSizes(
                    Integer.toUnsignedLong(data.getInt()),
                    Integer.toUnsignedLong(data.getInt()),
                    Integer.toUnsignedLong(data.getInt()));
        }
    }

    private void blockSizes(long minimum, long preferred, long most) throws Refusal {
        if (Long.bitCount(minimum) != 1 || Long.bitCount(preferred) != 1 || preferred < minimum || most < minimum) {
            throw Refusal.nonsense("block sizes " + minimum + ", " + preferred + ", " + most);
        }
        if (minimum > 4096) {
            throw new Refusal("the export has blocks of " + minimum + " bytes, and at most 4096 can be served");
        }
        minimumBytes = (int) minimum;
        preferredBytes = (int) Math.min(preferred, 1 << 20);
        long whole = Math.max(minimum, 4096);
        payloadBytes = (int) (Math.min(most, PAYLOAD_BYTES_DEFAULT) / whole * whole);
        if (payloadBytes == 0) {
            throw new Refusal("the server moves at most " + most + " bytes at a time, which is too few");
        }
    }

    private void askGo() {
        begin(Step.GO, Nbd.OPT_GO, 4 + exportName.length + 2 + 2);
        out.putInt(exportName.length).put(exportName);
        out.putShort((short) 1).putShort((short) Nbd.INFO_BLOCK_SIZE);
    }

    private void ask(Step next, int option) {
        begin(next, option, 0);
    }

    private void begin(Step next, int option, int length) {
        step = next;
        out.putLong(Nbd.OPTION_MAGIC).putInt(option).putInt(length);
    }

    private static int optionOf(Step step) {
        return switch (step) {
            case GREETING -> 0;
            case STARTTLS -> Nbd.OPT_STARTTLS;
            case STRUCTURED_REPLY -> Nbd.OPT_STRUCTURED_REPLY;
            case META_CONTEXT -> Nbd.OPT_SET_META_CONTEXT;
            case GO -> Nbd.OPT_GO;
        };
    }

    private static void requireAck(int type) throws Refusal {
        if (type != Nbd.REP_ACK) {
            throw Refusal.nonsense("reply type " + type + " to an option that has none such");
        }
    }

    private static void requireLength(ByteBuffer data, int length, String what) throws Refusal {
        if (data.remaining() != length) {
            throw Refusal.nonsense(what + " of " + data.remaining() + " bytes");
        }
    }

    private static String explain(int type, ByteBuffer message) {
        String text = ServerText.of(message);
        return OptionError.describe(type) + (text.isEmpty() ? "" : ": " + text);
    }
}
