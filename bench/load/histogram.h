/* Latencies in buckets whose width grows with the value, so that each is known to about one part in 64. */
#ifndef HISTOGRAM_H
#define HISTOGRAM_H

#include <stdint.h>

/* 64 buckets for each power of two from 64 ns up to 2^40 ns (18 minutes), and one a nanosecond below. */
#define HISTOGRAM_SUB_BITS 6
#define HISTOGRAM_BUCKETS ((40 - HISTOGRAM_SUB_BITS + 2) << HISTOGRAM_SUB_BITS)

struct histogram {
    uint64_t count;
    uint64_t most_ns;
    uint32_t buckets[HISTOGRAM_BUCKETS];
};

void histogram_add(struct histogram *histogram, uint64_t ns);

void histogram_clear(struct histogram *histogram);

/* The latency that a share of all, 0 to 1, does not exceed, in microseconds; 0 when there is none. */
double histogram_us(const struct histogram *histogram, double share);

#endif
