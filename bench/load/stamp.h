/* What every block of the LUN ought to hold, as this program wrote it. */
#ifndef STAMP_H
#define STAMP_H

#include <stdbool.h>
#include <stdint.h>

/* A block of 4096 bytes has a generation, which each write of it raises; its bytes follow from seed, place, generation. */
#define STAMP_BYTES 4096

struct stamps {
    uint64_t seed;
    uint64_t count;
    uint32_t *generations; /* 0: never written */
    bool *busy;            /* a command is under way, so that another would have no order with it */
};

void stamps_make(struct stamps *stamps, uint64_t seed, uint64_t bytes);

/* Claims blocks for one command, or tells that one of them is busy. */
bool stamps_claim(struct stamps *stamps, uint64_t first, uint64_t count);
void stamps_release(struct stamps *stamps, uint64_t first, uint64_t count);

/* Fills a buffer with the next generation of blocks that are claimed. */
void stamps_write(struct stamps *stamps, uint64_t first, uint64_t count, unsigned char *data);

/* The number of blocks that are not as they were written; the first of them is said on stderr. */
uint64_t stamps_check(const struct stamps *stamps, uint64_t first, uint64_t count, const unsigned char *data);

/* A step of the generator of random numbers that the program uses throughout (splitmix64). */
uint64_t random_next(uint64_t *state);

#endif
