/* What the command line asks for. */
#ifndef OPTIONS_H
#define OPTIONS_H

#include <stdbool.h>
#include <stdint.h>
#include <sys/types.h>

#define SESSIONS_MAX 256
#define DEPTH_MAX 1024
#define BLOCK_MAX (1u << 20)

enum mode {
    MODE_LOAD,   /* reads and writes for a time */
    MODE_FILL,   /* writes every block once, in order */
    MODE_VERIFY, /* fills with stamps, writes and reads at random for a time, then reads everything */
    MODE_LOGIN,  /* connects, logs in and out, again and again */
};

struct options {
    enum mode mode;
    const char *url;
    unsigned sessions;
    unsigned depth;      /* commands of a session under way */
    uint32_t block;      /* bytes a command */
    uint64_t span;       /* bytes of the LUN that are used; 0 for all of it */
    unsigned read_share; /* percent of the commands that read */
    bool sequential;
    bool sync;           /* each write is followed by SYNCHRONIZE CACHE (16), and the pair counts as one */
    bool header_digest;
    double rate;         /* commands a second of all sessions; 0 for as many as there can be */
    double seconds;
    double every;        /* each so many seconds are reported by themselves; 0 for all of them together */
    double warm_up;
    pid_t pid;           /* of the target, for its CPU time; 0 for none */
    uint64_t seed;
};

/* Ends the program with a sentence when the command line is wrong. */
struct options options_parse(int argc, char **argv);

/* Ends the program with a sentence. */
void fail(const char *format, ...) __attribute__((format(printf, 1, 2), noreturn));

#endif
