"""Measures 4 KiB commands alone, and beside a session of 1 MiB commands at depth 128, of iSCSI targets side by side."""

import argparse
import json
import os
import pathlib
import signal
import statistics
import subprocess
import sys
import time

import machine
import measurement
import peers
from workloads import MIB, Workload

ROOT = pathlib.Path(__file__).resolve().parents[2]
SIZE_MIB = 1024
WARM_UP_SECONDS = 1
# The bulk transfer is under way for so long before a small command is counted, and goes on for as long after.
AROUND_SECONDS = 1

SMALL = [Workload("4 KiB read"), Workload("4 KiB write", reads=0)]
BULK_READ = Workload("1 MiB read", MIB, 128, sequential=True)
BULK_WRITE = Workload("1 MiB write", MIB, 128, reads=0, sequential=True)
ALONE, ELSEWHERE = "alone", "1 MiB read, another server"

HEAD = """\
| small | beside | peer | p50 us | p99 us | times alone | p99.9 us | a second | bulk MiB/s |
|---|---|---|--:|--:|--:|--:|--:|--:|"""


def parse():
    parser = argparse.ArgumentParser(prog="fairness", description=__doc__)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--seconds", type=float, default=2, help="measured in each run")
    parser.add_argument("--realtime", action="store_true",
                        help="servers and small commands come before the bulk generator (SCHED_FIFO, as root)")
    parser.add_argument("--patience", type=float, default=60, help="seconds to wait for a quiet machine, in all")
    parser.add_argument("--archive", type=pathlib.Path, help=argparse.SUPPRESS)
    parser.add_argument("--load", type=pathlib.Path, help=argparse.SUPPRESS)
    return parser.parse_args()


def first_in_line(pid):
    """All threads of a process, and those that they start, have a processor before all others."""
    for thread in os.listdir(f"/proc/{pid}/task"):
        os.sched_setscheduler(int(thread), os.SCHED_FIFO, os.sched_param(1))


def generator(options, workload, peer, seconds, realtime=False):
    words = [options.load, *workload.load_arguments(), "--seconds", seconds, "--warm-up", AROUND_SECONDS / 2,
             "--pid", peer.pid, peer.url]
    process = subprocess.Popen(list(map(str, words)), stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, text=True)
    if realtime:
        first_in_line(process.pid)
    return process


def result_of(process):
    said, _ = process.communicate(timeout=120)
    if process.returncode != 0:
        raise measurement.Refused(f"a generator ended with {process.returncode}")
    return json.loads(said)


def run(options, small, bulk, bulk_peer, peer):
    """What came of the small commands, and the rate of the bulk transfer in MiB/s."""
    os.sync()
    beside = generator(options, bulk, bulk_peer, options.seconds + AROUND_SECONDS) if bulk else None
    try:
        if beside:
            time.sleep(AROUND_SECONDS)
        found = result_of(generator(options, small, peer, options.seconds, options.realtime))
        return found, result_of(beside)["mib_per_second"] if beside else 0
    finally:
        if beside:
            beside.kill()
            beside.wait()


def measure(options, measured, other):
    results, patience = {}, machine.Patience(options.patience)
    for round_number in range(options.rounds):
        for small in SMALL:
            for beside, bulk in [(ALONE, None), (ELSEWHERE, BULK_READ), (BULK_READ.name, BULK_READ),
                                 (BULK_WRITE.name, BULK_WRITE)]:
                for peer in measured if round_number % 2 == 0 else reversed(measured):
                    patience.wait_for_quiet()
                    results.setdefault((small.name, beside, peer.name), []).append(
                        run(options, small, bulk, other if beside == ELSEWHERE else peer, peer))
        print(f"round {round_number + 1} of {options.rounds} done", file=sys.stderr, flush=True)
    return results


def render(results):
    def median(key, field):
        return statistics.median(found[field] for found, _ in results[key])

    lines = [HEAD]
    for key, runs in results.items():
        small, beside, peer = key
        times = median(key, "p99_us") / median((small, ALONE, peer), "p99_us")
        bulk = statistics.median(rate for _, rate in runs)
        lines.append(f"| {small} | {beside} | {peer} | {median(key, 'p50_us'):,.0f} | {median(key, 'p99_us'):,.0f} "
                     f"| {times:.1f} | {median(key, 'p999_us'):,.0f} | {median(key, 'per_second'):,.0f} | {bulk:,.0f} |")
    return "\n".join(lines)


def prepare(options, peer, to_be_measured):
    peer.start()
    measurement.fill(options.load, peer, SIZE_MIB << 20, MIB)
    for workload in [*SMALL, BULK_READ, BULK_WRITE] if to_be_measured else []:
        measurement.measure(options.load, workload, peer, WARM_UP_SECONDS)
    if options.realtime and to_be_measured:
        first_in_line(peer.pid)


def main():
    options = parse()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit("fairness: stopped"))
    size = SIZE_MIB << 20
    other = peers.Tgt(size)
    measured = [peers.Tgt(size), peers.Lunaria(f"{SIZE_MIB}M", options.archive)]
    served = []
    try:
        for peer in [other, *measured]:
            served.append(peer)
            prepare(options, peer, peer in measured)
        results = measure(options, measured, other)
    except (AssertionError, PermissionError, measurement.Refused, subprocess.TimeoutExpired) as problem:
        sys.exit(f"fairness: {problem}")
    finally:
        for peer in served:
            peer.stop()
    facts = [*machine.describe(ROOT, "java"), f"{options.rounds} rounds of {options.seconds:g} s, medians",
             f"LUNs: {SIZE_MIB} MiB in a file, in the page cache", f"realtime: {'yes' if options.realtime else 'no'}"]
    print("\n".join(f"- {fact}" for fact in facts), render(results), sep="\n\n")


if __name__ == "__main__":
    sys.exit(main())
