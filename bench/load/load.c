/*
 * Loads an iSCSI target through libiscsi: one thread, some sessions, of each a number of commands under way. Prints what
 * came of it as one line of JSON, or one for each part of the time. The numbers are those of the measured seconds alone; the commands under way at the end
 * of them are waited for and not counted.
 */
#define _GNU_SOURCE
#include <inttypes.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "options.h"
#include "session.h"

/* How long a program that waits for a target that does not answer lives on. */
#define GRACE_SECONDS 30
#define FILL_SECONDS_MAX 600
/* How long sockets are waited for. */
#define POLL_NS 100000000u

/* The clocks at one moment, in nanoseconds. */
struct moment {
    uint64_t time, own_cpu, target_cpu;
};

static clockid_t target_clock;

static uint64_t clock_ns(clockid_t clock)
{
    struct timespec now;

    return clock_gettime(clock, &now) == 0 ? (uint64_t)now.tv_sec * 1000000000u + (uint64_t)now.tv_nsec : 0;
}

static struct moment moment(const struct options *options)
{
    return (struct moment){now_ns(), clock_ns(CLOCK_PROCESS_CPUTIME_ID), options->pid == 0 ? 0 : clock_ns(target_clock)};
}

static void find_target_clock(const struct options *options)
{
    if (options->pid != 0 && clock_getcpuclockid(options->pid, &target_clock) != 0)
        fail("--pid %d: there is no such process", (int)options->pid);
}

static unsigned under_way(struct session *const *sessions, unsigned count)
{
    unsigned sum = 0;

    for (unsigned at = 0; at < count; at++)
        sum += session_load(sessions[at]);
    return sum;
}

/* Waits for sockets or the time of the next command, serves what has come, and begins what may begin. */
static void serve(struct session *const *sessions, struct phase *phase)
{
    unsigned count = phase->options->sessions;
    struct pollfd sockets[SESSIONS_MAX];
    uint64_t wait = pace_wait_ns(&phase->pace, now_ns());
    struct timespec timeout = {0, (long)(wait > 0 && wait < POLL_NS ? wait : POLL_NS)};

    for (unsigned at = 0; at < count; at++)
        sockets[at] = (struct pollfd){session_socket(sessions[at]), session_events(sessions[at]), 0};
    if (ppoll(sockets, count, &timeout, NULL) > 0)
        for (unsigned at = 0; at < count; at++)
            if (sockets[at].revents != 0)
                session_serve(sessions[at], sockets[at].revents);
    if (phase->pace.per_second > 0)
        for (unsigned at = 0; at < count; at++)
            session_resume(sessions[at]);
}

static uint64_t span_of(const struct options *options, const struct session *session)
{
    uint64_t capacity = session_capacity(session);
    uint64_t span = options->span == 0 || options->span > capacity ? capacity : options->span;
    uint64_t unit = (uint64_t)options->block * options->sessions;

    if (span < unit)
        fail("the LUN is too small for %u sessions", options->sessions);
    return span / unit * unit;
}

static void start(struct session *const *sessions, struct phase *phase)
{
    const struct options *options = phase->options;
    uint64_t span = span_of(options, sessions[0]), part = span / options->sessions;

    for (unsigned at = 0; at < options->sessions; at++) {
        if (phase->sequential)
            session_start(sessions[at], phase, at * part, (at + 1) * part);
        else
            session_start(sessions[at], phase, 0, span);
    }
}

static void drain(struct session *const *sessions, struct phase *phase)
{
    while (under_way(sessions, phase->options->sessions) > 0)
        serve(sessions, phase);
}

/* Runs until every session is through with its part. */
static void run_through(struct session *const *sessions, struct phase *phase)
{
    start(sessions, phase);
    drain(sessions, phase);
}

static void report(struct phase *phase, const struct moment *from, const struct moment *to)
{
    const struct histogram *latencies = &phase->latencies;
    double seconds = (double)(to->time - from->time) / 1e9;
    double count = latencies->count == 0 ? 1 : (double)latencies->count;

    printf("{\"seconds\": %.3f, \"commands\": %" PRIu64 ", \"per_second\": %.1f, \"mib_per_second\": %.2f, ", seconds,
           latencies->count, seconds > 0 ? (double)latencies->count / seconds : 0,
           seconds > 0 ? (double)latencies->count / seconds * phase->options->block / (1 << 20) : 0);
    printf("\"p50_us\": %.2f, \"p99_us\": %.2f, \"p999_us\": %.2f, \"max_us\": %.2f, ", histogram_us(latencies, 0.5),
           histogram_us(latencies, 0.99), histogram_us(latencies, 0.999), histogram_us(latencies, 1));
    printf("\"own_cpu_us\": %.3f, \"target_cpu_us\": %.3f, \"cores\": %.3f, \"errors\": %" PRIu64 "}\n",
           (double)(to->own_cpu - from->own_cpu) / 1e3 / count, (double)(to->target_cpu - from->target_cpu) / 1e3 / count,
           seconds > 0 ? (double)(to->own_cpu - from->own_cpu + to->target_cpu - from->target_cpu) / 1e9 / seconds : 0,
           phase->errors - phase->errors_told);
    fflush(stdout);
    phase->errors_told = phase->errors;
    histogram_clear(&phase->latencies);
}

/* One step of a load: serves, or logs in. */
typedef void step(struct session *const *sessions, struct phase *phase);

static void log_in(struct session *const *sessions, struct phase *phase)
{
    uint64_t wait = pace_wait_ns(&phase->pace, now_ns()), begun;
    struct timespec pause = {(time_t)(wait / 1000000000u), (long)(wait % 1000000000u)};

    (void)sessions;
    if (wait > 0)
        nanosleep(&pause, NULL);
    pace_admits(&phase->pace, now_ns());
    begun = now_ns();
    login_once(phase->options);
    if (phase->measuring)
        histogram_add(&phase->latencies, now_ns() - begun);
}

/* Takes steps for the time that was asked for; reports its parts but for the last, which from and to are the clocks of. */
static void measure(step take, struct session *const *sessions, struct phase *phase, struct moment *from,
                    struct moment *to)
{
    const struct options *options = phase->options;
    uint64_t begin = now_ns() + (uint64_t)(options->warm_up * 1e9);
    uint64_t end = begin + (uint64_t)(options->seconds * 1e9);
    uint64_t part = options->every > 0 ? (uint64_t)(options->every * 1e9) : end - begin;

    while (now_ns() < begin)
        take(sessions, phase);
    *from = moment(options);
    phase->measuring = true;
    for (uint64_t part_end = begin + part; part_end < end; part_end += part) {
        while (now_ns() < part_end)
            take(sessions, phase);
        *to = moment(options);
        report(phase, from, to);
        *from = *to;
    }
    while (now_ns() < end)
        take(sessions, phase);
    *to = moment(options);
    phase->measuring = false;
}

static void run_for_a_time(struct session *const *sessions, struct phase *phase, struct moment *from, struct moment *to)
{
    pace_begin(&phase->pace, phase->options->rate, now_ns());
    start(sessions, phase);
    measure(serve, sessions, phase, from, to);
    phase->ending = true;
    drain(sessions, phase);
    pace_begin(&phase->pace, 0, now_ns());
}

static void log_in_for_a_time(struct phase *phase, struct moment *from, struct moment *to)
{
    pace_begin(&phase->pace, phase->options->rate, now_ns());
    measure(log_in, NULL, phase, from, to);
}

static void fill(struct session *const *sessions, struct phase *phase)
{
    phase->sequential = true;
    phase->once = true;
    phase->read_share = 0;
    run_through(sessions, phase);
}

static void verify(struct session *const *sessions, struct phase *phase, struct moment *from, struct moment *to)
{
    const struct options *options = phase->options;
    struct stamps stamps;

    stamps_make(&stamps, options->seed, span_of(options, sessions[0]));
    phase->stamps = &stamps;
    fill(sessions, phase);
    phase->sequential = options->sequential;
    phase->once = false;
    phase->read_share = options->read_share;
    run_for_a_time(sessions, phase, from, to);
    phase->ending = false;
    phase->sequential = true;
    phase->once = true;
    phase->read_share = 100;
    run_through(sessions, phase);
    free(stamps.generations);
    free(stamps.busy);
}

int main(int argc, char **argv)
{
    static struct phase phase;
    struct session *sessions[SESSIONS_MAX];
    struct options options = options_parse(argc, argv);
    struct moment from = {0}, to = {0};
    unsigned count = options.mode == MODE_LOGIN ? 0 : options.sessions;

    find_target_clock(&options);
    alarm((unsigned)(options.warm_up + options.seconds) + GRACE_SECONDS
          + (options.mode == MODE_FILL || options.mode == MODE_VERIFY ? FILL_SECONDS_MAX : 0));
    phase.options = &options;
    phase.sequential = options.sequential;
    phase.read_share = options.read_share;
    for (unsigned at = 0; at < count; at++)
        sessions[at] = session_open(&options, at);
    switch (options.mode) {
    case MODE_LOAD: run_for_a_time(sessions, &phase, &from, &to); break;
    case MODE_FILL: fill(sessions, &phase); break;
    case MODE_VERIFY: verify(sessions, &phase, &from, &to); break;
    case MODE_LOGIN: log_in_for_a_time(&phase, &from, &to); break;
    }
    report(&phase, &from, &to);
    for (unsigned at = 0; at < count; at++)
        session_close(sessions[at]);
    return phase.errors == 0 ? 0 : 1;
}
