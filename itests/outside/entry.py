"""The command of the README: ./run."""

import os
import pathlib
import signal
import subprocess

from appliance import free_port, run_tool

RUN = pathlib.Path(__file__).resolve().parents[2] / "run"
START_SECONDS = 300


def check_run_detaches_and_may_be_repeated(appliance):
    """That the output ends shows that nothing which goes on running holds it open."""
    home, port = appliance.folder / "run home", free_port()
    try:
        first = run(home, port, "--detach")
        assert first.returncode == 0, first.stderr
        assert first.stdout.splitlines()[0] == f"ready {url(port)}", first.stdout
        run_tool("iscsi-inq", url(port))
        again = run(home, port, "--detach")
        assert again.returncode == 0 and again.stdout == first.stdout and "already running" in again.stderr, again
    finally:
        stop(home)


def check_run_in_the_foreground_stops_at_ctrl_c(appliance):
    home, port = appliance.folder / "run home", free_port()
    # Who runs these checks in the background may have it ignored, and what is started inherits that.
    process = subprocess.Popen(command(home, port), stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                               stderr=subprocess.PIPE, text=True, start_new_session=True,
                               preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL))
    try:
        assert process.stdout.readline() == f"ready {url(port)}\n"
        os.killpg(process.pid, signal.SIGINT)
        assert process.wait(START_SECONDS) == 0, process.stderr.read()
        assert subprocess.run([home / "bin" / "lunaria", "status"], capture_output=True).returncode == 3
    finally:
        process.kill()
        stop(home)
        process.communicate()


def check_run_names_a_port_in_use(appliance):
    result = run(appliance.folder / "other home", appliance.port, "--detach")
    assert result.returncode == 1 and f"port {appliance.port}" in result.stderr, result
    assert len(result.stderr.strip().splitlines()) == 1, result.stderr


def run(home, port, *options):
    return subprocess.run(command(home, port, *options), stdin=subprocess.DEVNULL, capture_output=True, text=True,
                          timeout=START_SECONDS)


def command(home, port, *options):
    return [RUN, "--home", home, "--portal", f"127.0.0.1:{port}", *options]


def stop(home):
    if (home / "bin" / "lunaria").exists():
        subprocess.run([home / "bin" / "lunaria", "stop"], capture_output=True, timeout=START_SECONDS)


def url(port):
    return f"iscsi://127.0.0.1:{port}/iqn.2026-11.org.lunaria:demo/0"
