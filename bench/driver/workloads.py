"""What is measured: each workload is a way to call the load generator, or qemu-img for a second opinion."""

import dataclasses

KIB = 1024
MIB = 1024 * KIB


@dataclasses.dataclass(frozen=True)
class Workload:
    name: str
    block: int = 4 * KIB
    depth: int = 1
    sessions: int = 1
    reads: int = 100
    sequential: bool = False
    sync: bool = False
    header_digest: bool = False
    login: bool = False
    tool: str = "load"

    def load_arguments(self):
        if self.login:
            return ["--mode", "login"]
        numbers = {"sessions": self.sessions, "depth": self.depth, "block": self.block, "reads": self.reads}
        flags = {"sequential": self.sequential, "sync": self.sync, "header-digest": self.header_digest}
        return [word for name, value in numbers.items() for word in (f"--{name}", str(value))] \
            + [f"--{name}" for name, on in flags.items() if on]

    @property
    def writes(self):
        return self.reads < 100


LOAD = [
    Workload("read-4k-d1"),
    Workload("read-4k-d32", depth=32),
    Workload("write-4k-d1", reads=0),
    Workload("write-4k-d32", depth=32, reads=0),
    Workload("mix-4k-d32", depth=32, reads=70),
    Workload("seqread-128k-d8", 128 * KIB, 8, sequential=True),
    Workload("seqwrite-128k-d8", 128 * KIB, 8, reads=0, sequential=True),
    Workload("seqread-1m-d8", MIB, 8, sequential=True),
    Workload("seqwrite-1m-d8", MIB, 8, reads=0, sequential=True),
    Workload("read-4k-d32-header-digest", depth=32, header_digest=True),
    Workload("read-4k-16x4", depth=4, sessions=16),
    Workload("login", login=True),
    Workload("write-sync-4k-d4", depth=4, reads=0, sync=True),
]

QEMU = [
    Workload("qemu-read-4k-d32", depth=32, tool="qemu-img"),
    Workload("qemu-write-4k-d32", depth=32, reads=0, tool="qemu-img"),
]

ALL = {workload.name: workload for workload in [*LOAD, *QEMU]}

# Read and written before anything is measured, so that a just-in-time compiler has seen it all.
WARM_UP = [ALL["mix-4k-d32"], ALL["seqread-128k-d8"], ALL["seqwrite-1m-d8"], ALL["read-4k-16x4"], ALL["login"]]

# Written with stamps at random, read back meanwhile, and read as a whole in the end.
VERIFIED = [
    Workload("4 KiB, depth 32", depth=32, reads=50),
    Workload("64 KiB, 4 sessions of depth 8", 64 * KIB, 8, 4, reads=50),
    Workload("1 MiB, depth 8", MIB, 8, reads=50),
]
