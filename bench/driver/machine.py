"""What the machine is, and what else it does."""

import os
import pathlib
import platform
import subprocess
import time

QUIET_CORES = 0.3
SAMPLE_SECONDS = 0.3

_TICKS = os.sysconf("SC_CLK_TCK")


def busy_seconds():
    """CPU time that the machine has spent since it started, the host's theft included."""
    user, nice, system, _, _, irq, softirq, steal = \
        map(int, pathlib.Path("/proc/stat").read_text().splitlines()[0].split()[1:9])
    return (user + nice + system + irq + softirq + steal) / _TICKS


def cpu_seconds(pid):
    """CPU time of a process so far."""
    fields = pathlib.Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / _TICKS


def memory_mib(pid, field="VmHWM"):
    """Resident memory of a process, its peak by default."""
    for line in pathlib.Path(f"/proc/{pid}/status").read_text().splitlines():
        if line.startswith(field + ":"):
            return int(line.split()[1]) / 1024
    return 0


class Patience:
    """Waits for a quiet machine, for a bounded time in all."""

    def __init__(self, seconds):
        self._left = seconds

    def wait_for_quiet(self):
        while self._left > 0:
            begun, busy = time.monotonic(), busy_seconds()
            time.sleep(SAMPLE_SECONDS)
            elapsed = time.monotonic() - begun
            if (busy_seconds() - busy) / elapsed < QUIET_CORES:
                return
            self._left -= elapsed


def _first_line(*words, error=False):
    try:
        result = subprocess.run(words, capture_output=True, text=True, timeout=20)
    except OSError:
        return "unknown"
    return ((result.stderr if error else result.stdout).splitlines() or ["unknown"])[0]


def _processor():
    for line in pathlib.Path("/proc/cpuinfo").read_text().splitlines():
        if line.startswith("model name"):
            return line.partition(":")[2].strip()
    return platform.machine()


def package_version(name):
    return _first_line("dpkg-query", "--show", "--showformat", "${Version}\n", name)


def describe(root, java):
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    return [
        f"date: {time.strftime('%Y-%m-%d %H:%M UTC', time.gmtime())}",
        f"sources: commit {_first_line('git', '-C', str(root), 'rev-parse', '--short', 'HEAD')}",
        f"machine: {os.cpu_count()} cores ({_processor()}), {memory:.0f} GiB, Linux {platform.release()}",
        f"Java: {_first_line(java, '-version', error=True)}",
        f"tgt {package_version('tgt')}, libiscsi {package_version('libiscsi7')}",
    ]
