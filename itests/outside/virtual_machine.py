"""The Java virtual machine: what an administrator may tell it, and how it ends when it must."""

import contextlib
import json
import os
import signal

from appliance import Appliance, has_ended, run_tool, wait_until

MIB = 1 << 20
LACKS_MEMORY = 3


def check_own_options_win_and_survive_a_renewal(appliance):
    with another(appliance, "-Xmx200m", "-XX:-UseSerialGC", "-XX:+UseParallelGC") as other:
        run_tool(appliance.home / "bin" / "install", other.home)
        other.start()
        health = json.loads(other.administer("appliance:status", "--json"))
        # A collector does not count the room that it copies survivors to.
        assert 150 * MIB < health["consumption"]["heapLimitBytes"] <= 200 * MIB, health


def check_lack_of_memory_ends_the_process(appliance):
    with another(appliance, "-Xms8m", "-Xmx10m") as other:
        result = other.lunaria("run")
        assert result.returncode == LACKS_MEMORY, result
        assert "OutOfMemoryError" in result.stdout + result.stderr, result


def check_crash_leaves_one_report_for_its_owner_and_no_image(appliance):
    with another(appliance) as other:
        other.start()
        pid = other.pid()
        os.kill(pid, signal.SIGSEGV)
        wait_until(lambda: has_ended(pid), f"process {pid} to end")
        report = other.home / "data" / "log" / "crash.log"
        assert "SIGSEGV" in report.read_text() and report.stat().st_mode & 0o077 == 0, report.stat()
        assert not list(other.home.glob("*core*")), list(other.home.iterdir())
        assert not list(other.home.glob("hs_err*")), list(other.home.iterdir())
        other.start()


@contextlib.contextmanager
def another(appliance, *options):
    """A second installation, with options added to its etc/jvm.options."""
    other = Appliance(appliance.archive)
    try:
        with (other.home / "etc" / "jvm.options").open("a") as file:
            file.writelines(f"{option}\n" for option in options)
        yield other
    finally:
        other.remove()
