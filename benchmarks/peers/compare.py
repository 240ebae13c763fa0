"""The same rule of adoption in six ways, in one run: `python -m benchmarks.peers.compare [--citizens 100000] [--json]`.

Peers stand in `benchmarks/requirements.txt` and, where they want other packages, `benchmarks/requirements-frames.txt`;
`--python PEER=PATH` names the interpreter that has one. Rounds take turns, each peer in a process of its own: on one
thread, by processor time; or with `--threads 2` as many threads as it knows how to use, by the clock, on a machine at
rest. Outcomes are compared before times: a peer that does not agree is shown as such and gets no ratio.
"""

import argparse
import ast
import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path
from statistics import median
from typing import Any, Final

import numpy as np

from benchmarks.peers import rule
from experiments.workloads import machine

HERE: Final = Path(__file__).parent
OURS: Final = "omstilling"
PEERS: Final = {
    OURS: "omstilling",
    "sparse_matrix": "scipy.sparse, no agents",
    "mesa_frames_set": "mesa-frames (polars)",
    "starsim_module": "Starsim",
    "mesa_objects": "Mesa, plain objects",
    "agentpy_list": "AgentPy",
}
SEEDS: Final = 2  # of each peer in a round
ERRORS: Final = 5.0  # standard errors that mean shares may lie apart


def lines_of(path: Path) -> int:
    """Lines of code: neither blank, comment nor docstring, however it was laid out."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    for node in ast.walk(tree):
        body = getattr(node, "body", None)
        first = body[0] if isinstance(body, list) and len(body) > 1 else None
        if isinstance(first, ast.Expr) and isinstance(first.value, ast.Constant):
            del body[0]
    return len([line for line in ast.unparse(tree).splitlines() if line.strip()])


def farthest(shares: np.ndarray, ours: np.ndarray) -> float:
    """Largest difference of mean shares over years and solutions; each (R, Y, J)."""
    return float(np.abs(shares.mean(axis=0) - ours.mean(axis=0)).max())


def allowed(ours: np.ndarray, seeds: int) -> float:
    """How far mean shares may lie apart by chance: standard errors of the share that differs most among our seeds."""
    return float(ERRORS * ours.std(axis=0, ddof=1).max() * np.sqrt(1.0 / len(ours) + 1.0 / seeds))


def played(peer: str, python: str, world: Path, asked: argparse.Namespace, seeds: list[int]) -> dict[str, Any] | None:
    """What `benchmarks.peers.one` tells; None where the peer cannot be imported or fails, with its last word shown."""
    names = (*(f"{name}_NUM_THREADS" for name in ("NUMBA", "OMP", "OPENBLAS", "MKL")), "POLARS_MAX_THREADS")
    command = [python, "-m", "benchmarks.peers.one", peer, str(world), "--years", str(asked.years), "--seeds"]
    done = subprocess.run(
        [*command, *map(str, seeds)],
        env=os.environ | dict.fromkeys(names, str(asked.threads)) | {"PYTHONPATH": str(HERE.parent.parent)},
        cwd=HERE.parent.parent,
        capture_output=True,
        text=True,
        timeout=1200,
    )
    if done.returncode:
        print(f"{peer}: {done.stderr.strip().splitlines()[-1]}", file=sys.stderr)
        return None
    return json.loads(done.stdout.splitlines()[-1])  # a peer may greet before it


def table(told: dict[str, list[dict[str, Any]]], citizens: int, clock: str) -> list[dict[str, Any]]:
    """A row for each peer, the fastest first; ratios are to ours, of medians a year.

    clock: `seconds` of the processor, or `wall` for those of the clock.
    """
    shares = {peer: np.concatenate([t["shares"] for t in rounds]) for peer, rounds in told.items()}
    seconds = {peer: [s for t in rounds for s in t[clock]] for peer, rounds in told.items()}
    rows = []
    for peer in told:
        apart = farthest(shares[peer], shares[OURS])
        limit = allowed(shares[OURS], len(shares[peer]))
        middle = median(seconds[peer])
        row = {
            "peer": PEERS[peer],
            "agrees": apart <= limit,
            "apart": apart,
            "allowed": limit,
            "milliseconds": 1e3 * middle,
            "low": 1e3 * min(seconds[peer]),
            "high": 1e3 * max(seconds[peer]),
            "ratio": middle / median(seconds[OURS]) if apart <= limit else None,
            "citizen_years_a_second": citizens / middle,
            "megabytes": median(t["megabytes"] for t in told[peer]),
            "lines": lines_of(HERE / f"{peer}.py"),
        }
        rows.append(row)
    return sorted(rows, key=lambda row: row["milliseconds"])


def show(rows: list[dict[str, Any]]) -> None:
    """Print the rows as a table in Markdown."""
    print("| | ms a year (lowest-highest) | ratio | million a second | MB | lines | farthest share (allowed) |")
    print("|---|--:|--:|--:|--:|--:|--:|")
    for r in rows:
        ratio = f"{r['ratio']:.1f}" if r["agrees"] else "does not agree"
        time = f"{r['milliseconds']:.1f} ({r['low']:.1f}-{r['high']:.1f})"
        rest = f"{r['citizen_years_a_second'] / 1e6:.2f} | {r['megabytes']:.0f} | {r['lines']}"
        print(f"| {r['peer']} | {time} | {ratio} | {rest} | {r['apart']:.4f} ({r['allowed']:.4f}) |")


def main() -> None:
    """Play all, then compare."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--citizens", type=int, default=100_000)
    options.add_argument("--python", action="append", default=[], metavar="PEER=PATH")
    options.add_argument("--years", type=int, default=10)
    options.add_argument("--rounds", type=int, default=3)
    options.add_argument("--threads", type=int, default=1)
    options.add_argument("--json", action="store_true")
    asked = options.parse_args()
    pythons = dict.fromkeys(PEERS, sys.executable) | dict(pair.split("=", 1) for pair in asked.python)
    told: dict[str, list[dict[str, Any]]] = {}
    with tempfile.TemporaryDirectory() as folder:
        world = Path(folder) / "world.npz"
        rule.save(rule.world(asked.citizens), world)
        missing: set[str] = set()
        for turn in range(asked.rounds):
            for peer in [p for p in PEERS if p not in missing]:
                seeds = [1 + turn * SEEDS + k for k in range(SEEDS)]
                heard = played(peer, pythons[peer], world, asked, seeds)
                if heard is None:
                    missing.add(peer)
                else:
                    told.setdefault(peer, []).append(heard)
    clock = "seconds" if asked.threads == 1 else "wall"
    rows = table({p: t for p, t in told.items() if p not in missing}, asked.citizens, clock)
    if asked.json:
        print(json.dumps({"machine": machine(), "citizens": asked.citizens, "peers": rows}, indent=1))
        return
    how = "processor time of one thread" if asked.threads == 1 else f"on the clock, up to {asked.threads} threads"
    print(f"{machine()['processor']}, Python {machine()['python']}; {asked.citizens:,} citizens, {how}\n")
    show(rows)


if __name__ == "__main__":
    main()
