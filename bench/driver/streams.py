"""The load of a soak: streams that run side by side, each a load generator of its own that keeps to a rate."""

import contextlib
import dataclasses
import json
import os
import subprocess
import tempfile

from workloads import KIB, MIB, Workload

# Streams that check what they read, and those that flush, have a volume of their own.
LOADED, VERIFIED, FLUSHED = "soak-loaded", "soak-verified", "soak-flushed"
VOLUMES_MIB = {LOADED: 2048, VERIFIED: 256, FLUSHED: 64}

# A generator ends itself when its target does not answer; after so long it is ended.
PATIENCE_SECONDS = 90
READ_BYTES = 1 << 20


@dataclasses.dataclass(frozen=True)
class Stream:
    volume: str
    rate: float
    workload: Workload
    verifies: bool = False


# Together they take about half of two cores, so that latencies tell something about the appliance.
ALL = [
    Stream(LOADED, 6000, Workload("4 KiB, 70% read, at random, depth 16", depth=16, reads=70)),
    Stream(LOADED, 800, Workload("64 KiB read in order, depth 4", 64 * KIB, 4, sequential=True)),
    Stream(LOADED, 250, Workload("64 KiB write in order, depth 4", 64 * KIB, 4, reads=0, sequential=True)),
    Stream(LOADED, 60, Workload("1 MiB read in order, depth 2", MIB, 2, sequential=True)),
    Stream(LOADED, 25, Workload("1 MiB write in order, depth 2", MIB, 2, reads=0, sequential=True)),
    Stream(VERIFIED, 400, Workload("32 KiB, half read, checked, depth 8", 32 * KIB, 8, reads=50), verifies=True),
    Stream(FLUSHED, 50, Workload("4 KiB write and flush, depth 2", depth=2, reads=0, sync=True)),
    Stream(LOADED, 5, Workload("login and logout", login=True)),
]


@contextlib.contextmanager
def volumes(appliance):
    """The volumes of the streams, which end with it."""
    made = []
    try:
        for name, mib in VOLUMES_MIB.items():
            made.append(name)
            appliance.create_volume(name, f"{mib}M")
        yield
    finally:
        for name in made:
            appliance.lunaria("exec", "target:delete", name, "--yes")
            appliance.lunaria("exec", "volume:delete", name, "--purge", "--yes")


class Running:
    """A stream under way. What it says comes in one line a part of the time; a complaint at once."""

    def __init__(self, load, stream, url, pid, times, full_speed):
        self.name = stream.workload.name
        self._complaints = tempfile.TemporaryFile()
        self._reports = tempfile.TemporaryFile()
        rate = [] if full_speed and not stream.workload.login else ["--rate", stream.rate]
        mode = ["--mode", "verify"] if stream.verifies else []
        words = [load, *stream.workload.load_arguments(), *mode, *rate, "--warm-up", times.settle, "--seconds",
                 times.seconds, "--every", times.part, "--pid", pid, "--seed", times.seed, url]
        self._process = subprocess.Popen(list(map(str, words)), stdin=subprocess.DEVNULL, stdout=self._reports,
                                         stderr=self._complaints)

    def reports(self):
        return list(map(json.loads, self._read(self._reports).splitlines()))

    def trouble(self):
        """The first thing that went wrong, or nothing."""
        said = self._read(self._complaints).strip().partition("\n")[0]
        ended = self._process.poll()
        return said or (f"ended with status {ended}" if ended else "")

    def is_running(self):
        return self._process.poll() is None

    def finish(self):
        """Waits for the end, which is due; a stream that checks reads everything once more before."""
        try:
            self._process.wait(timeout=PATIENCE_SECONDS)
        except subprocess.TimeoutExpired:
            self.kill()

    def kill(self):
        self._process.kill()
        self._process.wait(timeout=20)

    @staticmethod
    def _read(file):
        # The stream writes where its own position is, which is the file's: it must stay.
        return os.pread(file.fileno(), READ_BYTES, 0).decode(errors="replace")
