"""What an appliance takes of the machine, looked at again and again."""

import dataclasses
import json
import os
import socket
import statistics
import struct

import machine

MIB = 1 << 20
ANSWER_SECONDS = 20


@dataclasses.dataclass(frozen=True)
class Vitals:
    """At one moment; seconds are since the first one."""

    seconds: float
    rss_mib: float
    heap_mib: float
    direct_mib: float
    threads: int
    files: int


@dataclasses.dataclass(frozen=True)
class Measure:
    """One of the vitals over a time: of each window a number, and how much larger the last may be than the first."""

    title: str
    field: str
    most_growth: float
    # What is garbage comes and goes; what is left at the lowest moment does not.
    of_window: object = statistics.median


MEASURES = [
    Measure("resident memory, MiB", "rss_mib", 32),
    # A collection may come right after each look: what new objects may take (-Xmn) is no growth.
    Measure("heap at its lowest, MiB", "heap_mib", 48, min),
    Measure("direct buffers, MiB", "direct_mib", 16),
    Measure("threads of the process", "threads", 4),
    Measure("open files and sockets", "files", 8),
]


@dataclasses.dataclass(frozen=True)
class Course:
    """How a measure went."""

    measure: Measure
    start: float
    middle: float
    end: float
    per_hour: float

    @property
    def grows(self):
        return self.end - self.start > self.measure.most_growth


def look(home, pid, seconds):
    """The virtual machine is asked through the socket of bin/lunaria exec, so that no program is started for it."""
    consumption = json.loads(_execute(home / "data" / "lunaria.sock", "appliance:status", "--json"))["consumption"]
    return Vitals(seconds, machine.memory_mib(pid, "VmRSS"), consumption["heapBytes"] / MIB,
                  consumption["directBytes"] / MIB, len(os.listdir(f"/proc/{pid}/task")),
                  len(os.listdir(f"/proc/{pid}/fd")))


def _execute(path, *words):
    """One command of the shell; org.lunaria.exec.client.Frame tells how the conversation goes."""
    output = b""
    with socket.socket(socket.AF_UNIX) as client:
        client.settimeout(ANSWER_SECONDS)
        client.connect(str(path))
        for word in words:
            client.sendall(struct.pack(">cI", b"A", len(word.encode())) + word.encode())
        client.sendall(struct.pack(">cI", b"R", 0))
        answer = client.makefile("rb")
        while True:
            kind, length = struct.unpack(">cI", _read(answer, 5))
            payload = _read(answer, length)
            if kind == b"X":
                assert payload == b"\0", f"{' '.join(words)} ended with {payload!r}"
                return output
            output += payload if kind == b"O" else b""


def _read(answer, length):
    found = answer.read(length)
    if len(found) < length:
        raise EOFError("it closed the socket")
    return found


def course(measure, samples, window_seconds):
    windows = {}
    for sample in samples:
        windows.setdefault(int(sample.seconds // window_seconds), []).append(getattr(sample, measure.field))
    # A window that the end cuts short says little.
    full = max(map(len, windows.values()))
    points = [((number + 0.5) * window_seconds, measure.of_window(values))
              for number, values in sorted(windows.items()) if 2 * len(values) > full]
    values = [value for _, value in points]
    slope = statistics.linear_regression(*zip(*points)).slope if len(points) > 1 else 0
    return Course(measure, values[0], values[len(values) // 2], values[-1], slope * 3600)
