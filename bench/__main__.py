"""`make bench`: runs each workload beside its peer or limit and prints one line for each. Needs no network."""

import argparse
import os
import statistics
import sys
import tempfile
from pathlib import Path

RUNS = 3
SECONDS = 5.0
CLIENTS = 8


def line(what: str, ours: str, peer: str, ratio: float) -> None:
    """One row of the table."""
    print(f"{what:<52} {ours:>22} {peer:>34} {ratio:>8.2f}", flush=True)


def main() -> int:
    """Set a small programme up in a folder of its own, then run the workloads."""
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("--seconds", type=float, default=SECONDS, help="length of each run of the server (default 5)")
    parser.add_argument("--clients", type=int, default=CLIENTS, help="clients that post at once (default 8)")
    parser.add_argument("--concerns", type=int, default=100_000, help="stored concerns for the list (default 100,000)")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="spean-bench-") as folder:
        os.environ["SPEAN_DATA_DIR"] = folder
        os.environ["DJANGO_SETTINGS_MODULE"] = "bench.settings"
        os.environ["SPEAN_LOG_LEVEL"] = "ERROR"
        import django

        django.setup()
        from bench import workloads

        town = workloads.prepare(Path(folder), options.concerns)
        print(f"\n{'workload':<52} {'ours':>22} {'peer or limit':>34} {'ratio':>8}")
        _reports(town, options)
        for row in (*workloads.lists(town), *workloads.pages(), *workloads.sealing()):
            line(*row)
    return 0


def _reports(town, options) -> None:  # noqa: ANN001
    from bench import load, workloads

    ours, bare = [], []
    with load.server(town.folder, {"SPEAN_TASKS": "database"}) as port:
        workloads.warm(port, town)
        for _ in range(RUNS):
            ours.append(load.post(port, "/km/report/", town.report, clients=options.clients, seconds=options.seconds))
            bare.append(load.post(port, "/bench/bare", town.bare, clients=options.clients, seconds=options.seconds))
    if any(r.refused for r in (*ours, *bare)):
        raise SystemExit(f"{sum(r.refused for r in ours)} reports and {sum(r.refused for r in bare)} bare inserts were refused.")
    mine, peer = (statistics.median(r.per_second for r in rows) for rows in (ours, bare))
    p95 = statistics.median(r.p95_ms for r in ours)
    what = f"public report, sealed and durable, {options.clients} clients"
    line(what, f"{mine:.0f}/s p95 {p95:.0f} ms", f"bare durable insert {peer:.0f}/s", mine / peer)


if __name__ == "__main__":
    sys.exit(main())
