"""An appliance that was laid out from the built archive in a folder of its own, and how to speak to it."""

import os
import pathlib
import shutil
import socket
import subprocess
import tempfile
import time

DEADLINE_SECONDS = 120


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class Installation:
    """An appliance in its folder, whoever laid it out, and how to speak to it."""

    def __init__(self, home, port, environment=None):
        self.home = pathlib.Path(home)
        self.port = port
        self._environment = {**os.environ, **(environment or {})}

    def lunaria(self, *words):
        """Runs bin/lunaria; the result has returncode, stdout and stderr."""
        command = [self.home / "bin" / "lunaria", *map(str, words)]
        return subprocess.run(command, env=self._environment, stdin=subprocess.DEVNULL, capture_output=True, text=True,
                              errors="replace", timeout=DEADLINE_SECONDS)

    def administer(self, *words):
        """One command of the shell that must succeed; its output."""
        result = self.lunaria("exec", *words)
        assert result.returncode == 0, f"{' '.join(map(str, words))}: {result.stderr.strip() or result.stdout.strip()}"
        return result.stdout

    def pid(self):
        return int((self.home / "data" / "lunaria.pid").read_text())

    def url(self, target, lun=0):
        return f"iscsi://127.0.0.1:{self.port}/iqn.2026-11.org.lunaria:{target}/{lun}"

    def create_volume(self, name, size="64M"):
        """A volume, and a target of the same name that admits anyone."""
        self.administer("volume:create", name, "--kind", "file", "--size", size)
        self.administer("target:create", name)
        self.administer("target:map", name, name, "--lun", 0)
        self.administer("target:allow", name, "any")


class Appliance(Installation):
    """One that is tested. The blank in its path, and the empty home of its user, are part of the test."""

    def __init__(self, archive):
        self.archive = archive
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="lunaria-"))
        self.user_home = self.folder / "user"
        super().__init__(self.folder / "the appliance", free_port(), {"HOME": str(self.user_home)})
        self.home.mkdir()
        self.user_home.mkdir()
        subprocess.run(["tar", "-xzf", archive, "--strip-components=1", "-C", self.home], check=True)
        self.changed = []
        self._set("org.lunaria.portal-default.cfg", "port", self.port)
        self._set("org.apache.karaf.shell.cfg", "sshPort", free_port())

    def _set(self, name, key, value):
        file = self.home / "etc" / name
        self.changed.append(name)
        lines = [line for line in file.read_text().splitlines() if not line.replace(" ", "").startswith(key + "=")]
        file.write_text("\n".join([*lines, f"{key} = {value}", ""]))

    def start(self):
        result = self.lunaria("start")
        assert result.returncode == 0, result.stderr
        wait_until(lambda: accepts(self.port), f"port {self.port} to listen")

    def stop(self):
        result = self.lunaria("stop")
        assert result.returncode == 0, result.stderr

    def kill(self):
        """As a crash: no signal handler runs."""
        pid = self.pid()
        os.kill(pid, 9)
        wait_until(lambda: has_ended(pid), f"process {pid} to end")

    def remove(self):
        self.lunaria("stop")
        shutil.rmtree(self.folder)


def accepts(port):
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


def has_ended(pid):
    try:
        return ") Z " in pathlib.Path(f"/proc/{pid}/stat").read_text()
    except FileNotFoundError:
        return True


def wait_until(condition, what, seconds=30):
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, f"waited {seconds} s for {what}"
        time.sleep(0.05)


def run_tool(*words, timeout=DEADLINE_SECONDS):
    """An outside program that must succeed; what it printed."""
    result = subprocess.run(list(map(str, words)), stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                            stderr=subprocess.STDOUT, text=True, errors="replace", timeout=timeout)
    assert result.returncode == 0, f"{words[0]}: {result.stdout.strip()[-300:]}"
    return result.stdout
