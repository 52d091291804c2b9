"""Registration at an iSNS server: that of Open-iSNS, on a port and in a folder of its own."""

import contextlib
import subprocess

from appliance import accepts, free_port, run_tool, wait_until

PROGRAM = "/usr/sbin/isnsd"
ADMINISTRATION = "/usr/sbin/isnsadm"


class NameServer:
    def __init__(self, folder):
        self.port = free_port()
        folder.mkdir()
        self.configuration = folder / "isnsd.conf"
        self.configuration.write_text(f"""SourceName = iqn.2026-11.org.lunaria.test:isnsd
BindAddress = 127.0.0.1:{self.port}
ServerAddress = 127.0.0.1:{self.port}
ControlSocket = {folder}/control
PIDFile = {folder}/pid
LocalRegistry = {folder}/registry
Security = 0
SLPRegister = 0
DefaultDiscoveryDomain = 1
""")
        self.process = subprocess.Popen([PROGRAM, "-f", "-4", "-c", self.configuration], stdin=subprocess.DEVNULL,
                                        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        wait_until(lambda: accepts(self.port), "isnsd to listen")

    def shows(self, kind):
        return run_tool(ADMINISTRATION, "-c", self.configuration, "--local", "--list", kind)

    def end(self):
        self.process.terminate()
        self.process.wait(timeout=30)


@contextlib.contextmanager
def configured(appliance, text):
    """The configuration of the client, until it is again as it was."""
    file = appliance.home / "etc" / "org.lunaria.isns.cfg"
    before = file.read_text()
    file.write_text(text)
    try:
        yield
    finally:
        file.write_text(before)


def check_targets_are_registered_and_follow_every_change(appliance):
    folder = appliance.folder / "isns"
    server = NameServer(folder)
    try:
        with configured(appliance, f"servers = 127.0.0.1:{server.port}\nentity = outside\n"):
            wait_until(lambda: ":disk\"" in server.shows("nodes"), "target disk to be registered")
            assert f"{appliance.port}/tcp" in server.shows("portals"), server.shows("portals")
            wait_until(lambda: f"127.0.0.1:{server.port}: registered" in status(appliance), "status to say so")
            appliance.administer("target:create", "registered")
            wait_until(lambda: ":registered\"" in server.shows("nodes"), "a new target to be registered")
            appliance.administer("target:delete", "registered", "--yes")
            wait_until(lambda: ":registered\"" not in server.shows("nodes"), "a deleted target to go")
        wait_until(lambda: not server.shows("entities").strip(), "everything to be deregistered")
    finally:
        server.end()


def check_stop_takes_the_registration_back(appliance):
    server = NameServer(appliance.folder / "isns-stop")
    try:
        with configured(appliance, f"servers = 127.0.0.1:{server.port}\nentity = outside\n"):
            wait_until(lambda: ":disk\"" in server.shows("nodes"), "target disk to be registered")
            appliance.stop()
            assert not server.shows("entities").strip(), server.shows("entities")
        appliance.start()
    finally:
        server.end()


def check_server_that_is_away_and_wrong_settings_are_told(appliance):
    port = free_port()
    with configured(appliance, f"servers = 127.0.0.1:{port}\nentity = outside\n"):
        wait_until(lambda: f"127.0.0.1:{port}: It cannot be reached" in status(appliance), "status to say so")
    with configured(appliance, "servers = 127.0.0.1:99999\n"):
        wait_until(lambda: "give HOST, HOST:PORT" in status(appliance), "status to say what is wrong")
    wait_until(lambda: "HOST:PORT" not in status(appliance), "status to forget it")


def status(appliance):
    return appliance.lunaria("exec", "appliance:status").stdout
