"""kill -9 while the configuration changes under load: it is then what it was, or what it was to be, and initiators come back."""

import json
import random
import subprocess
import threading
import time

from appliance import wait_until

ROUNDS = 5
RETURN_SECONDS = 120

# So many rounds leave the version of the beginning among those that are kept.
KEPT = 5


def check_the_configuration_is_old_or_new_after_each_kill_9(appliance):
    rounds(appliance, ROUNDS, random.SystemRandom().randrange(1 << 32))


def rounds(appliance, count, seed, tell=lambda line: None):
    """Kills it so many times at random moments."""
    print(f"seed {seed}", flush=True)
    chance = random.Random(seed)
    before = json.loads(appliance.administer("appliance:history", "--json"))[-1]["number"]
    appliance.create_volume("load")
    with Load(appliance.url("load"), seed) as load:
        changer = Changer(appliance, chance)
        for number in range(1, count + 1):
            changer.start(chance.uniform(0, 3))
            appliance.kill()
            changer.join()
            appliance.start()
            outcome = changer.compare()
            load.wait_for_progress()
            tell(f"round {number}: {outcome}; {load.done} writes were read back")
    if count <= KEPT:
        appliance.administer("appliance:rollback", before, "--yes")


class Load:
    """An initiator that writes at random and reads back all the time, and logs in again when its session is lost."""

    def __init__(self, url, seed):
        self.done = 0
        self._chance = random.Random(seed)
        self._written = {}
        self._alone = threading.Lock()
        self._process = subprocess.Popen(["qemu-io", "-f", "raw", url], stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                                         stderr=subprocess.STDOUT, text=True, bufsize=1)
        self._failure = ""
        self._ends = False
        threading.Thread(target=self._work, daemon=True).start()

    def _work(self):
        while not self._ends:
            pattern, offset = self._chance.randint(1, 255), self._chance.randrange(900) * 65536
            with self._alone:
                if not self._ask(f"write -P {pattern} {offset} 65536", "wrote 65536/65536"):
                    return
                self._written[offset] = pattern
                if not self._reads(offset):
                    return
                self.done += 1

    def _reads(self, offset):
        return self._ask(f"read -P {self._written[offset]} {offset} 65536", "read 65536/65536")

    def read_all(self):
        """Everything that was ever answered must be there; gives back how many pieces that is."""
        with self._alone:
            assert all(self._reads(offset) for offset in sorted(self._written)), self._failure
            return len(self._written)

    def _ask(self, command, answer):
        try:
            self._process.stdin.write(command + "\n")
        except BrokenPipeError:
            self._failure = self._failure or f"{command}: the initiator has ended"
            return False
        for line in self._process.stdout:
            if "failed" in line or "rror" in line:
                self._failure = f"{command}: {line.strip()}"
                return False
            if answer in line:
                return True
        self._failure = self._failure or f"{command}: the initiator ended"
        return False

    def wait_for_progress(self):
        enough = self.done + 2
        wait_until(lambda: self._failure or self.done >= enough, "the initiator to come back", RETURN_SECONDS)
        assert not self._failure, self._failure

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self._ends = True
        self._process.kill()
        self._process.wait()


class Command:
    """A command whose answer a kill may cut off; it begins at once."""

    def __init__(self, appliance, line):
        self._line = line
        self._results = []
        self._thread = threading.Thread(target=lambda: self._results.append(appliance.lunaria("exec", line)), daemon=True)
        self._thread.start()

    def join(self):
        """Waits for its end; that it is refused is a failure."""
        self._thread.join(RETURN_SECONDS)
        assert self._results, f"{self._line} does not end"
        told = self._results[0].stderr
        assert not told.startswith("Error: ") or "does not run" in told, f"{self._line}: {told.strip()}"


class Changer:
    """Changes the configuration again and again, and knows what it is to be."""

    def __init__(self, appliance, chance):
        self._appliance = appliance
        self._chance = chance
        self.state = self._found()
        self._wanted = self.state
        self._versions = {}
        self._names = 0
        self._failure = ""
        self._command = "nothing"
        self._dead = threading.Event()
        self._thread = None

    def start(self, seconds):
        """Begins, and returns at a random moment."""
        self._dead.clear()
        self._thread = threading.Thread(target=self._change, daemon=True)
        self._thread.start()
        time.sleep(seconds)

    def join(self):
        self._dead.set()
        self._thread.join(RETURN_SECONDS)

    def compare(self):
        """Which of the two it is now; any other is a failure."""
        assert not self._failure, self._failure
        found = self._found()
        assert found in (self.state, self._wanted), (
            f"amid '{self._command}' it became {found}, neither {self.state} nor {self._wanted}")
        outcome = "new" if found == self._wanted else "old"
        self.state = self._wanted = found
        return f"{outcome} after '{self._command}'"

    def _found(self):
        volumes = json.loads(self._appliance.administer("volume:list", "--json"))
        targets = json.loads(self._appliance.administer("target:list", "--json"))
        incomplete = [volume["name"] for volume in volumes if volume["state"] == "INCOMPLETE"]
        assert not incomplete, f"half made: {incomplete}"
        return {"volumes": sorted(volume["name"] for volume in volumes),
                "targets": {target["name"]: [target["alias"], sorted(each["volume"] for each in target["mappings"])]
                            for target in targets}}

    def _change(self):
        while not self._dead.is_set():
            self._command, self._wanted = self._next()
            result = self._appliance.lunaria("exec", self._command)
            if self._dead.is_set() or "does not run" in result.stderr:
                return
            if result.returncode == 0:
                self.state = self._wanted
                self._note_version()
            elif result.stderr.startswith("Error: "):
                self._failure = f"{self._command}: {result.stderr.strip()}"
                return
            else:
                return

    def _note_version(self):
        result = self._appliance.lunaria("exec", "appliance:history --json")
        if result.returncode == 0:
            self._versions[json.loads(result.stdout)[-1]["number"]] = self.state

    def _next(self):
        """A command, and what the configuration is to be after it."""
        state = json.loads(json.dumps(self.state))
        targets = [name for name in state["targets"] if name.startswith("k")]
        volumes = [name for name in state["volumes"] if name.startswith("k")]
        mapped = {volume for _, volumes_of in state["targets"].values() for volume in volumes_of}
        free = [name for name in volumes if name not in mapped]
        choices = [self._volume, self._target] * (len(targets) + len(volumes) < 12)
        choices += [self._alias, self._delete_target] * bool(targets) + [self._delete_volume] * bool(free)
        choices += [self._map] * bool(targets and volumes) + [self._rollback] * (3 * (len(self._versions) > 2))
        return self._chance.choice(choices)(state, targets, volumes, free)

    def _new_name(self):
        self._names += 1
        return f"k{self._names}"

    def _volume(self, state, *_):
        name = self._new_name()
        state["volumes"] = sorted([*state["volumes"], name])
        return f"volume:create {name} --kind memory --size 1M", state

    def _target(self, state, *_):
        name = self._new_name()
        state["targets"][name] = ["", []]
        return f"target:create {name}", state

    def _alias(self, state, targets, *_):
        name, alias = self._chance.choice(targets), f"alias-{self._chance.randrange(1000)}"
        state["targets"][name][0] = alias
        return f"target:set {name} alias={alias}", state

    def _map(self, state, targets, volumes, _):
        name, volume = self._chance.choice(targets), self._chance.choice(volumes)
        state["targets"][name][1] = sorted([*state["targets"][name][1], volume])
        return f"target:map {name} {volume}", state

    def _delete_target(self, state, targets, *_):
        name = self._chance.choice(targets)
        del state["targets"][name]
        return f"target:delete {name} --yes", state

    def _delete_volume(self, state, _targets, _volumes, free):
        name = self._chance.choice(free)
        state["volumes"].remove(name)
        return f"volume:delete {name}", state

    def _rollback(self, *_):
        version = self._chance.choice(sorted(self._versions)[-20:])
        return f"appliance:rollback {version} --yes", self._versions[version]
