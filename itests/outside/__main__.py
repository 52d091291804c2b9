"""Runs each check against one running appliance, in order, and prints a line for each.

A check is a function whose name begins with check_ and says what holds; it fails by an exception.
"""

import argparse
import functools
import pathlib
import sys
import time

import commands
import conformance
import embedded
import entry
import initiators
import killing
import mistakes
import moving
import name_service
import package
import persistence
import remote
import reservations
import resizing
import service
import virtual_machine
from appliance import Appliance

QUICK_IMAGE_MEBIBYTES = 16


def checks_of(module):
    return [(name[len("check_"):], check) for name, check in vars(module).items() if name.startswith("check_")]


def all_checks(quick):
    everything = [initiators, persistence, killing, moving, resizing, remote, reservations, mistakes, commands, name_service,
                  embedded, entry, package, virtual_machine, service]
    modules = [initiators, embedded, service] if quick else everything
    checks = [check for module in modules for check in checks_of(module)]
    if quick:
        small = functools.partial(initiators.check_random_image_comes_back_equal,
                                  image_mebibytes=QUICK_IMAGE_MEBIBYTES)
        return [(name, small if name.startswith("random_image") else check) for name, check in checks]
    return [*checks, *conformance.checks()]


def holds(name, check, appliance):
    started = time.monotonic()
    try:
        check(appliance)
    except Exception as problem:  # Whatever goes wrong is a failure of this check and of no other.
        detail = str(problem) if isinstance(problem, AssertionError) else repr(problem)
        print(f"FAIL {name}: {detail}", flush=True)
        return False
    print(f"PASS {name} ({time.monotonic() - started:.1f} s)", flush=True)
    return True


def prepare(appliance):
    appliance.start()
    appliance.create_volume("disk", "256M")
    appliance.create_volume("conformance", "64M")


def main():
    parser = argparse.ArgumentParser(prog="outside", description=__doc__.splitlines()[0])
    parser.add_argument("--archive", required=True, type=pathlib.Path, help="the built distribution")
    parser.add_argument("--totals", type=pathlib.Path, help="file that gets the numbers passed, failed and skipped")
    parser.add_argument("--quick", action="store_true")
    options = parser.parse_args()
    appliance = Appliance(options.archive)
    try:
        results = [holds("appliance_starts_and_is_configured", prepare, appliance)]
        if results[0]:
            results += [holds(name, check, appliance) for name, check in all_checks(options.quick)]
        if not all(results):
            print_log(appliance)
    finally:
        appliance.remove()
    if options.totals:
        options.totals.write_text(f"{results.count(True)} {results.count(False)} 0\n")
    return 0 if all(results) else 1


def print_log(appliance):
    """What the appliance said was wrong."""
    for name in ("console.log", "lunaria.log"):
        log = appliance.home / "data" / "log" / name
        lines = log.read_text(errors="replace").splitlines() if log.exists() else []
        print(f"--- the end of {name}, without what is normal")
        print("\n".join([line for line in lines if " INFO " not in line][-40:]))


if __name__ == "__main__":
    sys.exit(main())
