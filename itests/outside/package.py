"""The package for Debian and the service, each on a machine of its own."""

import contextlib
import pathlib
import re
import subprocess
import tempfile

from appliance import run_tool, wait_until
from machine import Machine

URL = "iscsi://127.0.0.1:3260/iqn.2026-11.org.lunaria:disk/0"
ETC, DATA, PORTAL = "/etc/lunaria", "/var/lib/lunaria", "/etc/lunaria/org.lunaria.portal-default.cfg"
OPTIONS, BACKUPS = f"{ETC}/jvm.options", "/var/backups/lunaria"


def check_package_is_made_as_debian_wants_it(appliance):
    package = package_of(appliance)
    said = run_tool("dpkg-deb", "--info", package)
    for field in ("Package: lunaria", "Architecture: all", "java17-runtime-headless"):
        assert field in said, said
    verdicts = run_tool("lintian", "--allow-root", "--fail-on", "none", "--suppress-tags",
                        "no-changelog,embedded-library", package)
    errors = [line for line in verdicts.splitlines() if line.startswith("E: ")]
    assert not errors, errors


def check_package_installs_serves_and_goes(appliance):
    with machine_with(package_of(appliance)) as machine:
        expect_owners(machine)
        serve_a_volume(machine)
        log = machine.read("/var/log/lunaria/lunaria.log")
        assert "\tat " not in log, f"the log has a stack: {log[:500]}"
        refused = machine.run("lunaria", "install", status=1)
        assert "apt remove lunaria" in refused and len(refused.splitlines()) == 1, refused
        machine.run("dpkg", "--remove", "lunaria")
        assert not machine.exists("/usr/share/lunaria") and not machine.exists("/usr/bin/lunaria")
        assert machine.exists(f"{DATA}/volumes/disk.img") and machine.exists(f"{ETC}/org.lunaria.unit-disk.cfg")
        said = machine.run("dpkg", "--purge", "lunaria")
        assert machine.exists(f"{DATA}/volumes/disk.img") and DATA in said, said
        for gone in (ETC, "/var/log/lunaria", f"{DATA}/cache", "/var/backups/lunaria", "/run/lunaria"):
            assert not machine.exists(gone), f"{gone} is left"


def check_package_upgrade_keeps_all_and_can_be_taken_back(appliance):
    with tempfile.TemporaryDirectory(prefix="lunaria-package-") as folder:
        older = previous_build(package_of(appliance), pathlib.Path(folder))
        with machine_with(older) as machine:
            serve_a_volume(machine)
            options = machine.read(OPTIONS) + "# mine\n"
            machine.write(OPTIONS, options)
            machine.run("lunaria", "exec", "portal:set default port=3261")
            machine.take(package_of(appliance), "/tmp/lunaria.deb")
            machine.run("dpkg", "--install", "--force-confdef", "--force-confold", "/tmp/lunaria.deb")
            assert version(machine) == version_of(package_of(appliance))
            assert machine.read(OPTIONS) == options and not machine.exists("/usr/share/lunaria/lib/older")
            assert "port = 3261" in machine.read(PORTAL), machine.read(PORTAL)
            url = URL.replace("3260", "3261")
            expect_bytes(machine, url, 0x5A)
            expect_owners(machine)
            expect_private_backup(machine)
            machine.run("lunaria", "exec", "volume:create later --kind file --size 16M")
            said = machine.run("lunaria", "rollback-upgrade", "--yes")
            assert "org.lunaria.unit-later.cfg" in said, said
            assert version(machine) == version_of(older) and machine.exists("/usr/share/lunaria/lib/older")
            assert machine.read(OPTIONS) == options
            assert not machine.exists(f"{ETC}/org.lunaria.unit-later.cfg") and machine.exists(f"{DATA}/volumes/later.img")
            expect_bytes(machine, url, 0x5A)
            machine.run("lunaria", "rollback-upgrade", "--yes")
            assert version(machine) == version_of(package_of(appliance))
            assert machine.exists(f"{ETC}/org.lunaria.unit-later.cfg")
            assert machine.run("dpkg", "--verify", "lunaria") == f"??5?????? c {OPTIONS}\n"


def check_upgrade_that_cannot_be_taken_back_is_not_begun(appliance):
    with machine_with(package_of(appliance)) as machine:
        machine.run("lunaria", "start")
        machine.shell("mkdir -p /var/backups/lunaria && mount -t tmpfs -o size=4m small /var/backups/lunaria")
        said = machine.run("dpkg", "--install", "/tmp/lunaria.deb", status=1)
        assert "No space left" in said, said
        assert machine.run("lunaria", "status").startswith("lunaria: running"), said


def check_archive_becomes_a_service_and_goes(appliance):
    with unpacked(appliance) as (machine, lunaria):
        machine.run(lunaria, "install")
        expect_owners(machine)
        unit = machine.read("/etc/systemd/system/lunaria.service")
        assert "ExecStart=/opt/lunaria/bin/lunaria run\n" in unit and "@" not in unit.replace("@system-service", ""), unit
        machine.run("systemd-analyze", "verify", "/etc/systemd/system/lunaria.service")
        serve_a_volume(machine)
        machine.run("lunaria", "exec", "portal:set default port=3261")
        said = machine.run(lunaria, "install")
        assert "/var/backups/lunaria/" in said and "serving" in said, said
        expect_bytes(machine, URL.replace("3260", "3261"), 0x5A)
        machine.run("lunaria", "rollback-upgrade", "--yes")
        expect_bytes(machine, URL.replace("3260", "3261"), 0x5A)
        machine.run("lunaria", "uninstall")
        assert not machine.exists("/opt/lunaria") and not machine.exists("/usr/local/bin/lunaria")
        assert not machine.exists("/etc/systemd/system/lunaria.service")
        assert machine.exists(f"{DATA}/volumes/disk.img") and machine.exists(f"{ETC}/org.lunaria.unit-disk.cfg")
        machine.run(lunaria, "install")
        asked = machine.run("lunaria", "uninstall", "--purge", status=1)
        assert "1 volumes" in asked and "--yes" in asked and machine.exists(f"{DATA}/volumes/disk.img"), asked
        machine.run("lunaria", "uninstall", "--purge", "--yes")
        assert not machine.exists(ETC) and not machine.exists(DATA)


def check_service_is_installed_into_another_root(appliance):
    """As for an image: the user's number there may be another one here, and nothing here changes."""
    with unpacked(appliance) as (machine, lunaria):
        machine.shell("mkdir -p /tmp/image/etc /tmp/image/usr/lib/systemd"
                      " && echo 'root:x:0:0::/root:/bin/sh' >/tmp/image/etc/passwd"
                      " && printf 'root:x:0:\\nother:x:999:\\n' >/tmp/image/etc/group")
        for _ in range(2):
            machine.run(lunaria, "install", "--root", "/tmp/image")
        user = re.search("^lunaria:[^:]*:([0-9]+):([0-9]+):", machine.read("/tmp/image/etc/passwd"), re.MULTILINE)
        assert user and user.group(2) != "999", machine.read("/tmp/image/etc/passwd")
        owners = machine.run("stat", "-c", "%u:%g", f"/tmp/image{ETC}", f"/tmp/image{PORTAL}", f"/tmp/image{DATA}").split()
        assert set(owners) == {":".join(user.groups())}, owners
        assert machine.run("readlink", "/tmp/image/usr/local/bin/lunaria") == "/opt/lunaria/bin/lunaria\n"
        for path in (ETC, DATA, "/opt/lunaria", "/etc/systemd/system/lunaria.service"):
            assert not machine.exists(path), path
        machine.run(lunaria, "uninstall", "--root", "/tmp/image", "--purge", "--yes")
        left = machine.run("find", "/tmp/image", "-type", "f").split()
        assert all("lunaria" not in path for path in left), left


def check_mistakes_of_installing_get_a_sentence(appliance):
    with unpacked(appliance) as (machine, lunaria):
        for words, hint in ((["install", "--prefix", "opt"], "/opt/lunaria"), (["install", "--root", "/tmp"], "etc/passwd"),
                            (["uninstall"], "no service"), (["rollback-upgrade"], "bin/install")):
            said = machine.run(lunaria, *words, status=1)
            assert hint in said and len(said.splitlines()) == 1, said
        said = machine.run(lunaria, "install", user="nobody", status=1)
        assert "as root" in said, said


@contextlib.contextmanager
def machine_with(package):
    machine = Machine()
    try:
        machine.take(package, "/tmp/lunaria.deb")
        machine.run("dpkg", "--install", "/tmp/lunaria.deb")
        yield machine
    finally:
        machine.remove()


@contextlib.contextmanager
def unpacked(appliance):
    machine = Machine()
    try:
        machine.take(appliance.archive, "/tmp/lunaria.tar.gz")
        machine.shell("mkdir /tmp/unpacked && tar -xzf /tmp/lunaria.tar.gz --strip-components=1 -C /tmp/unpacked")
        yield machine, "/tmp/unpacked/bin/lunaria"
    finally:
        machine.remove()


def package_of(appliance):
    packages = list(appliance.archive.parent.glob("lunaria_*_all.deb"))
    assert len(packages) == 1, f"one package was expected beside {appliance.archive}: {packages}"
    return packages[0]


def previous_build(package, folder):
    """The same with a lower version, a file more, and other text in a file of the configuration."""
    tree, older = folder / "tree", folder / "older.deb"
    run_tool("dpkg-deb", "--raw-extract", package, tree)
    control = tree / "DEBIAN" / "control"
    control.write_text(re.sub("(?m)^Version: .*$", "Version: 0.0.9", control.read_text()))
    (tree / "usr/share/lunaria/lib/older").write_text("of the previous build\n")
    for options in (tree / "etc/lunaria/jvm.options", tree / "usr/share/lunaria/lib/etc/jvm.options"):
        options.write_text("# as the previous build shipped it\n" + options.read_text())
    (tree / "DEBIAN/md5sums").unlink()
    run_tool("dpkg-deb", "--root-owner-group", "-Znone", "--build", tree, older)
    return older


def version_of(package):
    return run_tool("dpkg-deb", "--field", package, "Version").strip()


def version(machine):
    return machine.run("dpkg-query", "--show", "--showformat=${Version}", "lunaria")


def serve_a_volume(machine):
    machine.run("lunaria", "start")
    for command in ("volume:create disk --kind file --size 64M", "target:create disk", "target:map disk disk --lun 0",
                    "target:allow disk any"):
        machine.run("lunaria", "exec", command)
    assert machine.run("ps", "-o", "user=", "-C", "java") == "lunaria\n"
    said = machine.run("lunaria", "status", user="nobody", status=1)
    assert "as root" in said, said
    machine.run("qemu-io", "-f", "raw", "-c", "write -P 0x5a 1M 1M", "-c", "flush", URL)
    expect_bytes(machine, URL, 0x5A)


def expect_bytes(machine, url, pattern):
    def comes_back():
        with contextlib.suppress(AssertionError):
            return "verification failed" not in machine.run("qemu-io", "-r", "-f", "raw", "-c", f"read -P {pattern} 1M 1M", url)
        return False
    wait_until(comes_back, f"{url} to read as it was written")


def expect_owners(machine):
    """What the service may write is its user's, and closed to others; the program is root's."""
    for folder in (ETC, DATA, "/var/log/lunaria"):
        assert machine.run("stat", "-c", "%U:%G %a", folder) == "lunaria:lunaria 750\n", folder
    foreign = machine.run("find", ETC, DATA, "-xdev", "!", "-user", "lunaria", "!", "-type", "l")
    assert not foreign, foreign
    program = "/usr/share/lunaria" if machine.exists("/usr/share/lunaria") else "/opt/lunaria"
    assert not machine.run("find", program, "(", "!", "-user", "root", "-o", "-perm", "/022", "!", "-type", "l", ")"), program


def expect_private_backup(machine):
    """Its configuration has secrets in it: root's alone, folders and files."""
    kept = machine.run("find", BACKUPS, "-name", "configuration.tar").split()
    assert kept, machine.run("find", BACKUPS)
    for path in (BACKUPS, *{str(pathlib.PurePath(file).parent) for file in kept}):
        assert machine.run("stat", "-c", "%U %a", path) == "root 700\n", path
    for file in kept:
        assert machine.run("stat", "-c", "%U %a", file) == "root 600\n", file
