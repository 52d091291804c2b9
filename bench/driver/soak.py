"""Loads an appliance for a long time with many kinds of commands at once, and tells whether it stays as it was.

The exit status is 0 only if no command failed, all data was as written, and nothing grew beyond its bound."""

import argparse
import dataclasses
import pathlib
import signal
import subprocess
import sys
import tempfile
import time

import findings
import machine
import measurement
import peers
import streams
import vitals

ROOT = pathlib.Path(__file__).resolve().parents[2]
LOOK_SECONDS = 10
SETTLE_SECONDS = 120
PART_SECONDS = 300
WINDOW_SECONDS = 60


@dataclasses.dataclass(frozen=True)
class Times:
    """Of a soak, in seconds. What is short has everything of a long one, in proportion."""

    seconds: float
    seed: int

    @property
    def settle(self):
        return min(SETTLE_SECONDS, self.seconds / 6)

    @property
    def part(self):
        return min(PART_SECONDS, self.seconds / 3)

    @property
    def window(self):
        return min(WINDOW_SECONDS, self.seconds / 6)

    @property
    def look(self):
        return min(LOOK_SECONDS, self.window / 4)


def parse():
    parser = argparse.ArgumentParser(prog="soak", description=__doc__)
    parser.add_argument("--minutes", type=float, default=30, help="after two in which it settles (default 30)")
    parser.add_argument("--home", type=pathlib.Path, help="an appliance that runs already, by its folder; its own "
                        "volumes are left alone (default: one is started)")
    parser.add_argument("--full-speed", action="store_true", help="as much as can be, rather than about half")
    parser.add_argument("--samples", type=pathlib.Path, metavar="FILE", help="keep what was seen every ten seconds (CSV)")
    parser.add_argument("--dir", help="where the appliance lies: a folder of a file system (default the temporary one)")
    parser.add_argument("--archive", type=pathlib.Path, help=argparse.SUPPRESS)
    parser.add_argument("--load", type=pathlib.Path, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if not 1 <= options.minutes <= 24 * 60:
        parser.error("give --minutes from 1 to 1440")
    return options


def installed(home):
    """An appliance that somebody else has started; its default portal is reached over the loopback address."""
    lines = (home / "etc" / "org.lunaria.portal-default.cfg").read_text().splitlines()
    settings = {key.strip(): value.strip() for key, _, value in (line.partition("=") for line in lines)}
    assert settings["address"] in ("127.0.0.1", "0.0.0.0"), f"its portal is on {settings['address']}: give it 127.0.0.1"
    return peers.Installation(home.resolve(), int(settings["port"]))


def fill(options, appliance):
    for volume, mib in streams.VOLUMES_MIB.items():
        # A small write into a page that was never written is dearer than all later ones.
        measurement.fill(options.load, peers.Running(f"{volume}={appliance.url(volume)}@{appliance.pid()}"), mib << 20,
                         streams.MIB)


def watch(options, appliance, times, running):
    """Looks until the time is over, or the appliance or all streams are gone; the samples after it has settled."""
    begun, pid, samples, told = time.monotonic(), appliance.pid(), [], set()
    while (elapsed := time.monotonic() - begun) < times.settle + times.seconds:
        try:
            seen = vitals.look(appliance.home, pid, elapsed - times.settle)
        except (OSError, EOFError) as gone:
            print(f"{elapsed:.0f} s: the appliance does not answer: {gone}", file=sys.stderr, flush=True)
            return []
        if elapsed >= times.settle:
            samples.append(seen)
        for stream in running:
            if stream.name not in told and (trouble := stream.trouble()):
                told.add(stream.name)
                print(f"{elapsed:.0f} s: {stream.name}: {trouble}", file=sys.stderr, flush=True)
        print(f"{elapsed:5.0f} s: {seen.rss_mib:.0f} MiB resident, heap {seen.heap_mib:.0f}, direct {seen.direct_mib:.0f}, "
              f"{seen.threads} threads, {seen.files} files, {len(told)} streams in trouble", file=sys.stderr, flush=True)
        if not any(stream.is_running() for stream in running):
            break
        time.sleep(max(0, begun + elapsed + times.look - time.monotonic()))
    return samples


def soak(options, appliance):
    times = Times(options.minutes * 60, time.time_ns())
    fill(options, appliance)
    running, pid = [], appliance.pid()
    try:
        for stream in streams.ALL:
            running.append(streams.Running(options.load, stream, appliance.url(stream.volume), pid, times,
                                           options.full_speed))
        samples = watch(options, appliance, times, running)
        for stream in running:
            stream.finish()
    finally:
        for stream in running:
            stream.kill()
    keep(options.samples, samples)
    pace = "at full speed" if options.full_speed else "at set rates"
    print("\n".join(f"- {fact}" for fact in [
        *machine.describe(ROOT, f"/proc/{pid}/exe")[:4],
        f"{options.minutes:g} minutes {pace}, after {times.settle:g} s to settle; seed {times.seed}",
    ]))
    courses = [vitals.course(measure, samples, times.window) for measure in vitals.MEASURES] if samples else []
    print(findings.render(times.part, courses, running))
    return findings.are_good(courses, running)


def keep(file, samples):
    if file:
        names = [field.name for field in dataclasses.fields(vitals.Vitals)]
        lines = [names, *([f"{value:g}" for value in dataclasses.astuple(sample)] for sample in samples)]
        file.write_text("".join(",".join(line) + "\n" for line in lines))


def main():
    options = parse()
    tempfile.tempdir = options.dir
    signal.signal(signal.SIGTERM, lambda *_: sys.exit("soak: stopped"))
    appliance = None
    try:
        appliance = installed(options.home) if options.home else peers.Appliance(options.archive)
        if not options.home:
            appliance.start()
        with streams.volumes(appliance):
            good = soak(options, appliance)
    except (AssertionError, OSError, measurement.Refused, subprocess.TimeoutExpired) as problem:
        sys.exit(f"soak: {problem}")
    finally:
        if appliance and not options.home:
            appliance.remove()
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main())
