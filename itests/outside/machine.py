"""A machine of its own: this one's root below an empty layer, with processes, network and mounts that nobody else sees.

All that is written to it lies in memory, and all that runs in it ends with it. Its name has no address.
"""

import pathlib
import subprocess
import tempfile

DEADLINE_SECONDS = 180

# Keeps the namespaces until its standard input ends. The size is a bound, and not taken.
HOLD = """
set -e
mount -t tmpfs -o size=2g,mode=0755 lunaria-test "$1"
mkdir "$1/upper" "$1/work" "$1/merged"
mount -t overlay overlay -o "lowerdir=/,upperdir=$1/upper,workdir=$1/work" "$1/merged"
for folder in proc run tmp; do mkdir -p "$1/merged/$folder"; done
mount -t proc proc "$1/merged/proc"
mount -t tmpfs run "$1/merged/run"
mount -t tmpfs tmp "$1/merged/tmp"
mount -t tmpfs dev "$1/merged/dev"
for device in null zero full random urandom tty; do
    touch "$1/merged/dev/$device"
    mount --bind "/dev/$device" "$1/merged/dev/$device"
done
ln -s /proc/self/fd "$1/merged/dev/fd"
printf '#!/bin/sh\\nexit 101\\n' >"$1/merged/usr/sbin/policy-rc.d"
chmod 0755 "$1/merged/usr/sbin/policy-rc.d"
ip link set lo up
hostname unknown-to-all
echo ready
exec cat
"""


class Machine:
    """Root makes it. Another kernel's rights are not asked for, and that they are lacking is a failure."""

    def __init__(self):
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="lunaria-machine-"))
        self.root = self.folder / "merged"
        self._holder = subprocess.Popen(
            ["unshare", "--mount", "--pid", "--net", "--uts", "--fork", "--kill-child", "--mount-proc",
             "bash", "-c", HOLD, "hold", str(self.folder)],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        if self._holder.stdout.readline() != "ready\n":
            reason = self._holder.communicate()[1].strip()
            self.remove()
            raise AssertionError(f"no root of its own could be made for the test, which needs the rights of root: {reason}")
        children = pathlib.Path(f"/proc/{self._holder.pid}/task/{self._holder.pid}/children").read_text().split()
        self._inside = children[0]

    def run(self, *words, user=None, status=0, text=None, environment=None):
        """A command inside that ends with this status; what it printed, errors as well."""
        settings = [f"{key}={value}" for key, value in (environment or {}).items()]
        switch = ["runuser", "-u", user, "--"] if user else []
        command = ["nsenter", "--target", self._inside, "--mount", "--pid", "--net", "--uts",
                   f"--root=/proc/{self._inside}/root{self.root}", f"--wd=/proc/{self._inside}/root{self.root}", "env", "-i",
                   "PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin", "LC_ALL=C.UTF-8",
                   "DEBIAN_FRONTEND=noninteractive", *settings, *switch, *map(str, words)]
        feed = {"input": text} if text is not None else {"stdin": subprocess.DEVNULL}
        result = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, errors="replace",
                                timeout=DEADLINE_SECONDS, **feed)
        assert result.returncode == status, \
            f"{' '.join(map(str, words))} ended with {result.returncode}: {result.stdout.strip()[-600:]}"
        return result.stdout

    def shell(self, script, **options):
        return self.run("bash", "-euo", "pipefail", "-c", script, **options)

    def write(self, path, content):
        self.run("dd", f"of={path}", "status=none", text=content)

    def read(self, path):
        return self.run("cat", path)

    def exists(self, path):
        return self.run("bash", "-c", f"test -e '{path}' && echo yes || true") == "yes\n"

    def take(self, file, path):
        """Copies a file of the outside in."""
        with open(file, "rb") as source:
            subprocess.run(["nsenter", "--target", self._inside, "--mount", "dd", f"of={self.root}{path}", "status=none"],
                           stdin=source, check=True)

    def remove(self):
        """The end of the holder is the end of all that runs inside."""
        self._holder.kill()
        self._holder.wait()
        self.folder.rmdir()
