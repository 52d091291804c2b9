"""Prints what was measured, as Markdown."""

import math
import statistics

NOISY_CORES = 0.35

HEAD = """\
| workload | peer | a second | min - max | ratio | p50 us | p99 us | p99.9 us | CPU us | own CPU us | |
|---|---|--:|--:|--:|--:|--:|--:|--:|--:|---|"""


def _number(value):
    return "-" if value == 0 else f"{value:,.0f}" if value >= 100 else f"{value:.1f}"


def _median(results, field):
    return statistics.median(getattr(result, field) for result in results)


def _remarks(results):
    errors = sum(result.errors for result in results)
    noisy = sum(result.other_cores > NOISY_CORES for result in results)
    return ", ".join([f"{errors} errors"] * (errors > 0) + [f"{noisy} of {len(results)} noisy"] * (noisy > 0))


def _row(workload, peer, results, ratio):
    rates = [result.per_second for result in results]
    latencies = [_number(_median(results, field)) for field in ("p50_us", "p99_us", "p999_us")]
    processor = [_number(_median(results, field)) for field in ("target_cpu_us", "own_cpu_us")]
    return " | ".join([f"| {workload}", peer, _number(statistics.median(rates)),
                       f"{_number(min(rates))} - {_number(max(rates))}", ratio, *latencies, *processor,
                       _remarks(results)]) + " |"


def _geometric_mean(ratios):
    return math.exp(statistics.mean(map(math.log, ratios))) if ratios else float("nan")


def render(results, workloads, peers, refusals):
    """The table, and below it the geometric mean of the ratios to the first peer. Results by (workload, peer)."""
    baseline, lines = peers[0], [HEAD]
    ratios = {peer: [] for peer in peers[1:]}
    for workload in workloads:
        for peer in peers:
            found = results.get((workload, peer), [])
            if not found:
                lines.append(f"| {workload} | {peer} | {refusals.get((workload, peer), 'not measured')} |" + " |" * 8)
                continue
            base = results.get((workload, baseline), [])
            ratio = _median(found, "per_second") / _median(base, "per_second") if base and peer != baseline else 0
            if ratio:
                ratios[peer].append(ratio)
            lines.append(_row(workload, peer, found, f"{ratio:.2f}" if ratio else ""))
    means = [f"geometric mean of the {len(each)} ratios of {peer} to {baseline}: {_geometric_mean(each):.2f}"
             for peer, each in ratios.items()]
    return "\n".join([*lines, "", *means])
