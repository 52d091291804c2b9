#include "histogram.h"

#include <string.h>

static unsigned bucket_of(uint64_t ns)
{
    unsigned shift, bucket;

    if (ns < 1u << HISTOGRAM_SUB_BITS)
        return (unsigned)ns;
    shift = 63 - (unsigned)__builtin_clzll(ns) - HISTOGRAM_SUB_BITS;
    bucket = (shift << HISTOGRAM_SUB_BITS) + (unsigned)(ns >> shift);
    return bucket < HISTOGRAM_BUCKETS ? bucket : HISTOGRAM_BUCKETS - 1;
}

/* The middle of a bucket. */
static double middle_ns(unsigned bucket)
{
    unsigned shift;

    if (bucket < 2u << HISTOGRAM_SUB_BITS)
        return bucket;
    shift = (bucket >> HISTOGRAM_SUB_BITS) - 1;
    return (double)((uint64_t)(bucket - (shift << HISTOGRAM_SUB_BITS)) << shift) + (double)(1ull << shift) / 2;
}

void histogram_add(struct histogram *histogram, uint64_t ns)
{
    histogram->count++;
    histogram->buckets[bucket_of(ns)]++;
    if (ns > histogram->most_ns)
        histogram->most_ns = ns;
}

void histogram_clear(struct histogram *histogram)
{
    memset(histogram, 0, sizeof *histogram);
}

double histogram_us(const struct histogram *histogram, double share)
{
    uint64_t below = 0;
    double wanted = share * (double)histogram->count;

    if (share >= 1)
        return (double)histogram->most_ns / 1000;
    for (unsigned bucket = 0; bucket < HISTOGRAM_BUCKETS; bucket++) {
        below += histogram->buckets[bucket];
        if (below > 0 && (double)below >= wanted)
            return middle_ns(bucket) / 1000;
    }
    return 0;
}
