"""The rules of one finished run, read from a results folder and ready to be asked about. Writes nothing."""

from dataclasses import dataclass
from pathlib import Path
from typing import Final

import pyarrow as pa
import pyarrow.parquet as pq

from agents.vocabulary import COUNTY_RULES, ELEMENTS
from experiments import request, store
from experiments.request import RequestError
from model import schema
from model.institutions.errors import nearest, quoted
from model.regime import Names, Rule, in_force
from model.story import Link, Story

AGAIN: Final = "run the same designs again into a new folder"
TABLES: Final = {"regime": schema.REGIME, "event": schema.EVENT}


@dataclass(frozen=True, eq=False)
class Record:
    """One run: its folder and design, the names of its actors, and its first and last year."""

    run: Path
    design: str
    names: Names
    first: int
    last: int

    def rules(self, year: int | None, actor: str) -> tuple[int, list[Rule]]:
        """The year asked about (None: the last) and the rules in force at its end; actor: a node, or empty for all."""
        shown = self.last if year is None else year
        if not self.first <= shown <= self.last:
            raise RequestError(f"--year {shown}: give a year from {self.first} to {self.last}")
        return shown, in_force(self.table("regime"), shown, self.names, first=self.first, actor=actor)

    def story(self, actor: str, subject: str) -> list[Link]:
        """What happened to a rule of a municipality or county, and what stands behind it."""
        if actor in ("", "state"):
            raise RequestError("--why: name a municipality or a county with --actor, such as --actor 3403")
        known = COUNTY_RULES if actor.startswith("county:") else ELEMENTS
        if subject not in known:
            raise RequestError(f"--why {quoted(subject)}: {nearest(subject, known)}")
        return Story(self.table("regime"), self.table("event")).why(actor, subject)

    def node(self, actor: str | None) -> str:
        """The node that a number names: a municipality (4 digits), a county (2 digits) or the state; empty for None."""
        if actor is None:
            return ""
        for node in (actor, f"county:{actor}"):
            if node in self.names:
                return node
        known = f"a municipality such as {next(iter(self.names.of_municipality))}"
        raise RequestError(
            f"--actor {quoted(actor)}: give {known}, a county such as {next(iter(self.names.of_county))}, or state"
        )

    def table(self, name: str) -> pa.Table:
        """A table of the run. Raises RequestError when it is missing or not as declared."""
        path = self.run / f"{name}.parquet"
        try:
            return pq.read_table(path, columns=[column.name for column in TABLES[name]])
        except (OSError, pa.ArrowException, KeyError):
            raise RequestError(f"{path}: no table of the {name}s of a run; {AGAIN}") from None


def open_record(folder: Path, design: str | None, replicate: int) -> Record:
    """A finished run of a results folder; design None: the first. Raises RequestError and what `Case.load` raises."""
    manifest = store.read_manifest(folder)
    if manifest is None:
        raise RequestError(f"{folder}: no results folder; give one that `omstilling run` wrote")
    cases = request.cases_of(request.read_request(folder / "case.toml"))
    name = next(iter(cases)) if design is None else design
    if name not in cases:
        raise RequestError(f"--design {quoted(name)}: {nearest(name, cases)}")
    run = store.run_folder(folder, name, replicate)
    if replicate < 0 or (store.read_receipt(run) or {}).get("status") != "done":
        there = sorted(int(path.parent.name) for path in run.parent.glob(f"[0-9]*/{store.RECEIPT}"))
        remedy = f"give one from {there[0]} to {there[-1]}" if there else "none is finished"
        raise RequestError(f"--replicate {replicate}: no finished run of {name}; {remedy}")
    case = cases[name]
    if case.place.digest != dict(manifest.get("place") or {}).get("digest"):
        raise RequestError(f"{folder}: {case.place.name} is no longer the place of this run; {AGAIN}")
    return Record(run, name, Names(case.place, case.design), case.first, case.last)
