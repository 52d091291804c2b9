"""The appliance as a program on its machine: bin/lunaria, what it listens on, what it leaves where."""

import json
import os
import pathlib
import subprocess
import time

import commands
from appliance import run_tool, wait_until
from remote import QemuIo

EXEC_SECONDS = 1.0
ERRORS_ON_PURPOSE = ["Error during instantiation", "its persistent reservations are lost"]

# So many lines under an error say why.
CAUSE_LINES = 3

# Of CHAP; nowhere else do these words stand.
RIGHT_SECRET, WRONG_SECRET, SHORT_SECRET = "the-right-Kx0Qm3", "the-wrong-Vb7Td9", "short-Pz4"
CHANGED_SECRET = "the-changed-Rf2Hn6"


def check_second_start_is_refused(appliance):
    for command in ("start", "run"):
        result = appliance.lunaria(command)
        assert result.returncode == 1 and "runs already" in result.stderr, result


def check_status_tells_that_it_runs(appliance):
    result = appliance.lunaria("status")
    assert result.returncode == 0 and f"pid {appliance.pid()}" in result.stdout, result


def check_exec_answers_soon(appliance):
    """The best of three; well under half a second where nothing else runs."""
    durations = []
    for _ in range(3):
        before = time.monotonic()
        appliance.administer("volume:list")
        durations.append(time.monotonic() - before)
    assert min(durations) < EXEC_SECONDS, f"took {min(durations):.2f} s"


def check_failing_command_has_an_exit_status_and_a_sentence(appliance):
    result = appliance.lunaria("exec", "volume:show", "nosuch")
    assert result.returncode != 0 and "nosuch" in result.stderr + result.stdout, result


def check_listens_on_the_loopback_address_only(appliance):
    open_files = pathlib.Path(f"/proc/{appliance.pid()}/fd").iterdir()
    inodes = {file.readlink().name for file in open_files if file.is_symlink()}
    listening = [address for address, inode in listeners() if f"socket:[{inode}]" in inodes]
    assert listening, "nothing listens"
    loopback = ("0100007F", "0" * 24 + "01000000", "0000000000000000FFFF00000100007F")
    assert all(address in loopback for address in listening), listening


def listeners():
    """Address in the kernel's hexadecimal and inode of each listening TCP socket of this machine."""
    for name in ("/proc/net/tcp", "/proc/net/tcp6"):
        for line in pathlib.Path(name).read_text().splitlines()[1:]:
            fields = line.split()
            if fields[3] == "0A":
                yield fields[1].split(":")[0], fields[9]


def check_secrets_are_readable_by_the_owner_only(appliance):
    for name in ("etc/lunaria.key", "data/lunaria.sock"):
        mode = (appliance.home / name).stat().st_mode & 0o077
        assert mode == 0, f"{name} is open to others"
    folders = [appliance.home / "data" / name for name in ("history", "cache", "volumes", "saved")]
    kept = [file for folder in folders for file in folder.rglob("*")]
    kept += (appliance.home / "etc").glob("org.lunaria.account*")
    open_to_others = [str(file) for file in kept if is_open_to_others(file)]
    assert not open_to_others, open_to_others[:5]


def check_no_secret_is_told(appliance):
    """Those of the checks before, and some that are right, wrong, and refused: by nothing that others can read or are given."""
    # Not the oldest: it goes when a version comes.
    before = json.loads(appliance.administer("appliance:history", "--json"))[-1]["number"]
    use_secrets(appliance)
    words = (commands.SECRET, RIGHT_SECRET, WRONG_SECRET, SHORT_SECRET, CHANGED_SECRET)
    told = {" ".join(command): appliance.administer(*command) for command in (
        ["appliance:export"], ["account:list", "--json"], ["target:show", "told", "--json"], ["appliance:history", "--json"],
        ["appliance:events", "--last", "1000"], ["appliance:diff", str(before)])}
    told |= {str(file): text_of(file) for file in (appliance.home / "data" / "log").iterdir()}
    process = pathlib.Path(f"/proc/{appliance.pid()}")
    told |= {str(file): text_of(file) for file in (process / "cmdline", *process.glob("task/*/comm"))}
    told |= {str(file): text_of(file) for file in appliance.home.rglob("*") if is_open_to_others(file)}
    tellers = [teller for teller, text in told.items() if any(word in text for word in words)]
    assert not tellers, tellers
    assert CHANGED_SECRET in appliance.administer("appliance:export", "--with-secrets"), "this check looks for another secret"
    appliance.administer("target:delete", "told", "--yes")
    appliance.administer("account:delete", "told")


def use_secrets(appliance):
    """An account whose initiator logs in and is refused, and whose secret is changed; and another that cannot be used."""
    file, short = appliance.folder / "told secret", appliance.home / "etc" / "org.lunaria.account-short.cfg"
    file.write_text(RIGHT_SECRET)
    appliance.administer("account:create", "told", "--secret-file", file)
    appliance.administer("target:create", "told")
    appliance.administer("target:map", "told", "disk")
    appliance.administer("target:allow", "told", "any")
    appliance.administer("target:set", "told", "auth=chap", "accounts=told", "chapDigests=SHA3-256,SHA-256,MD5")
    assert inquiry(appliance, "told", WRONG_SECRET).returncode != 0, "a wrong secret was taken"
    admitted = inquiry(appliance, "told", RIGHT_SECRET)
    assert admitted.returncode == 0, admitted.stdout + admitted.stderr
    change_the_secret(appliance, file)
    short.touch(mode=0o600)
    short.write_text(f"user = short\nsecret = {SHORT_SECRET}\n")
    wait_until(lambda: "account-short" in status_of(appliance), "appliance:status to name the account that cannot be used")
    assert SHORT_SECRET not in status_of(appliance), status_of(appliance)
    short.unlink()
    wait_until(lambda: "account-short" not in status_of(appliance), "appliance:status to forget it")


def change_the_secret(appliance, file):
    """The next login is by the new one alone, and a session that is there goes on."""
    with QemuIo(appliance.url("told"), environment("told", RIGHT_SECRET)) as initiator:
        initiator.does("read 0 4k")
        (session,) = sessions_with(appliance, "told")
        file.write_text(CHANGED_SECRET)
        appliance.administer("account:set", "told", "--secret-file", file)
        assert inquiry(appliance, "told", RIGHT_SECRET).returncode != 0, "the old secret was taken"
        admitted = inquiry(appliance, "told", CHANGED_SECRET)
        assert admitted.returncode == 0, admitted.stdout + admitted.stderr
        assert session in sessions_with(appliance, "told"), "the session was lost"
        initiator.does("read 0 4k")


def sessions_with(appliance, target):
    sessions = json.loads(appliance.administer("session:list", "--json"))
    return [session["id"] for session in sessions if session["target"] == target]


def inquiry(appliance, user, secret):
    return subprocess.run(["iscsi-inq", appliance.url("told")], env=environment(user, secret), capture_output=True, text=True,
                          timeout=60)


def environment(user, secret):
    """Of libiscsi, which it takes a secret from."""
    return {**os.environ, "LIBISCSI_CHAP_USERNAME": user, "LIBISCSI_CHAP_PASSWORD": secret}


def status_of(appliance):
    return appliance.lunaria("exec", "appliance:status").stdout


def is_open_to_others(file):
    return file.is_file() and file.stat().st_mode & 0o077


def text_of(file):
    """What can be read of it; a thread may have ended meanwhile."""
    try:
        return file.read_bytes().decode("latin-1")
    except OSError:
        return ""


def check_no_default_user_exists(appliance):
    users = (appliance.home / "etc" / "users.properties").read_text().splitlines()
    named = [line for line in users if line.strip() and not line.startswith("#") and not line.startswith("_g_")]
    assert not named, named


def check_nothing_that_runs_writes_over_etc(appliance):
    """But for the key that is added, and what this test set, etc is as it was shipped."""
    shipped, changed = appliance.home / "lib" / "etc", {"keys.properties", *appliance.changed}
    for file in shipped.rglob("*"):
        own = appliance.home / "etc" / file.relative_to(shipped)
        assert file.is_dir() or file.name in changed or own.read_text() == file.read_text(), f"{own} was written over"


def check_home_of_the_user_stays_empty(appliance):
    assert not list(appliance.user_home.iterdir()), list(appliance.user_home.iterdir())


def check_log_has_no_errors_but_those_of_the_checks_before(appliance):
    """A configuration that was refused is a line with its reason under it; reservations that were damaged are a line."""
    log = (appliance.home / "data" / "log" / "lunaria.log").read_text().splitlines()
    errors = ["\n".join(log[at:at + 1 + CAUSE_LINES]) for at, line in enumerate(log)
              if " ERROR " in line and not any(cause in line for cause in ERRORS_ON_PURPOSE)]
    assert not errors, "\n".join(errors[:3])
    stacks = [line for line in log if line.startswith("\tat ")]
    assert not stacks, stacks[:3]


def check_renewal_keeps_what_was_changed(appliance):
    home = appliance.folder / "renewed home"
    install = [appliance.home / "bin" / "install", home]
    run_tool(*install)
    etc, shipped = home / "etc", home / "lib" / "etc"
    changed, untouched, removed = "org.lunaria.portal-default.cfg", "jvm.options", "branding-ssh.properties"
    (etc / changed).write_text("address = 127.0.0.1\nport = 3261\ntag = 1\n")
    (etc / removed).unlink()
    for older in (etc / untouched, shipped / untouched, shipped / changed, etc / "gone.cfg", shipped / "gone.cfg"):
        older.write_text("as an older program shipped it\n")
    said = run_tool(*install)
    assert "port = 3261" in (etc / changed).read_text() and changed in said, said
    assert (etc / untouched).read_text() == (appliance.home / "lib" / "etc" / untouched).read_text()
    assert not (etc / removed).exists() and not (etc / "gone.cfg").exists()
