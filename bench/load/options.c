#include "options.h"

#include <getopt.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char USAGE[] =
    "Usage: load [OPTION]... iscsi://HOST:PORT/TARGET/LUN\n"
    "\n"
    "  --mode load|fill|verify|login   what to do (default load)\n"
    "  --sessions N    1 to 256 (default 1)\n"
    "  --depth N       commands of a session under way, 1 to 1024 (default 1)\n"
    "  --block BYTES   of a command: a multiple of 4096, at most 1048576 (default 4096)\n"
    "  --span BYTES    use the beginning of the LUN only\n"
    "  --reads N       percent of the commands that read (default 100)\n"
    "  --sequential    in order, each session in its own part\n"
    "  --sync          a SYNCHRONIZE CACHE (16) behind each write; the pair counts as one\n"
    "  --header-digest CRC32C for headers\n"
    "  --rate N        commands a second of all sessions (default: as many as there can be)\n"
    "  --seconds S     measured (default 3)\n"
    "  --every S       report each S seconds of them by themselves, when they are over\n"
    "  --warm-up S     before that (default 1)\n"
    "  --pid PID       of the target, for its CPU time\n"
    "  --seed N        of the random numbers\n"
    "\n"
    "Prints a line of JSON, with --every several; the exit status is 0 only if no command failed.\n";

void fail(const char *format, ...)
{
    va_list arguments;

    fputs("load: ", stderr);
    va_start(arguments, format);
    vfprintf(stderr, format, arguments);
    va_end(arguments);
    fputc('\n', stderr);
    exit(1);
}

static uint64_t number(const char *name, const char *text, uint64_t least, uint64_t most)
{
    char *end;
    uint64_t value = strtoull(text, &end, 10);

    if (*end != '\0' || text[0] < '0' || text[0] > '9' || value < least || value > most)
        fail("--%s %s: give %llu to %llu", name, text, (unsigned long long)least, (unsigned long long)most);
    return value;
}

static double duration(const char *name, const char *text)
{
    char *end;
    double value = strtod(text, &end);

    if (*end != '\0' || end == text || !(value >= 0 && value <= 86400))
        fail("--%s %s: give 0 to 86400 seconds", name, text);
    return value;
}

static double rate(const char *text)
{
    char *end;
    double value = strtod(text, &end);

    if (*end != '\0' || end == text || !(value > 0 && value <= 1e6))
        fail("--rate %s: give more than 0, at most 1000000 a second", text);
    return value;
}

static enum mode mode_of(const char *text)
{
    static const char *const names[] = {"load", "fill", "verify", "login"};

    for (unsigned mode = 0; mode < sizeof names / sizeof *names; mode++)
        if (strcmp(text, names[mode]) == 0)
            return (enum mode)mode;
    fail("--mode %s: give load, fill, verify or login", text);
}

static void check(const struct options *options)
{
    if (options->block % 4096 != 0)
        fail("--block %u: give a multiple of 4096", options->block);
    if (options->sync && options->read_share != 0)
        fail("--sync is for writes: give --reads 0 with it");
    if (options->every > 0 && options->every < 0.1)
        fail("--every %g: give 0.1 seconds or more", options->every);
}

struct options options_parse(int argc, char **argv)
{
    enum { MODE, SESSIONS, DEPTH, BLOCK, SPAN, READS, SEQUENTIAL, SYNC, DIGEST, RATE, SECONDS, EVERY, WARM_UP, PID, SEED, HELP };
    static const struct option names[] = {
        {"mode", required_argument, NULL, MODE},        {"sessions", required_argument, NULL, SESSIONS},
        {"depth", required_argument, NULL, DEPTH},      {"block", required_argument, NULL, BLOCK},
        {"span", required_argument, NULL, SPAN},        {"reads", required_argument, NULL, READS},
        {"sequential", no_argument, NULL, SEQUENTIAL},  {"sync", no_argument, NULL, SYNC},
        {"header-digest", no_argument, NULL, DIGEST},   {"seconds", required_argument, NULL, SECONDS},
        {"rate", required_argument, NULL, RATE},        {"every", required_argument, NULL, EVERY},
        {"warm-up", required_argument, NULL, WARM_UP},  {"pid", required_argument, NULL, PID},
        {"seed", required_argument, NULL, SEED},        {"help", no_argument, NULL, HELP},
        {NULL, 0, NULL, 0},
    };
    struct options options = {.sessions = 1, .depth = 1, .block = 4096, .read_share = 100,
                              .seconds = 3, .warm_up = 1, .seed = 1};
    int option, at;

    while ((option = getopt_long(argc, argv, "", names, &at)) >= 0) {
        switch (option) {
        case MODE: options.mode = mode_of(optarg); break;
        case SESSIONS: options.sessions = (unsigned)number("sessions", optarg, 1, SESSIONS_MAX); break;
        case DEPTH: options.depth = (unsigned)number("depth", optarg, 1, DEPTH_MAX); break;
        case BLOCK: options.block = (uint32_t)number("block", optarg, 4096, BLOCK_MAX); break;
        case SPAN: options.span = number("span", optarg, BLOCK_MAX, UINT64_MAX / 2); break;
        case READS: options.read_share = (unsigned)number("reads", optarg, 0, 100); break;
        case SEQUENTIAL: options.sequential = true; break;
        case SYNC: options.sync = true; break;
        case DIGEST: options.header_digest = true; break;
        case SECONDS: options.seconds = duration("seconds", optarg); break;
        case RATE: options.rate = rate(optarg); break;
        case EVERY: options.every = duration("every", optarg); break;
        case WARM_UP: options.warm_up = duration("warm-up", optarg); break;
        case PID: options.pid = (pid_t)number("pid", optarg, 1, INT32_MAX); break;
        case SEED: options.seed = number("seed", optarg, 0, UINT64_MAX - 1); break;
        case HELP: fputs(USAGE, stdout); exit(0);
        default: fputs(USAGE, stderr); exit(2);
        }
    }
    if (optind + 1 != argc)
        fail("give one URL, as in iscsi://127.0.0.1:3260/iqn.2026-11.org.lunaria:demo/0");
    options.url = argv[optind];
    check(&options);
    return options;
}
