"""The servers that are measured: each gives a URL of a LUN and the process that serves it."""

import pathlib
import shutil
import subprocess
import sys
import tempfile

sys.path.append(str(pathlib.Path(__file__).resolve().parents[2] / "itests" / "outside"))

from appliance import Appliance, Installation, accepts, free_port, run_tool, wait_until  # noqa: E402  the folder is not a package


# tgtd refuses larger numbers of its control socket.
CONTROL_PORTS = 32_000


class Tgt:
    """tgt of Debian with its defaults, 16 threads that read and write a file; only header digests are allowed as well."""

    name = "tgt"
    IQN = "iqn.2026-11.org.lunaria:bench-tgt"

    def __init__(self, size):
        self._folder = pathlib.Path(tempfile.mkdtemp(prefix="bench-tgt-"))
        self._port = free_port()
        self._control = self._port % CONTROL_PORTS
        self._process = None
        self._size = size

    def start(self):
        lun = self._folder / "lun"
        with lun.open("wb") as file:
            file.truncate(self._size)
        pathlib.Path("/run/tgtd").mkdir(exist_ok=True)
        with (self._folder / "log").open("wb") as log:
            self._process = subprocess.Popen(
                ["tgtd", "-f", "-C", str(self._control), "--iscsi", f"portal=127.0.0.1:{self._port}"],
                stdin=subprocess.DEVNULL, stdout=log, stderr=log)
        wait_until(lambda: accepts(self._port), "tgtd to listen")
        self._administer("target", "new", "-T", self.IQN)
        self._administer("logicalunit", "new", "--lun", "1", "-b", lun)
        self._administer("target", "bind", "-I", "ALL")
        self._administer("target", "update", "--name", "HeaderDigest", "--value", "CRC32C,None")

    def _administer(self, mode, operation, *words):
        run_tool("tgtadm", "-C", self._control, "--lld", "iscsi", "--mode", mode, "--op", operation, "--tid", 1, *words)

    @property
    def url(self):
        return f"iscsi://127.0.0.1:{self._port}/{self.IQN}/1"

    @property
    def pid(self):
        return self._process.pid

    def stop(self):
        if self._process is not None:
            # It does not end by SIGTERM while it has a target.
            self._process.kill()
            self._process.wait(timeout=20)
        shutil.rmtree(self._folder, ignore_errors=True)


class Lunaria:
    """The appliance as it is built, with its defaults and a volume of the file kind."""

    name = "lunaria"

    def __init__(self, size, archive):
        self._size = size
        self._appliance = Appliance(archive)

    def start(self):
        self._appliance.start()
        self._appliance.create_volume("bench", self._size)
        self.pid = self._appliance.pid()
        self.url = self._appliance.url("bench")

    def stop(self):
        self._appliance.remove()


class Running:
    """A server that somebody else has started: NAME=URL@PID."""

    def __init__(self, text):
        self.name, _, rest = text.partition("=")
        self.url, _, pid = rest.rpartition("@")
        if not self.name or not self.url.startswith("iscsi://") or not pid.isdigit():
            raise ValueError(f"{text} is not NAME=iscsi://HOST:PORT/TARGET/LUN@PID")
        self.pid = int(pid)

    def start(self):
        pass

    def stop(self):
        pass
