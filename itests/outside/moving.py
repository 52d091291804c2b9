"""kill -9 while a volume moves between a file, an NBD server and a block device under load: it goes on, or can be cancelled, whole."""

import contextlib
import itertools
import json
import random
import time

from appliance import run_tool, wait_until
from killing import Command, Load
from remote import NbdServer

ROUNDS = 3
ARRIVAL_SECONDS = 120
SIZE_BYTES = 64 << 20

# As long as a move takes about, with the command that begins it.
MOST_SECONDS = 2.5
RATES = ["24M", "48M"]


def check_a_volume_loses_nothing_when_it_is_killed_amid_moves(appliance):
    rounds(appliance, ROUNDS, random.SystemRandom().randrange(1 << 32))


def rounds(appliance, count, seed, tell=lambda line: None):
    """Kills it so many times at random moments of moves."""
    print(f"seed {seed}", flush=True)
    chance = random.Random(seed)
    appliance.create_volume("roaming", SIZE_BYTES)
    with stores(appliance.folder) as places:
        with Load(appliance.url("roaming"), seed) as load:
            move_on(appliance, count, chance, places, load, tell)
        # While its server is there: what was not flushed would be lost with it, and the log would say so.
        appliance.administer("target:delete", "roaming")
        appliance.administer("volume:delete", "roaming")


def move_on(appliance, count, chance, places, load, tell):
    """Moves it to the next place in each round; where a move came to nothing, the next round tries again."""
    kinds = itertools.cycle(places)
    kind = next(kinds)
    for number in range(1, count + 1):
        before = backend(appliance)
        command = Command(appliance, f"volume:migrate roaming --kind {kind} {places[kind]} --rate {chance.choice(RATES)}"
                          " --detach")
        time.sleep(chance.uniform(0, MOST_SECONDS))
        appliance.kill()
        command.join()
        appliance.start()
        load.wait_for_progress()
        outcome = bring_to_an_end(appliance, before, chance.random() < 0.25)
        read = load.read_all()
        tell(f"round {number}: to {kind}, {outcome}; {read} pieces are there after {load.done} writes")
        if outcome.startswith("arrived"):
            kind = next(kinds)


@contextlib.contextmanager
def stores(folder):
    """What a volume moves to, in order; the options of the command by kind."""
    server = NbdServer(folder / "nbd-roaming")
    image = folder / "roaming.img"
    with open(image, "wb") as device:
        device.truncate(SIZE_BYTES)
    loop = run_tool("losetup", "--find", "--show", image).strip()
    try:
        yield {"remote": f"--set uri=nbd://127.0.0.1:{server.port}/disk", "block": f"--set device={loop}", "file": ""}
    finally:
        server.kill()
        run_tool("losetup", "--detach", loop)


def bring_to_an_end(appliance, before, cancels):
    """Waits for a move, or cancels it; says what became of it."""
    state = wait_for_volume(appliance)
    begun = state["copy"] is not None
    if begun and cancels and appliance.lunaria("exec", "volume:migrate roaming --cancel").returncode == 0:
        assert backend(appliance) == before, f"the move was cancelled, and it is in {backend(appliance)}"
        outcome = "cancelled after the kill"
    else:
        wait_until(lambda: show(appliance)["copy"] is None, "the volume to arrive", ARRIVAL_SECONDS)
        arrived = "arrived after the kill" if begun else "arrived before the kill"
        outcome = "not begun" if backend(appliance) == before else arrived
    wait_for_volume(appliance)
    left = [file.name for file in (appliance.home / "etc").glob("org.lunaria.backend.*-roaming*.cfg")]
    assert len(left) == 1, f"{outcome}, and left over are {left}"
    return outcome


def wait_for_volume(appliance):
    wait_until(lambda: show(appliance)["state"] == "READY", "the volume to be ready")
    return show(appliance)


def backend(appliance):
    return show(appliance)["backend"]["backend.id"]


def show(appliance):
    return json.loads(appliance.administer("volume:show", "roaming", "--json"))
