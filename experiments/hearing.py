"""All claims from question to document: runs them, draws the conclusions, and writes the results folder."""

import time
from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import blake2b
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any, Final

from experiments import conclusions, examination, provenance, store
from experiments.claim import Claim
from experiments.examination import ALL, Question, World
from experiments.request import RequestError

if TYPE_CHECKING:
    import pyarrow as pa

KIND: Final = "omstilling claims"
FILES: Final = ("claims.json", "claims.parquet")


@dataclass(frozen=True)
class Hearing:
    """What is to be carried out: the question, the claims, and every world they need."""

    question: Question
    claims: tuple[Claim, ...]
    worlds: tuple[World, ...]

    @property
    def digest(self) -> str:
        """BLAKE2b of all worlds and the number of seeds: the same examination has the same digest."""
        told = f"{self.question.replicates} {[(world.key, world.uses) for world in self.worlds]}"
        return blake2b(told.encode(), digest_size=16).hexdigest()


def prepared(question: Question, names: Sequence[str] = ()) -> Hearing:
    """A checked hearing of the named claims, of all by default. Raises RequestError and the errors of `Case.load`."""
    from experiments.claims import CLAIMS
    from model.institutions.errors import nearest

    known = {claim.id: claim for claim in CLAIMS}
    for name in names:
        if name not in known:
            raise RequestError(f"no claim '{name[:60]}'; {nearest(name, list(known))}")
    chosen = tuple(claim for claim in CLAIMS if not names or claim.id in names)
    known_question, span = examination.settled(question)
    return Hearing(known_question, chosen, tuple(examination.worlds_of(known_question, span, chosen)))


def check_folder(folder: Path, digest: str, *, replace: bool) -> None:
    """Refuse a folder that holds something else, or another examination unless `replace`. Raises RequestError."""
    try:
        if not folder.exists() and not folder.is_symlink():
            above = next(one for one in folder.absolute().parents if one.exists())
            with TemporaryDirectory(dir=above):  # whether it can be written is asked before all the runs, not after
                return
        held = {path.name for path in folder.iterdir()}
    except (OSError, ValueError) as error:  # ValueError: a name that no file system takes
        why = getattr(error, "strerror", None) or error
        raise RequestError(f"--out {str(folder)[:200]}: cannot be used ({why}); give another folder") from None
    if not held:
        return
    document = store.read_document(folder / FILES[0]) or {}
    if not held <= set(FILES) or document.get("kind") != KIND:
        raise RequestError(f"--out {folder}: holds something else than claims; give a new or empty folder")
    if document.get("digest") != digest and not replace:
        raise RequestError(f"--out {folder}: holds other claims; give another folder, or --replace to write over them")


def document_of(hearing: Hearing, receipts: Sequence[dict[str, Any]], started: float) -> dict[str, Any]:
    """What `claims --json` prints and claims.json keeps. With every rule of choice, `claims` are those of the first."""
    records = conclusions.records_of(hearing.worlds, receipts)
    question = hearing.question
    rows = {
        rule: [conclusions.row_of(claim, rule, records[rule, claim.id]) for claim in hearing.claims]
        for rule in question.rules
    }
    document: dict[str, Any] = {
        "kind": KIND,
        **provenance.of_results(),
        "place": question.place,
        "citizens": question.citizens,
        "replicates": question.replicates,
        "seeds": [question.seed + r for r in range(question.replicates)],
        "choice": question.choice,
        "settings": dict(question.settings),
        "digest": hearing.digest,
        "runs": len(receipts),
        "seconds": round(time.perf_counter() - started, 1),
        "claims": rows[question.rules[0]],
    }
    if question.choice == ALL:
        document |= {"by_choice": rows, "by_theory": conclusions.by_theory(rows)}
    return document


def write(folder: Path, hearing: Hearing, receipts: Sequence[dict[str, Any]], document: dict[str, Any]) -> None:
    """Write claims.json, and claims.parquet with every effect in every pair of runs. Raises StoreError."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        store.write_table(folder / "claims.parquet", _table(hearing, receipts))
        store.write_json(folder / "claims.json", document)
    except OSError as error:
        raise store.StoreError(f"{folder}: {error.strerror or error}") from error


def _table(hearing: Hearing, receipts: Sequence[dict[str, Any]]) -> "pa.Table":
    """Every effect in every pair of runs; NaN where a pair has no value."""
    import pyarrow as pa

    claims = {claim.id: claim for claim in hearing.claims}
    rows = [
        {"choice": rule, "claim": name, "effect": effect.name, "seed": seed, "value": value}
        for (rule, name), record in conclusions.records_of(hearing.worlds, receipts).items()
        for effect in claims[name].effects
        for seed, value in conclusions.values_of(effect, record.pairs()).items()
    ]
    words = [(name, pa.string()) for name in ("choice", "claim", "effect")]
    return pa.Table.from_pylist(rows, pa.schema([*words, ("seed", pa.int64()), ("value", pa.float64())]))
