"""What is still there after the appliance ended, cleanly or not."""

from appliance import run_tool


def check_configuration_and_data_survive_a_restart(appliance):
    survives(appliance, appliance.stop, pattern=0x5A)


def check_configuration_and_flushed_data_survive_kill_9(appliance):
    survives(appliance, appliance.kill, pattern=0xC3)


def survives(appliance, end, pattern):
    qemu_io(appliance, f"write -P {pattern} 1M 4M", "flush")
    before = identity(appliance), configuration(appliance)
    end()
    appliance.start()
    assert (identity(appliance), configuration(appliance)) == before, "the disk or the configuration is another"
    qemu_io(appliance, f"read -P {pattern} 1M 4M")


def qemu_io(appliance, *commands):
    words = [word for command in commands for word in ("-c", command)]
    output = run_tool("qemu-io", "-f", "raw", *words, appliance.url("disk"))
    assert "verification failed" not in output, output


def identity(appliance):
    """The unit serial number and the device identification, as an initiator reads them."""
    return [run_tool("iscsi-inq", "-e", 1, "-c", page, appliance.url("disk")) for page in (0x80, 0x83)]


def configuration(appliance):
    return {file.name: file.read_text() for file in (appliance.home / "etc").glob("org.lunaria.*.cfg")}
