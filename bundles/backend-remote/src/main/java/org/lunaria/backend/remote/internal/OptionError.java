package org.lunaria.backend.remote.internal;

/** Why a server refuses an option ("Option reply types" of the NBD protocol), and what an administrator can do. */
enum OptionError {
    NBD_REP_ERR_UNSUP(1, "it does not know the option"),
    NBD_REP_ERR_POLICY(2, "its administrator forbids it"),
    NBD_REP_ERR_INVALID(3, "it finds the request wrong"),
    NBD_REP_ERR_PLATFORM(4, "it cannot do that on its platform"),
    NBD_REP_ERR_TLS_REQD(5, "it requires TLS: give an nbds:// address"),
    NBD_REP_ERR_UNKNOWN(6, "it has no such export"),
    NBD_REP_ERR_SHUTDOWN(7, "it is shutting down"),
    NBD_REP_ERR_BLOCK_SIZE_REQD(8, "it requires a block size"),
    NBD_REP_ERR_TOO_BIG(9, "it finds the request too long");

    private static final int ERROR_BIT = 1 << 31;

    private final int number;
    private final String meaning;

    OptionError(int number, String meaning) {
        this.number = number;
        this.meaning = meaning;
    }

    static boolean isError(int reply) {
        return (reply & ERROR_BIT) != 0;
    }

    static boolean isUnsupported(int reply) {
        return reply == (ERROR_BIT | NBD_REP_ERR_UNSUP.number);
    }

    /** What a reply with the highest bit set means, for a log. */
    static String describe(int reply) {
        for (OptionError error : values()) {
            if (reply == (ERROR_BIT | error.number)) {
                return error.meaning + " (" + error + ")";
            }
        }
        return "error " + Integer.toHexString(reply) + "h";
    }
}
