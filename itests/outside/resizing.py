"""kill -9 while a volume becomes larger or smaller: it is of one size or the other, and has what was written below the smaller."""

import json
import random
import time

import persistence
from killing import Command

ROUNDS = 4
SIZES = [48 << 20, 64 << 20]

# As long as the command takes about.
MOST_SECONDS = 0.4
PATTERN = "-P 0x3C 0 48M"


def check_a_volume_is_of_either_size_when_it_is_killed_amid_a_change_of_it(appliance):
    rounds(appliance, ROUNDS, random.SystemRandom().randrange(1 << 32))


def rounds(appliance, count, seed, tell=lambda line: None):
    """Kills it so many times at random moments of changes of its size."""
    print(f"seed {seed}", flush=True)
    chance = random.Random(seed)
    appliance.create_volume("elastic", SIZES[0])
    persistence.qemu_io(appliance, f"write {PATTERN}", "flush", target="elastic")
    appliance.administer("target:unmap", "elastic", "elastic")
    for number in range(1, count + 1):
        before = persistence.volume(appliance, "elastic")["sizeBytes"]
        wanted = SIZES[before == SIZES[0]]
        command = Command(appliance, f"volume:resize elastic --size {wanted} --force")
        time.sleep(chance.uniform(0, MOST_SECONDS))
        appliance.kill()
        command.join()
        appliance.start()
        found = size_that_all_agree_on(appliance, before, wanted)
        appliance.administer("target:map", "elastic", "elastic", "--lun", 0)
        persistence.qemu_io(appliance, f"read {PATTERN}", target="elastic")
        appliance.administer("target:unmap", "elastic", "elastic")
        tell(f"round {number}: {before} to {wanted}, {'new' if found == wanted else 'old'}")
    appliance.administer("target:delete", "elastic")
    appliance.administer("volume:delete", "elastic", "--purge", "--yes")


def size_that_all_agree_on(appliance, before, wanted):
    """Of the volume, its file and, at the latest when the command is repeated, its configuration."""
    volume = persistence.volume(appliance, "elastic")
    found = volume["sizeBytes"]
    assert volume["state"] == "READY" and found in (before, wanted), json.dumps(volume)
    appliance.administer("volume:resize", "elastic", "--size", found)
    again = persistence.volume(appliance, "elastic")
    with open(again["backend"]["path"], "rb") as file:
        length = file.seek(0, 2)
    assert (found, found) == (length, int(again["backend"]["sizeBytes"])), json.dumps(again)
    return found
