package org.lunaria.backend.remote.internal;

/**
 * The numbers of the NBD protocol (NetworkBlockDevice/nbd, doc/proto.md), all in network byte order: magic numbers, flags,
 * options, replies, commands. Errors are {@link ServerError} and {@link OptionError}.
 *
 * <p>Extended headers are not asked for: no request here needs a length of more than 32 bits.
 */
final class Nbd {

    // "Newstyle negotiation" and "Fixed newstyle negotiation".
    static final long GREETING_MAGIC = 0x4e42444d41474943L;
    static final long OPTION_MAGIC = 0x49484156454F5054L;
    static final long OPTION_REPLY_MAGIC = 0x0003e889045565a9L;
    static final int FLAG_FIXED_NEWSTYLE = 1;
    static final int FLAG_NO_ZEROES = 2;

    // "Option types".
    static final int OPT_ABORT = 2;
    static final int OPT_STARTTLS = 5;
    static final int OPT_GO = 7;
    static final int OPT_STRUCTURED_REPLY = 8;
    static final int OPT_SET_META_CONTEXT = 10;

    // "Option reply types"; those with the highest bit set are errors.
    static final int REP_ACK = 1;
    static final int REP_INFO = 3;
    static final int REP_META_CONTEXT = 4;

    // Information types of REP_INFO.
    static final int INFO_EXPORT = 0;
    static final int INFO_BLOCK_SIZE = 3;

    // "Transmission flags", without NBD_FLAG_ before their names.
    static final int HAS_FLAGS = 1;
    static final int READ_ONLY = 1 << 1;
    static final int SEND_FLUSH = 1 << 2;
    static final int SEND_FUA = 1 << 3;
    static final int SEND_WRITE_ZEROES = 1 << 6;
    static final int CAN_MULTI_CONN = 1 << 8;

    // "Request message" and "Command flags".
    static final int REQUEST_MAGIC = 0x25609513;
    static final int REQUEST_BYTES = 28;
    static final int CMD_READ = 0;
    static final int CMD_WRITE = 1;
    static final int CMD_DISC = 2;
    static final int CMD_FLUSH = 3;
    static final int CMD_WRITE_ZEROES = 6;
    static final int CMD_BLOCK_STATUS = 7;
    static final int CMD_FLAG_FUA = 1;
    static final int CMD_FLAG_NO_HOLE = 1 << 1;

    // "Simple reply message" and "Structured reply chunk message".
    static final int SIMPLE_REPLY_MAGIC = 0x67446698;
    static final int SIMPLE_REPLY_BYTES = 16;
    static final int CHUNK_MAGIC = 0x668e33ef;
    static final int CHUNK_BYTES = 20;
    static final int CHUNK_FLAG_DONE = 1;
    static final int CHUNK_NONE = 0;
    static final int CHUNK_OFFSET_DATA = 1;
    static final int CHUNK_OFFSET_HOLE = 2;
    static final int CHUNK_BLOCK_STATUS = 5;
    static final int CHUNK_ERROR_BIT = 1 << 15;
    static final int CHUNK_ERROR_OFFSET = CHUNK_ERROR_BIT + 2;

    // "base:allocation" metadata context.
    static final String BASE_ALLOCATION = "base:allocation";
    static final int STATE_HOLE = 1;
    static final int STATE_ZERO = 1 << 1;

    /** "Conventions": no string is longer. */
    static final int STRING_BYTES_MAX = 4096;

    private Nbd() {}
}
