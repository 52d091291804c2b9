"""Engine and transport inside a program of somebody else, on a Java virtual machine without OSGi: examples/embedded."""

import pathlib
import subprocess

from appliance import run_tool
from remote import QemuIo

EXAMPLE = pathlib.Path(__file__).parents[2] / "examples" / "embedded" / "target"


def check_a_program_without_osgi_serves_a_disk(appliance):
    jars = [*EXAMPLE.glob("*.jar"), *sorted((EXAMPLE / "lib").glob("*.jar"))]
    assert jars, f"{EXAMPLE} was not built"
    assert not [jar for jar in jars if "osgi" in jar.name or "felix" in jar.name], jars
    command = ["java", "-cp", ":".join(map(str, jars)), "com.example.embedded.Embedded", "0", appliance.folder / "kept"]
    with open(appliance.folder / "embedded.log", "w") as log:
        program = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=log, text=True)
        try:
            word, url = program.stdout.readline().split()
            assert word == "ready", url
            assert "DIRECT_ACCESS" in run_tool("iscsi-inq", url)
            with QemuIo(url) as initiator:
                initiator.does("write -P 0xA5 1M 4M")
                initiator.does("flush")
                initiator.does("read -P 0xA5 1M 4M")
                initiator.does("read -P 0 0 1M")
            program.stdin.close()
            assert program.wait(timeout=60) == 0, f"it ended with {program.returncode}"
        finally:
            program.kill()
            program.wait()
