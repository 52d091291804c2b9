"""Measures iSCSI targets side by side: in each round every workload is run against each peer, one after the other."""

import argparse
import pathlib
import signal
import subprocess
import sys
import tempfile

import machine
import measurement
import peers
import table
import workloads

ROOT = pathlib.Path(__file__).resolve().parents[2]
SIZES = {"4k": 4096, "1m": 1 << 20}
WARM_UP_SECONDS = 2


def parse():
    parser = argparse.ArgumentParser(prog="compare", description=__doc__)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--seconds", type=float, default=3, help="measured in each run, after one of warm-up")
    parser.add_argument("--workloads", help=f"some of {','.join(workloads.ALL)}")
    parser.add_argument("--peers", default="tgt,lunaria", help="of those that are started here (default tgt,lunaria)")
    parser.add_argument("--running", action="append", default=[], type=peers.Running, metavar="NAME=URL@PID",
                        help="a server that runs already; its LUN is overwritten")
    parser.add_argument("--size-mib", type=int, default=2048, help="of each LUN")
    parser.add_argument("--fill", choices=SIZES, default="1m", help="how large the writes are that fill the LUN")
    parser.add_argument("--dir", help="where the LUNs lie: a folder of a file system (default the temporary one)")
    parser.add_argument("--patience", type=float, default=120, help="seconds to wait for a quiet machine, in all")
    parser.add_argument("--verify", action="store_true", help="check data instead of measuring")
    parser.add_argument("--archive", type=pathlib.Path, help=argparse.SUPPRESS)
    parser.add_argument("--load", type=pathlib.Path, help=argparse.SUPPRESS)
    options = parser.parse_args()
    chosen = options.workloads.split(",") if options.workloads else list(workloads.ALL)
    if unknown := [name for name in chosen if name not in workloads.ALL]:
        parser.error(f"there is no workload {unknown[0]}")
    options.workloads = [workloads.ALL[name] for name in chosen]
    if unknown := set(filter(None, options.peers.split(","))) - {"tgt", "lunaria"}:
        parser.error(f"there is no peer {unknown.pop()}")
    return options


def make_peers(options):
    size = options.size_mib << 20
    made = {"tgt": lambda: peers.Tgt(size), "lunaria": lambda: peers.Lunaria(f"{options.size_mib}M", options.archive)}
    return [made[name]() for name in filter(None, options.peers.split(","))] + options.running


def warm_up(options, peer):
    measurement.fill(options.load, peer, options.size_mib << 20, SIZES[options.fill])
    for workload in workloads.WARM_UP:
        measurement.measure(options.load, workload, peer, WARM_UP_SECONDS)


def one(options, workload, peer, refusals):
    try:
        return [measurement.measure(options.load, workload, peer, options.seconds)]
    except measurement.Refused as refusal:
        refusals[workload.name, peer.name] = str(refusal)
        return []


def compare(options, served):
    results, refusals, patience = {}, {}, machine.Patience(options.patience)
    for peer in served:
        warm_up(options, peer)
    for round_number in range(options.rounds):
        for workload in options.workloads:
            # Each is the first of the two in every other round.
            for peer in served if round_number % 2 == 0 else reversed(served):
                patience.wait_for_quiet()
                results.setdefault((workload.name, peer.name), []).extend(one(options, workload, peer, refusals))
        print(f"round {round_number + 1} of {options.rounds} done", file=sys.stderr, flush=True)
    report(options, served, results, refusals)
    return not any(result.errors for each in results.values() for result in each)


def report(options, served, results, refusals):
    lunaria = next((peer for peer in served if peer.name == "lunaria"), None)
    java = f"/proc/{lunaria.pid}/exe" if lunaria else "java"
    memory = ", ".join(f"{peer.name} {machine.memory_mib(peer.pid):.0f} MiB" for peer in served)
    facts = [*machine.describe(ROOT, java),
             f"LUN: {options.size_mib} MiB in a file, filled with {options.fill} writes, in the page cache",
             f"{options.rounds} rounds of {options.seconds:g} s, medians; peak resident memory: {memory}"]
    print("\n".join(f"- {fact}" for fact in facts))
    print()
    print(table.render(results, [workload.name for workload in options.workloads], [peer.name for peer in served],
                       refusals))


def verify(options, served):
    good = True
    for peer in served:
        for workload in workloads.VERIFIED:
            wrong = measurement.verify(options.load, workload, peer, options.seconds, options.size_mib << 20)
            print(f"{'FAIL' if wrong else 'PASS'} {peer.name}: {workload.name}{': ' + wrong if wrong else ''}", flush=True)
            good = good and not wrong
    return good


def main():
    options = parse()
    tempfile.tempdir = options.dir
    signal.signal(signal.SIGTERM, lambda *_: sys.exit("compare: stopped"))
    served = []
    try:
        for peer in make_peers(options):
            served.append(peer)
            peer.start()
        good = verify(options, served) if options.verify else compare(options, served)
    except (AssertionError, measurement.Refused, subprocess.TimeoutExpired) as problem:
        sys.exit(f"compare: {problem}")
    finally:
        for peer in served:
            peer.stop()
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main())
