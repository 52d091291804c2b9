"""What programs that others wrote see of a disk: libiscsi's tools and QEMU's block driver."""

import filecmp
import os
import re
import subprocess

from appliance import DEADLINE_SECONDS, run_tool

MEBIBYTE = 1 << 20


def check_discovery_lists_the_target_and_its_unit(appliance):
    listing = run_tool("iscsi-ls", "-s", f"iscsi://127.0.0.1:{appliance.port}")
    assert "iqn.2026-11.org.lunaria:disk" in listing, listing
    assert re.search(r"Lun:0 .*DIRECT_ACCESS", listing), listing


def check_inquiry_names_a_disk(appliance):
    inquiry = run_tool("iscsi-inq", appliance.url("disk"))
    assert "DIRECT_ACCESS" in inquiry, inquiry


def check_read_capacity_16_tells_the_size_of_the_volume(appliance):
    capacity = run_tool("iscsi-readcapacity16", appliance.url("disk"))
    assert f"Total size:{256 * MEBIBYTE}" in capacity, capacity


def check_random_image_comes_back_equal(appliance, image_mebibytes=200):
    source, back = appliance.folder / "source.img", appliance.folder / "back.img"
    with source.open("wb") as file:
        for _ in range(image_mebibytes):
            file.write(os.urandom(MEBIBYTE))
    convert("-n", source, appliance.url("disk"))
    convert(appliance.url("disk"), back)
    os.truncate(back, image_mebibytes * MEBIBYTE)
    assert filecmp.cmp(source, back, shallow=False), "the image that came back differs"
    source.unlink()
    back.unlink()


def check_many_deep_queues_of_large_writes_are_served(appliance):
    """Together they have 1.5 GiB under way, six times as much as there is memory for."""
    write = ["qemu-img", "bench", "-w", "-f", "raw", "-s", str(MEBIBYTE), "-d", "128", "-c", "128", appliance.url("disk")]
    writers = [subprocess.Popen(write, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
               for _ in range(12)]
    for each in writers:
        output, _ = each.communicate(timeout=DEADLINE_SECONDS)
        assert each.returncode == 0 and "TASK_SET_FULL" not in output, output


def check_stranger_is_not_admitted(appliance):
    appliance.administer("target:create", "closed")
    appliance.administer("target:map", "closed", "disk")
    result = subprocess.run(["iscsi-inq", appliance.url("closed")], capture_output=True, text=True, timeout=60)
    assert result.returncode != 0 and "DIRECT_ACCESS" not in result.stdout, result.stdout
    appliance.administer("target:delete", "closed", "--yes")


def convert(*words):
    run_tool("qemu-img", "convert", "-f", "raw", "-O", "raw", *words)
