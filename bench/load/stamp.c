#include "stamp.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "options.h"

#define WORDS (STAMP_BYTES / sizeof(uint64_t))

uint64_t random_next(uint64_t *state)
{
    uint64_t mixed = *state += 0x9E3779B97F4A7C15u;

    mixed = (mixed ^ mixed >> 30) * 0xBF58476D1CE4E5B9u;
    mixed = (mixed ^ mixed >> 27) * 0x94D049BB133111EBu;
    return mixed ^ mixed >> 31;
}

void stamps_make(struct stamps *stamps, uint64_t seed, uint64_t bytes)
{
    stamps->seed = seed;
    stamps->count = bytes / STAMP_BYTES;
    stamps->generations = calloc(stamps->count, sizeof *stamps->generations);
    stamps->busy = calloc(stamps->count, sizeof *stamps->busy);
    if (stamps->generations == NULL || stamps->busy == NULL)
        fail("no memory for the stamps of %" PRIu64 " blocks", stamps->count);
}

bool stamps_claim(struct stamps *stamps, uint64_t first, uint64_t count)
{
    for (uint64_t block = first; block < first + count; block++)
        if (stamps->busy[block])
            return false;
    memset(stamps->busy + first, true, count);
    return true;
}

void stamps_release(struct stamps *stamps, uint64_t first, uint64_t count)
{
    memset(stamps->busy + first, false, count);
}

static void stamp(const struct stamps *stamps, uint64_t block, uint64_t words[WORDS])
{
    uint64_t state = stamps->seed ^ block << 32 ^ stamps->generations[block];

    words[0] = block;
    words[1] = stamps->generations[block];
    for (unsigned word = 2; word < WORDS; word++)
        words[word] = random_next(&state);
}

void stamps_write(struct stamps *stamps, uint64_t first, uint64_t count, unsigned char *data)
{
    uint64_t words[WORDS];

    for (uint64_t block = 0; block < count; block++) {
        stamps->generations[first + block]++;
        stamp(stamps, first + block, words);
        memcpy(data + block * STAMP_BYTES, words, STAMP_BYTES);
    }
}

static void complain(const struct stamps *stamps, uint64_t block, const unsigned char *data)
{
    static bool said;
    uint64_t found[2];

    if (!said) {
        memcpy(found, data, sizeof found);
        fprintf(stderr,
                "load: block %" PRIu64 " should have generation %" PRIu32 "; it calls itself block %" PRIu64
                " of generation %" PRIu64 " (seed %" PRIu64 ")\n",
                block, stamps->generations[block], found[0], found[1], stamps->seed);
    }
    said = true;
}

uint64_t stamps_check(const struct stamps *stamps, uint64_t first, uint64_t count, const unsigned char *data)
{
    uint64_t words[WORDS], wrong = 0;

    for (uint64_t block = 0; block < count; block++) {
        if (stamps->generations[first + block] == 0)
            continue;
        stamp(stamps, first + block, words);
        if (memcmp(words, data + block * STAMP_BYTES, STAMP_BYTES) != 0) {
            wrong++;
            complain(stamps, first + block, data + block * STAMP_BYTES);
        }
    }
    return wrong;
}
