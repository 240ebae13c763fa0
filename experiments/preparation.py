"""A plan laid out as runs, the folder it may be kept in, and the files that say what the study is.

Nothing is written before everything is checked; a folder that holds another study is refused with what differs.
"""

import os
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from experiments import identity, parts, provenance, store
from experiments.kinds import KINDS
from experiments.layout import Layout
from experiments.plan import Plan, to_toml
from experiments.request import RequestError, design_beside, is_shipped

if TYPE_CHECKING:
    import pyarrow as pa

    from model.case import Case

KIND: Final = "omstilling study"
FACTS, PLAN, RUNS, LIST = "study.json", "study.toml", "plan.parquet", "list.parquet"
OURS: Final = {
    FACTS,
    PLAN,
    RUNS,
    LIST,
    "designs",
    "provenance",
    "shards",
    "export",
    parts.DONE,
    parts.PARTS,
    parts.COMPACT,
}


@dataclass(frozen=True, eq=False)
class Prepared:
    """A study ready to be run: its cases (design by design in every place), its layout and its identity."""

    folder: Path
    plan: Plan
    layout: Layout
    cases: "tuple[tuple[str, str, Case], ...]"  # design, place, case with the first seed
    about: Mapping[str, Any]  # what study.json says

    @property
    def study(self) -> str:
        """Digest of the identity."""
        return str(self.about["study"])

    @cached_property
    def cells(self) -> "list[tuple[int, int, int]]":
        """Replicate, sample and case of every run, in the order of the plan: a stopped study has as much of each."""
        points, own = range(len(self.layout.points)), range(len(self.cases))
        return [(r, s, c) for r in range(self.plan.replicates) for s in points for c in own]

    @cached_property
    def keys(self) -> list[str]:
        """The key of every run."""
        digests = [told["digest"] for told in self.about["cells"]]
        paths = self.about["paths"]
        values = [dict(zip(paths, row, strict=True)) for row in self.layout.points.tolist()]
        seeds, again = self.plan.seeds, self.layout.returns()
        return [identity.run_key(digests[c], seeds[r], values[s], again[s]) for r, s, c in self.cells]

    def rows(self, shard: tuple[int, int] | None) -> list[int]:
        """Numbers of the runs of a shard, by key, so that each shard has a like share of everything."""
        every = range(len(self.keys))
        return [i for i in every if shard is None or int(self.keys[i][:12], 16) % shard[1] == shard[0] - 1]

    def row(self, number: int) -> dict[str, Any]:
        """What a worker is told of a run."""
        r, s, c = self.cells[number]
        return {
            "key": self.keys[number],
            "cell": c,
            "seed": self.plan.seeds[r],
            "values": self.layout.points[s].tolist(),
        }


def lay_out(plan: Plan, out: Path | None) -> Prepared:
    """Check every case and draw the points. Raises RequestError and the errors of `Case.load`; writes nothing."""
    cases = _cases(plan)
    layout = KINDS[plan.kind].layout(plan.outline)
    _check_cases(plan, layout, cases)
    own = _identity(plan, layout, cases)
    study = identity.digest_of(own)
    folder = out or Path("results") / f"{plan.source.stem[:40]}-{study[:8]}"
    ready = Prepared(folder, plan, layout, cases, _about(plan, layout, cases, own))
    if len(set(ready.keys)) < len(ready.keys):
        raise RequestError(f"{plan.source}: two runs are the same in every way; give each design, place and row once")
    check(ready)
    return ready


def _cases(plan: Plan) -> "tuple[tuple[str, str, Case], ...]":
    from model.case import Case

    found: list[tuple[str, str, Case]] = []
    for design in plan.designs:
        for place in plan.places:
            case = Case.load(
                place=place,
                design=design,
                citizens=plan.citizens,
                seed=plan.seed,
                first=plan.first,
                last=plan.last,
                choice=plan.choice,
                settings=plan.settings,
            )
            found.append((case.design.name, case.place.name, case))
    return tuple(found)


def _check_cases(plan: Plan, layout: Layout, cases: "tuple[tuple[str, str, Case], ...]") -> None:
    """Refuse names that stand twice, and designs with years of their own."""
    names = [(design, place) for design, place, _ in cases]
    if len(set(names)) < len(names):
        twice = next(name for name in names if names.count(name) > 1)
        raise RequestError(f"{plan.source}: design '{twice[0]}' in '{twice[1]}' is asked for twice; name each once")
    spans = {f"{design} {case.first}-{case.last}" for design, _, case in cases}
    if len({(case.first, case.last) for _, _, case in cases}) > 1:
        told = ", ".join(sorted(spans))
        raise RequestError(
            f"{plan.source}: the designs have different years of their own ({told}); give first and last"
        )
    for design, _, _ in cases:
        if not all(c.isalnum() or c in "-_" for c in design):
            raise RequestError(f"{plan.source}: design '{design}': its name must be letters, digits, - and _ only")


def _identity(plan: Plan, layout: Layout, cases: "tuple[tuple[str, str, Case], ...]") -> dict[str, Any]:
    """All that must agree for two studies to be the same; title and limits may change."""
    from hashlib import blake2b

    from model.case import RESULTS_VERSION

    first = cases[0][2]
    return {
        "kind": plan.kind,
        "designs": {design: case.design.digest for design, _, case in cases},
        "places": {place: case.place.digest for _, place, case in cases},
        "citizens": {place: case.citizens for _, place, case in cases},
        "first": first.first,
        "last": first.last,
        "choice": plan.choice,
        "settings": dict(plan.settings),
        "seed": plan.seed,
        "replicates": plan.replicates,
        "varies": [parameter.path for parameter in layout.parameters],
        "points": blake2b(layout.points.astype("<f8").tobytes(), digest_size=16).hexdigest(),
        "keep": sorted(plan.keep),
        "defaults": provenance.parameters(),
        "results_version": RESULTS_VERSION,
        "sources": provenance.source_digest(),
    }


def _about(plan: Plan, layout: Layout, cases: Any, own: dict[str, Any]) -> dict[str, Any]:
    """What study.json says: facts for analysis, and what workers need."""
    return {
        "type": KIND,
        "study": identity.digest_of(own),
        "kind": plan.kind,
        "title": plan.title,
        "question": plan.question,
        "designs": list(dict.fromkeys(design for design, _, _ in cases)),
        "titles": {design: case.design.title.model_dump() for design, _, case in cases},
        "places": list(dict.fromkeys(place for _, place, _ in cases)),
        "seeds": list(plan.seeds),
        "parameters": [list(parameter) for parameter in layout.parameters],
        "paths": [parameter.path for parameter in layout.parameters],
        "problem": dict(layout.problem),
        "options": dict(layout.options),
        "keep": sorted(plan.keep),
        "time_limit": plan.time_limit,
        "memory_limit": plan.memory_limit,
        "runs": plan.runs,
        "version": provenance.version(),
        "revision": provenance.revision(),
        "identity": own,
        "cells": [
            {"design": d, "place": p, "digest": identity.base_digest(c), "case": _loadable(c)} for d, p, c in cases
        ],
    }


def _loadable(case: "Case") -> dict[str, Any]:
    """What `Case.load` takes in a worker: a design from a file is its copy in the folder, a place folder whole."""
    from model.baseline import NORWAY

    place = case.place_name if case.place.folder == NORWAY else str(Path(case.place.folder).resolve())
    return case.described() | {"design": design_beside(case), "place": place}


def check(ready: Prepared) -> None:
    """Refuse a folder that holds something else, or another study. Looks only; raises RequestError."""
    folder = ready.folder
    try:
        if not folder.exists() and not folder.is_symlink():
            return
        if not folder.is_dir():
            raise RequestError(f"--out {folder}: is not a folder; give a new or empty folder")
        held = {path.name for path in folder.iterdir() if not path.name.startswith(".")}
    except OSError as error:
        raise RequestError(f"--out {folder}: cannot be read ({error.strerror}); give another folder") from None
    old = store.read_document(folder / FACTS)
    if old is None or old.get("type") != KIND:
        if held <= OURS and FACTS not in held and not any((folder / parts.DONE).glob("*")):
            return  # a start that was ended before it said what it is
        raise RequestError(f"--out {folder}: holds something else than a study; give a new or empty folder")
    if old.get("study") != ready.study:
        told = "; ".join(identity.differences(old.get("identity", {}), ready.about["identity"]))[:600]
        kept = f"{old.get('version')}, revision {str(old.get('revision'))[:12]}"
        raise RequestError(
            f"--out {folder}: holds another study (made with {kept}). What differs: {told}. Give another folder; or go "
            f"back to what {folder / PLAN} and that revision say, and the study goes on"
        )


def write(ready: Prepared) -> None:
    """Write what the study is, study.json last; nothing when it is there already. Raises RequestError."""
    folder = ready.folder
    try:
        parts.prepare(folder)
        if store.read_document(folder / FACTS) is None:
            _write_new(ready)
        elif _has_new_limits(ready):
            store.write_json(folder / FACTS, ready.about)
    except OSError as error:
        raise RequestError(
            f"--out {folder}: cannot be written ({error.strerror or error}); give a folder that you may write to"
        ) from None


def _has_new_limits(ready: Prepared) -> bool:
    old = store.read_document(ready.folder / FACTS) or {}
    return any(old.get(key) != ready.about[key] for key in ("title", "question", "time_limit", "memory_limit"))


def _write_new(ready: Prepared) -> None:
    from model.institutions.comparison import to_toml as design_toml

    folder, plan = ready.folder, ready.plan
    for _, _, case in ready.cases:
        if not is_shipped(case):
            (folder / "designs").mkdir(exist_ok=True)
            store.write_text(folder / design_beside(case), design_toml(case.design))
    designs = list(dict.fromkeys(design_beside(case) for _, _, case in ready.cases))
    places = [_seen(folder, place) for place in plan.places]
    store.write_text(folder / PLAN, to_toml(plan, designs, places, LIST))
    if plan.kind == "list":
        store.write_table(folder / LIST, _points(ready))
    store.write_table(folder / RUNS, runs_table(ready))
    store.write_json(folder / FACTS, ready.about)


def _seen(folder: Path, place: str) -> str:
    """A place folder as seen from the study's, so that both may move together; a name as it is."""
    return Path(os.path.relpath(place, folder)).as_posix() if "/" in place or "\\" in place else place


def _points(ready: Prepared) -> "pa.Table":
    import numpy as np
    import pyarrow as pa

    columns = {
        path: np.ascontiguousarray(c) for path, c in zip(ready.about["paths"], ready.layout.points.T, strict=True)
    }
    return pa.table(columns)


def runs_table(ready: Prepared) -> "pa.Table":
    """plan.parquet: one row a run with key, design, place, sample, replicate, seed and the parameters by path."""
    import numpy as np
    import pyarrow as pa

    cells = np.array(ready.cells, dtype=np.int64).reshape(-1, 3)
    replicate, sample, cell = cells.T
    designs, places = ([told[i] for told in ready.cases] for i in (0, 1))
    columns: dict[str, Any] = {
        "key": pa.array(ready.keys),
        "design": pa.DictionaryArray.from_arrays(cell.astype(np.int32), pa.array(designs)).cast(pa.string()),
        "place": pa.DictionaryArray.from_arrays(cell.astype(np.int32), pa.array(places)).cast(pa.string()),
        "sample": sample,
        "replicate": replicate.astype(np.int32),
        "seed": np.array(ready.plan.seeds, dtype=np.int64)[replicate],
    }
    points = ready.layout.points
    return pa.table(columns | {p: points[sample, k] for k, p in enumerate(ready.about["paths"])})
