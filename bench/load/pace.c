#include "pace.h"

void pace_begin(struct pace *pace, double per_second, uint64_t now_ns)
{
    *pace = (struct pace){per_second, now_ns, 0};
}

uint64_t pace_wait_ns(const struct pace *pace, uint64_t now_ns)
{
    uint64_t due_ns;

    if (pace->per_second <= 0)
        return 0;
    due_ns = pace->begun_ns + (uint64_t)((double)pace->admitted / pace->per_second * 1e9);
    return due_ns > now_ns ? due_ns - now_ns : 0;
}

bool pace_admits(struct pace *pace, uint64_t now_ns)
{
    if (pace_wait_ns(pace, now_ns) > 0)
        return false;
    pace->admitted++;
    return true;
}
