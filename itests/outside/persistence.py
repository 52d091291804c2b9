"""What is still there after the appliance ended, cleanly or not."""

import json

from appliance import run_tool, wait_until


def check_configuration_and_data_survive_a_restart(appliance):
    survives(appliance, appliance.stop, pattern=0x5A)


def check_configuration_and_flushed_data_survive_kill_9(appliance):
    survives(appliance, appliance.kill, pattern=0xC3)


def check_a_volume_that_moves_survives_kill_9_and_arrives(appliance):
    appliance.create_volume("moving", "64M")
    qemu_io(appliance, "write -P 0x11 0 64M", "flush", target="moving")
    appliance.administer("volume:migrate", "moving", "--kind", "file", "--rate", "6M", "--detach")
    qemu_io(appliance, "write -P 0x22 0 4M", "write -P 0x22 60M 4M", "flush", target="moving")
    assert volume(appliance, "moving")["copy"]["state"] == "RUNNING"
    appliance.kill()
    appliance.start()
    verify = ["read -P 0x22 0 4M", "read -P 0x11 4M 56M", "read -P 0x22 60M 4M"]
    qemu_io(appliance, *verify, target="moving")
    wait_until(lambda: volume(appliance, "moving")["copy"] is None, "the volume to arrive", seconds=120)
    assert volume(appliance, "moving")["backend"]["backend.id"] != "moving"
    qemu_io(appliance, *verify, target="moving")


def volume(appliance, name):
    return json.loads(appliance.administer("volume:show", name, "--json"))


def survives(appliance, end, pattern):
    qemu_io(appliance, f"write -P {pattern} 1M 4M", "flush")
    before = identity(appliance), configuration(appliance)
    end()
    appliance.start()
    assert (identity(appliance), configuration(appliance)) == before, "the disk or the configuration is another"
    qemu_io(appliance, f"read -P {pattern} 1M 4M")


def qemu_io(appliance, *commands, target="disk"):
    words = [word for command in commands for word in ("-c", command)]
    output = run_tool("qemu-io", "-f", "raw", *words, appliance.url(target))
    assert "verification failed" not in output, output


def identity(appliance):
    """The unit serial number and the device identification, as an initiator reads them."""
    return [run_tool("iscsi-inq", "-e", 1, "-c", page, appliance.url("disk")) for page in (0x80, 0x83)]


def configuration(appliance):
    return {file.name: file.read_text() for file in (appliance.home / "etc").glob("org.lunaria.*.cfg")}
