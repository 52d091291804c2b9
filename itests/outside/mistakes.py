"""An administrator's mistakes: each gets one clear sentence, leaves nothing behind, and costs nobody else."""

import socket
import subprocess

from appliance import free_port, run_tool, wait_until
from persistence import configuration


def check_negative_size_is_refused(appliance):
    refused(appliance, ["size"], "volume:create", "wrong", "--kind", "file", "--size", "-1")


def check_unknown_key_is_refused(appliance):
    refused(appliance, ["colour"], "volume:create", "wrong", "--kind", "file", "--size", "1M", "--set", "colour=red")


def check_path_in_a_missing_folder_is_refused(appliance):
    refused(appliance, ["/nowhere"], "volume:create", "wrong", "--kind", "file", "--size", "1M", "--path", "/nowhere/a")


def check_second_volume_on_the_same_file_is_refused(appliance):
    (path,) = (appliance.home / "data").rglob("disk*.img")
    refused(appliance, ["disk"], "volume:create", "wrong", "--kind", "file", "--size", "256M", "--path", path)


def check_volume_of_a_server_that_is_away_is_refused(appliance):
    uri = f"nbd://127.0.0.1:{free_port()}/disk"
    refused(appliance, [f"uri = {uri}: ", "Connection refused", "see that the server runs"], "volume:create", "wrong",
            "--kind", "remote", "--set", f"uri={uri}")


def check_duplicate_names_are_refused(appliance):
    refused(appliance, ["disk"], "volume:create", "disk", "--kind", "file", "--size", "1M")
    refused(appliance, ["disk"], "target:create", "disk")
    refused(appliance, ["default"], "portal:create", "default", "127.0.0.1", "--port", appliance.port + 1)


def check_port_in_use_is_refused(appliance):
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        refused(appliance, [str(port)], "portal:create", "wrong", "127.0.0.1", "--port", port)


def check_unknown_command_is_refused(appliance):
    refused(appliance, ["volume:crate"], "volume:crate", "wrong")


def check_foreign_file_without_its_format_is_refused(appliance):
    theirs = appliance.home / "targets.conf"
    theirs.write_text("<target iqn.2026-11.org.example:x>\n    backing-store /srv/x.img\n</target>\n")
    refused(appliance, ["tgt's targets.conf", "--format tgt"], "appliance:import",
            theirs)
    theirs.unlink()


def check_folder_that_is_gone_is_told(appliance):
    script = 'mkdir "$0" && cd "$0" && rmdir "$0" && exec "$1" "$2" appliance:status'
    lunaria, gone = appliance.home / "bin" / "lunaria", appliance.home / "gone"
    asked = subprocess.run(["bash", "-c", script, gone, lunaria, "exec"], capture_output=True, text=True, check=False)
    said = asked.stderr.strip().splitlines()
    assert asked.returncode == 1 and said[-1] == "lunaria: the folder that you are in is gone; cd to another.", said
    assert "java" not in asked.stderr, asked.stderr
    still = subprocess.run(["bash", "-c", script, gone, lunaria, "status"], capture_output=True, text=True, check=False)
    assert still.returncode == 0 and "running" in still.stdout, still.stdout + still.stderr


def check_wrong_file_is_reported_and_harms_nothing(appliance):
    wrong = appliance.home / "etc" / "org.lunaria.portal-wrong.cfg"
    wrong.write_text("address = 127.0.0.1\nport = 99999\n")
    wait_until(lambda: "99999" in status(appliance), "appliance:status to name the port 99999")
    still_serves(appliance)
    wrong.unlink()
    wait_until(lambda: "99999" not in status(appliance), "appliance:status to forget the file")


def check_volume_that_cannot_be_opened_is_tried_until_it_can(appliance):
    etc, store = appliance.home / "etc", appliance.home / "mounted-late"
    unit, late = etc / "org.lunaria.unit-late.cfg", etc / "org.lunaria.backend.file-late.cfg"
    unit.write_text("backend.id = late\nserial = 00000000000001a7\nnaa = 30000000000001a7\n")
    late.write_text(f"backend.id = late\npath = {store}/late.img\ncreate = false\n")
    wait_until(lambda: str(store) in status(appliance), "appliance:status to name the folder that is missing")
    store.mkdir()
    with open(store / "late.img", "wb") as image:
        image.truncate(1 << 20)
    wait_until(lambda: str(store) not in status(appliance), "the volume to be opened by itself")
    still_serves(appliance)
    unit.unlink()
    late.unlink()


def status(appliance):
    result = appliance.lunaria("exec", "appliance:status")
    return result.stdout + result.stderr


def refused(appliance, mentions, *words):
    before = configuration(appliance)
    result = appliance.lunaria("exec", *words)
    said = (result.stderr or result.stdout).strip()
    assert result.returncode != 0, f"{words[0]} was taken: {said}"
    assert said and "\n" not in said and "Exception" not in said, f"not one clear sentence: {said}"
    assert all(mention in said for mention in mentions), f"does not name {mentions}: {said}"
    assert configuration(appliance) == before, "something was half made"
    still_serves(appliance)


def still_serves(appliance):
    run_tool("iscsi-inq", appliance.url("disk"))
