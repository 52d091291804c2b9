"""Every command of the shell by bin/lunaria exec: that it does what it says, and that a mistake gets one clear sentence.

The commands are those of ours that the distribution gives roles to, etc/org.apache.karaf.command.acl.SCOPE.cfg, which are all: a test
of the shell sees to it. One that is added there and not here fails the first check.
"""

import json
import pathlib

from mistakes import refused
from wire import Session

SHIPPED = pathlib.Path(__file__).resolve().parents[2] / "etc"
INITIATOR = "iqn.2026-11.org.lunaria:commands"
SECRET = "correct horse battery"

# In order: each finds what those before it have left. A line is the command, and what it must print.
LIFE = [
    ("volume:create c --kind file --size 1M", "Volume c of 1M is ready"),
    ("volume:list --no-format", "c\tfile\t1M\tREADY"),
    ("volume:show c", "State "),
    ("volume:set c readOnly=true sync=true", "Volume c is set: readOnly=true sync=true."),
    ("volume:set c readOnly= sync=", "Volume c is set"),
    ("volume:resize c --size 2M", "Volume c has 2M now."),
    ("volume:swap c --kind file --path {twin} --set create=false", "Volume c is in a store of kind file now."),
    ("volume:migrate c --kind memory", "Volume c is in a store of kind memory now."),
    ("volume:create drive --type cdrom --path {disc}", "Volume drive of 1M is ready"),
    ("volume:eject drive", "The medium of volume drive is ejected"),
    ("volume:load drive", "A medium is in volume drive."),
    ("backend:list", "file"),
    ("account:create host --secret-file {secret}", "Account host is ready"),
    ("account:set host --user guest --secret-file {secret}", "Account host has another user and another secret"),
    ("account:list --no-format", "host\tguest"),
    ("target:create commands", "iqn.2026-11.org.lunaria:commands"),
    ("target:list", "commands"),
    ("target:map commands c --lun 0", "c"),
    ("target:allow commands {initiator}", "lets in {initiator}"),
    ("target:deny commands iqn.2026-11.org.lunaria:other", "never iqn.2026-11.org.lunaria:other"),
    ("target:mask commands {initiator} 0:ro", "shows {initiator}"),
    ("target:unmask commands {initiator}", "commands"),
    ("target:set commands alias=all", "Target commands is set: alias=all."),
    ("target:show commands", "all"),
    ("portal:create second 127.0.0.1 --port {port}", "Portal second listens on 127.0.0.1 port {port}."),
    ("portal:set second tag=2", "Portal second is set: tag=2."),
    ("portal:list --no-format", "second\t127.0.0.1\t{port}"),
    ("appliance:status", "commands"),
    ("appliance:top --once --interval 0.1", "c"),
    ("appliance:history", "volume:create c"),
    ("appliance:events --kind CONFIGURATION", "volume:create c"),
    ("appliance:events --last 1000 --no-format", "\tPORTAL\tportal default listens on"),
    ("appliance:diff", "tag = 2"),
    ("appliance:export {document}", "without secrets"),
    ("appliance:import {document} --dry-run", "There is nothing to change."),
]

# With a session of {initiator}, whose number is {session}.
SESSION = [
    ("session:list --no-format", "{initiator}"),
    ("session:show {session}", "{initiator}"),
    ("session:drop {session}", "Session {session} is ended."),
]

END = [
    ("target:unmap commands c", "c"),
    ("target:delete commands --yes", "Target commands is deleted."),
    ("volume:delete c", "Volume c is deleted."),
    ("appliance:rollback {version} --yes", "The configuration is what it was in version {version}."),
    ("portal:delete second", "Portal second is deleted."),
    ("account:delete host", "Account host is deleted."),
    ("target:delete commands --yes", "Target commands is deleted."),
    ("volume:delete drive", "Its data is kept in {disc}."),
    ("volume:delete c", "Volume c is deleted."),
]

# What is wrong with it must be in the sentence.
MISTAKES = [
    ("volume:create disk --kind file --size 1M", "disk"),
    ("volume:list --wide", "--wide"),
    ("volume:show nothing", "nothing"),
    ("volume:set disk colour=red", "colour"),
    ("volume:set disk path=/srv/other.img", "volume:swap"),
    ("volume:set disk sizeBytes=1", "volume:resize"),
    ("volume:set disk sync=maybe", "sync = maybe"),
    ("volume:set disk vendor=ACME graceMillis=-1", "graceMillis"),
    ("volume:resize disk --size 1M", "target:unmap disk disk"),
    ("volume:resize disk --size much", "much"),
    ("volume:swap disk --kind tape", "tape"),
    ("volume:migrate disk", "--kind"),
    ("volume:eject disk", "disk"),
    ("volume:load disk", "disk"),
    ("volume:delete disk", "target:unmap disk disk"),
    ("volume:delete disk --purge", "--yes"),
    ("backend:list --wide", "--wide"),
    ("account:create x --secret-file /nowhere/secret", "/nowhere/secret"),
    ("account:list --wide", "--wide"),
    ("account:set nobody --user x", "nobody"),
    ("account:delete nobody", "nobody"),
    ("target:set disk auth=chap accounts=nobody", "account:create"),
    ("portal:set default discoveryAuth=chap discoveryAccounts=nobody", "account:create"),
    ("target:create disk", "disk"),
    ("target:list --wide", "--wide"),
    ("target:show nothing", "nothing"),
    ("target:set disk colour=red", "colour"),
    ("target:map disk nothing", "nothing"),
    ("target:unmap disk nothing", "nothing"),
    ("target:allow disk @10.0.0.0/33", "10.0.0.0/33"),
    ("target:deny disk @nowhere", "nowhere"),
    ("target:mask disk x 0", "x"),
    ("target:unmask disk iqn.2026-11.org.lunaria:nobody", "nobody"),
    ("target:delete nothing", "nothing"),
    ("portal:create default 127.0.0.1", "default"),
    ("portal:list --wide", "--wide"),
    ("portal:set default tag=70000", "70000"),
    ("portal:delete nothing", "nothing"),
    ("session:list --wide", "--wide"),
    ("session:show 999999", "999999"),
    ("session:drop 999999", "999999"),
    ("appliance:status --wide", "--wide"),
    ("appliance:top --once --interval 0", "interval"),
    ("appliance:history --wide", "--wide"),
    ("appliance:events --last 0", "--last 0"),
    ("appliance:events --kind NOTHING", "LOGIN_REFUSED"),
    ("appliance:diff 999999", "999999"),
    ("appliance:export /nowhere/document", "/nowhere/document"),
    ("appliance:import /nowhere/document", "/nowhere/document"),
    ("appliance:rollback 999999 --yes", "999999"),
]


def check_every_command_is_tried_and_refused(appliance):
    commands = shipped_commands()
    assert len(commands) > 30, commands
    for what, lines in (("work", LIFE + SESSION + END), ("be refused", MISTAKES)):
        missing = commands - {line.split()[0] for line, _ in lines}
        assert not missing, f"no check sees these {what}: {sorted(missing)}"


def check_every_command_does_what_it_says(appliance):
    places = {name: appliance.folder / f"commands {name}" for name in ("twin", "disc", "secret", "document")}
    places["twin"].write_bytes(bytes(2 << 20))
    places["disc"].write_bytes(bytes(1 << 20))
    places["secret"].write_text(SECRET)
    known = {**places, "initiator": INITIATOR, "port": appliance.port + 1}
    does(appliance, LIFE, known)
    known["version"] = newest_version(appliance)
    with Session(appliance.port, "iqn.2026-11.org.lunaria:commands", INITIATOR):
        known["session"] = session_of(appliance, INITIATOR)
        does(appliance, SESSION, known)
    does(appliance, END, known)


def check_every_mistake_gets_one_sentence(appliance):
    for line, mention in MISTAKES:
        refused(appliance, [mention], *line.split())


def check_what_has_sessions_is_deleted_when_that_is_confirmed(appliance):
    with Session(appliance.port, "iqn.2026-11.org.lunaria:disk", INITIATOR):
        refused(appliance, ["1 session", "--yes"], "target:delete", "disk")
        refused(appliance, ["1 connection", "--yes"], "portal:delete", "default")


def check_every_command_has_help_with_an_example(appliance):
    for command in sorted(shipped_commands()):
        text = appliance.administer(command, "--help")
        assert f"Example: {command}" in text, text


def does(appliance, lines, known):
    for line, printed in lines:
        words = [word.format(**known) for word in line.split()]
        said = appliance.administer(*words)
        assert printed.format(**known) in said, f"{words}: {said}"


def shipped_commands():
    prefix = "org.apache.karaf.command.acl."
    commands = set()
    for file in SHIPPED.glob(prefix + "*.cfg"):
        scope = file.name[len(prefix):-len(".cfg")]
        if scope == "shell":
            continue
        for line in file.read_text().splitlines():
            name = line.split("=")[0].split("[")[0].strip()
            if "=" in line and not line.startswith("#") and name != "*":
                commands.add(f"{scope}:{name}")
    return commands


def newest_version(appliance):
    return json.loads(appliance.administer("appliance:history", "--json"))[-1]["number"]


def session_of(appliance, initiator):
    sessions = json.loads(appliance.administer("session:list", "--json"))
    (number,) = [session["id"] for session in sessions if session["initiator"] == initiator]
    return number
