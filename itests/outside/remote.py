"""A volume on an NBD server, nbdkit: one that dies while it is used, and how much of what is under way it gets at a time."""

import contextlib
import re
import signal
import subprocess
import time

from appliance import DEADLINE_SECONDS, accepts, free_port, run_tool, wait_until

PROMPT = "qemu-io> "
DEPTH = 32

# It keeps writes in its memory until a flush.
FORGETFUL = (["--filter=cache"], ["cache=writeback"])


class NbdServer:
    def __init__(self, folder, filters=FORGETFUL[0], parameters=FORGETFUL[1]):
        folder.mkdir()
        self.filters = filters
        self.parameters = parameters
        self.port = free_port()
        self.image = folder / "disk.img"
        with open(self.image, "wb") as image:
            image.truncate(64 << 20)
        self.process = None
        self.start()

    def start(self):
        command = ["nbdkit", "-f", "-i", "127.0.0.1", "-p", str(self.port), "-e", "disk", *self.filters, "file",
                   str(self.image), *self.parameters]
        self.process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
                                        stderr=subprocess.DEVNULL)
        wait_until(lambda: accepts(self.port), "nbdkit to listen")

    def kill(self):
        self.process.kill()
        self.process.wait(timeout=30)


@contextlib.contextmanager
def served(appliance, name, program=FORGETFUL, connections=1):
    server = NbdServer(appliance.folder / f"nbd-{name}", *program)
    try:
        uri = f"uri=nbd://127.0.0.1:{server.port}/disk"
        appliance.administer("volume:create", name, "--kind", "remote", "--set", uri, "--set",
                             f"connections={connections}")
        appliance.administer("target:create", name)
        appliance.administer("target:map", name, name, "--lun", 0)
        appliance.administer("target:allow", name, "any")
        yield server
    finally:
        server.kill()


def check_a_flush_covers_what_a_killed_server_had_forgotten(appliance):
    with served(appliance, "remote-flush") as server:
        with QemuIo(appliance.url("remote-flush")) as initiator:
            initiator.does("write -P 0xA5 1M 4M")
            assert not any(written_at(server, 1 << 20)), "the server was to keep it in its memory"
            server.kill()
            server.start()
            initiator.does("flush")
            assert set(written_at(server, 1 << 20)) == {0xA5}, "the flush was a lie"
            initiator.does("read -P 0xA5 1M 4M")


def check_a_server_that_is_killed_under_load_costs_no_error(appliance):
    with served(appliance, "remote-load") as server:
        command = ["qemu-img", "bench", "-w", "-c", "30000", "-d", "32", "-s", "4096", "--pattern=90", "-f", "raw",
                   appliance.url("remote-load")]
        load = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
                                text=True)
        killed = 0
        while load.poll() is None and killed < 3:
            time.sleep(0.5)
            server.kill()
            server.start()
            killed += 1
        output, _ = load.communicate(timeout=DEADLINE_SECONDS)
        assert load.returncode == 0, output
        output = run_tool("qemu-io", "-f", "raw", "-c", "read -P 90 0 32M", appliance.url("remote-load"))
        assert "verification failed" not in output, output


def check_a_server_that_stands_still_keeps_no_other_volume_from_memory(appliance):
    """Two sessions, with more writes under way than there is memory for."""
    with served(appliance, "remote-still") as server, contextlib.ExitStack() as ends:
        write = ["qemu-img", "bench", "-w", "-f", "raw", "-s", 1 << 20, "-d"]
        server.process.send_signal(signal.SIGSTOP)
        ends.callback(server.process.send_signal, signal.SIGCONT)
        still = [subprocess.Popen([*map(str, [*write, 128, "-c", 256, appliance.url("remote-still")])],
                                  stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
                 for _ in range(2)]
        ends.callback(lambda: [each.kill() for each in still if each.poll() is None])
        wait_until(lambda: buffers_used(appliance) > 90 << 20, "its writes to take most of the memory")
        run_tool(*write, 32, "-c", 500, appliance.url("disk"), timeout=30)
        run_tool("qemu-img", "bench", "-f", "raw", "-s", 4096, "-d", 32, "-c", 5000, appliance.url("disk"), timeout=30)
        assert all(each.poll() is None for each in still), [each.communicate()[0] for each in still if each.poll() is not None]
        server.process.send_signal(signal.SIGCONT)
        for each in still:
            output, _ = each.communicate(timeout=DEADLINE_SECONDS)
            assert each.returncode == 0, output


def buffers_used(appliance):
    return int(re.search(r"(\d+) of \d+ bytes of buffers", appliance.administer("appliance:status"))[1])


def check_all_that_an_initiator_has_under_way_is_with_the_server(appliance):
    assert most_requests_at_a_time(appliance, "remote-depth", connections=1) == DEPTH


def check_several_connections_share_what_is_under_way(appliance):
    assert most_requests_at_a_time(appliance, "remote-depths", connections=4) == DEPTH


def most_requests_at_a_time(appliance, name, connections):
    """As a server has it in its log that takes 20 ms for each."""
    log = appliance.folder / f"{name}.log"
    program = (["-t", "64", "--filter=log", "--filter=delay"], [f"logfile={log}", "rdelay=20ms"])
    with served(appliance, name, program, connections):
        run_tool("qemu-img", "bench", "-c", 1000, "-d", DEPTH, "-s", 4096, "-f", "raw", appliance.url(name))
    of_connections = set()
    most = under_way = 0
    for line in log.read_text().splitlines():
        event = re.search(r"connection=(\d+) (\.\.\.)?Read ", line)
        if event:
            of_connections.add(event[1])
            under_way += -1 if event[2] else 1
            most = max(most, under_way)
    assert len(of_connections) == connections, f"{len(of_connections)} connections were used, not {connections}"
    return most


def written_at(server, offset):
    with open(server.image, "rb") as image:
        image.seek(offset)
        return image.read(4 << 20)


class QemuIo:
    """An initiator that stays logged in between its commands."""

    def __init__(self, url, environment=None):
        self.process = subprocess.Popen(["qemu-io", "-t", "writeback", "-f", "raw", url], env=environment,
                                        stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
        self.until_prompt()

    def does(self, command):
        self.process.stdin.write(f"{command}\n")
        self.process.stdin.flush()
        output = self.until_prompt()
        assert "failed" not in output and "error" not in output, f"{command}: {output}"

    def until_prompt(self):
        output = ""
        while not output.endswith(PROMPT):
            byte = self.process.stdout.read(1)
            assert byte, output
            output += byte
        return output

    def __enter__(self):
        return self

    def __exit__(self, *problem):
        self.process.stdin.close()
        self.process.wait(timeout=DEADLINE_SECONDS)
