"""One peer in a process of its own: years played, shares of users and memory, as JSON on standard output.

`python -m benchmarks.peers.one PEER WORLD.npz --years 10 --seeds 1 2 3`
"""

import argparse
import importlib
import json
import resource
import time
from pathlib import Path
from typing import Any

from benchmarks.peers.rule import Rule, load


def peak() -> float:
    """Most memory this process has held so far, MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024.0


def held() -> float:
    """Memory this process holds now, MB; the most it has held where the system does not tell."""
    status = Path("/proc/self/status")
    lines = status.read_text(encoding="utf-8").splitlines() if status.exists() else []
    return next((int(line.split()[1]) / 1024.0 for line in lines if line.startswith("VmRSS")), peak())


def main() -> None:
    """Play each seed once; a first year, which may compile, is played before the clock starts."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("peer")
    options.add_argument("world", type=Path)
    options.add_argument("--years", type=int, default=10)
    options.add_argument("--seeds", type=int, nargs="+", default=[1])
    asked = options.parse_args()
    peer, world, rule = importlib.import_module(f"benchmarks.peers.{asked.peer}"), load(asked.world), Rule()
    before = held()
    peer.start(world, rule, 0)()
    told: dict[str, Any] = {"wall": [], "seconds": [], "shares": []}
    for seed in asked.seeds:
        year = peer.start(world, rule, seed)
        shares = []
        for _ in range(asked.years):
            wall, begun = time.perf_counter(), time.process_time()
            shares.append([float(share) for share in year()])
            told["seconds"].append(time.process_time() - begun)
            told["wall"].append(time.perf_counter() - wall)
        told["shares"].append(shares)
    print(json.dumps(told | {"megabytes": peak() - before}))


if __name__ == "__main__":
    main()
