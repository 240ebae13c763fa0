"""One peer in a process of its own: years played, shares of users and memory, as JSON on standard output.

`python -m benchmarks.peers.one PEER WORLD.npz --years 10 --seeds 5`
"""

import argparse
import importlib
import json
import resource
import time
from pathlib import Path

from benchmarks.peers.rule import Rule, load


def main() -> None:
    """Play each seed once; the first year of the first seed, which may compile, is played before the clock starts."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("peer")
    options.add_argument("world", type=Path)
    options.add_argument("--years", type=int, default=10)
    options.add_argument("--seeds", type=int, default=5)
    asked = options.parse_args()
    peer, world, rule = importlib.import_module(f"benchmarks.peers.{asked.peer}"), load(asked.world), Rule()
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    peer.start(world, rule, 0)()
    told: dict[str, list] = {"built": [], "seconds": [], "shares": []}
    for seed in range(1, asked.seeds + 1):
        begun = time.process_time()
        year = peer.start(world, rule, seed)
        told["built"].append(time.process_time() - begun)
        shares = []
        for _ in range(asked.years):
            begun = time.process_time()
            shares.append(list(map(float, year())))
            told["seconds"].append(time.process_time() - begun)
        told["shares"].append(shares)
    after = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    print(json.dumps(told | {"megabytes": (after - before) / 1024.0}))


if __name__ == "__main__":
    main()
