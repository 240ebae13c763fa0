"""Plans and studies that tests share: small, in a folder of the test's own."""

import subprocess
import sys
from pathlib import Path
from typing import Any

import pyarrow as pa

from experiments import parts, results
from experiments.study import Launch, Tally, carry_out

HEAD = """
title = "A test"
designs = ["todays-practice", "full-transition"]
places = ["telemark"]
citizens = 100
first = 2025
last = 2028
"""


def plan(folder: Path, kind: str, more: str = "", *, name: str = "plan.toml") -> Path:
    """A plan of some kind with small worlds; `more` are further keys, the kind's table last."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / name
    path.write_text(f'kind = "{kind}"\n{HEAD}\n{more}\n', encoding="utf-8")
    return path


def study(path: Path, out: Path, **how: Any) -> Tally:
    """Carry a plan out in this process, unless `how` says otherwise."""
    return carry_out(Launch(path, out, **how))


def launched(path: Path, out: Path, *words: str) -> "subprocess.Popen[str]":
    """The same command in a process of its own, in a group of its own."""
    return subprocess.Popen(
        [sys.executable, "-m", "experiments.cli", "study", str(path), "--out", str(out), *words],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )


def contents(folder: Path, table: str = "nation") -> pa.Table:
    """A kept table sorted by key and year, for comparison."""
    found = parts.read(folder, table)
    assert found is not None
    plain = found.cast(pa.schema([f.with_type(pa.string()) if f.name == "key" else f for f in found.schema]))
    return plain.sort_by([("key", "ascending"), ("year", "ascending")]).combine_chunks()


def same(one: Path, other: Path) -> bool:
    """Whether two studies hold the same: digest, frame and kept table."""
    frames = [results.frame(folder).sort_values("key").reset_index(drop=True) for folder in (one, other)]
    return (
        results.digest(one) == results.digest(other)
        and frames[0].equals(frames[1])
        and contents(one).equals(contents(other))
    )
