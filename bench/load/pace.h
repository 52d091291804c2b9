/* So many commands a second: each has its time, and what was late is made up for. */
#ifndef PACE_H
#define PACE_H

#include <stdbool.h>
#include <stdint.h>

struct pace {
    double per_second; /* 0 for as many as there can be */
    uint64_t begun_ns;
    uint64_t admitted;
};

void pace_begin(struct pace *pace, double per_second, uint64_t now_ns);

/* Whether the time of the next command has come; if so, it counts as begun. */
bool pace_admits(struct pace *pace, uint64_t now_ns);

/* How long until the next command's time comes. */
uint64_t pace_wait_ns(const struct pace *pace, uint64_t now_ns);

#endif
