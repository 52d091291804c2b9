"""Prints what a soak has shown, as Markdown, and judges it."""

GROWTH = """\
| | start | middle | end | an hour | may grow by | |
|---|--:|--:|--:|--:|--:|---|"""
LATENCIES = """\
| stream | a second, first | last | p50, first | last | p99, first | last | p99.9, first | last | errors | |
|---|--:|--:|--:|--:|--:|--:|--:|--:|--:|---|"""
FIELDS = ("per_second", "p50_us", "p99_us", "p999_us")


def _errors(stream):
    return sum(part["errors"] for part in stream.reports())


def are_good(courses, running):
    """Whether there is anything to judge by, nothing has grown too much, and no stream has met trouble."""
    return bool(courses) and not any(course.grows for course in courses) \
        and not any(stream.trouble() or _errors(stream) or not stream.reports() for stream in running)


def _course(course):
    return (f"| {course.measure.title} | {course.start:.1f} | {course.middle:.1f} | {course.end:.1f} "
            f"| {course.per_hour:+.1f} | {course.measure.most_growth} | {'GROWS' if course.grows else ''} |")


def _stream(stream):
    parts = stream.reports()
    if not parts:
        return f"| {stream.name} |" + " |" * 9 + f" {stream.trouble() or 'said nothing'} |"
    numbers = [f"{parts[at][field]:,.0f}" for field in FIELDS for at in (0, -1)]
    return " | ".join([f"| {stream.name}", *numbers, str(_errors(stream)), stream.trouble()]) + " |"


def render(part_seconds, courses, running):
    return "\n".join(["", GROWTH, *map(_course, courses), "",
                      f"First and last {part_seconds:g} s of each stream, latencies in microseconds:", "",
                      LATENCIES, *map(_stream, running)])
