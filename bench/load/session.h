/* An initiator that keeps a number of commands under way over one session. */
#ifndef SESSION_H
#define SESSION_H

#include <stdbool.h>
#include <stdint.h>

#include "histogram.h"
#include "options.h"
#include "pace.h"
#include "stamp.h"

/* What all sessions of one phase share. */
struct phase {
    const struct options *options;
    struct stamps *stamps; /* NULL: data is not looked at */
    bool sequential;
    bool once;             /* each session ends with its part of the LUN */
    unsigned read_share;
    struct pace pace;
    bool ending;           /* no command is begun any more */
    bool measuring;
    struct histogram latencies;
    uint64_t errors_told;  /* of the errors, those in a report */
    uint64_t errors;       /* commands that failed, and blocks that were not as they should be */
};

struct session;

/* Connects, logs in and asks the LUN for its size; ends the program when that cannot be. */
struct session *session_open(const struct options *options, unsigned number);
void session_close(struct session *session);

uint64_t session_capacity(const struct session *session);

/* Begins commands on the bytes from begin to end, as many as the depth. */
void session_start(struct session *session, struct phase *phase, uint64_t begin, uint64_t end);

/* Begins what was to wait for its time, if that has come. */
void session_resume(struct session *session);

/* Commands under way. */
unsigned session_load(const struct session *session);

/* For poll. */
int session_socket(const struct session *session);
short session_events(const struct session *session);
void session_serve(struct session *session, short events);

/* Connects, logs in and out. */
void login_once(const struct options *options);

uint64_t now_ns(void);

#endif
