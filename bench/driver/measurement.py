"""Runs one workload against one peer."""

import dataclasses
import json
import os
import re
import subprocess
import time

import machine

# qemu-img takes a number of requests, not a time: about so many seconds' worth of a target of this rate.
QEMU_RATE = 30_000
# A step that visits the whole LUN and is not what read-ahead expects.
QEMU_STEP = 4096 * 4099


@dataclasses.dataclass(frozen=True)
class Result:
    """Of one run. Latencies are missing where the tool does not tell them."""

    per_second: float
    target_cpu_us: float
    own_cpu_us: float
    other_cores: float
    p50_us: float = 0
    p99_us: float = 0
    p999_us: float = 0
    errors: int = 0


class Refused(Exception):
    """The peer or the tool does not do this workload."""


def _run(words, seconds):
    result = subprocess.run(list(map(str, words)), stdin=subprocess.DEVNULL, capture_output=True, text=True,
                            timeout=seconds + 60)
    if not result.stdout.strip():
        raise Refused((result.stderr.strip().splitlines() or [f"{words[0]} said nothing"])[-1])
    return result


def measure(load, workload, peer, seconds):
    """What dirty pages there are is written before, so that it is not in another's time."""
    os.sync()
    if workload.tool == "qemu-img":
        return _qemu(workload, peer, seconds)
    begun, busy = time.monotonic(), machine.busy_seconds()
    run = _run([load, *workload.load_arguments(), "--seconds", seconds, "--pid", peer.pid, peer.url], seconds)
    others = (machine.busy_seconds() - busy) / (time.monotonic() - begun)
    found = json.loads(run.stdout)
    return Result(found["per_second"], found["target_cpu_us"], found["own_cpu_us"],
                  max(0, others - found["cores"]), found["p50_us"], found["p99_us"], found["p999_us"],
                  found["errors"])


def _qemu(workload, peer, seconds):
    count = int(seconds * QEMU_RATE)
    kind = ["-w"] if workload.writes else []
    usage, cpu = os.times(), machine.cpu_seconds(peer.pid)
    begun, busy = time.monotonic(), machine.busy_seconds()
    run = _run(["qemu-img", "bench", "-f", "raw", "-t", "none", "-c", count, "-d", workload.depth,
                "-s", workload.block, "-S", QEMU_STEP, *kind, peer.url], seconds)
    found = re.search(r"Run completed in ([0-9.]+) seconds", run.stdout)
    if found is None:
        raise Refused(run.stderr.strip() or run.stdout.strip())
    elapsed = time.monotonic() - begun
    after = os.times()
    target = machine.cpu_seconds(peer.pid) - cpu
    own = after.children_user + after.children_system - usage.children_user - usage.children_system
    others = (machine.busy_seconds() - busy - target - own) / elapsed
    return Result(count / float(found[1]), target / count * 1e6, own / count * 1e6, max(0, others))


def fill(load, peer, size, block):
    """Writes every block once. How large the writes are decides what later small writes cost on some file systems."""
    depth = 32 if block < 65536 else 4
    result = _run([load, "--mode", "fill", "--block", block, "--depth", depth, "--span", size, peer.url], 600)
    if result.returncode != 0:
        raise Refused(f"filling {peer.name}: {result.stderr.strip()}")


def verify(load, workload, peer, seconds, span):
    """Whether everything that was read is what was written; what is wrong, or nothing."""
    run = _run([load, *workload.load_arguments(), "--mode", "verify", "--seconds", seconds, "--span", span,
                "--seed", time.time_ns(), peer.url], 600)
    found = json.loads(run.stdout)
    return run.stderr.strip() or f"{found['errors']} errors" if run.returncode != 0 or found["errors"] else ""
