"""A study folder as tables: one frame with a row a finished run, the study's facts, and a digest of what is in it.

Joined by key and never by order. Raises RequestError for a folder that holds no study.
"""

from hashlib import blake2b
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from experiments import parts, store
from experiments.facts import Outcome, StudyFacts, Varied
from experiments.preparation import FACTS, KIND, RUNS
from experiments.request import RequestError

if TYPE_CHECKING:
    import pandas as pd
    import pyarrow as pa

IDENTIFYING: Final = ("key", "design", "place", "sample", "replicate", "seed")


def about(folder: Path) -> dict[str, Any]:
    """What study.json says. Raises RequestError."""
    told = store.read_document(folder / FACTS)
    if told is None or told.get("type") != KIND:
        raise RequestError(f"{folder}: no study; give a folder that `omstilling study` wrote")
    return told


def is_study(folder: Path) -> bool:
    """Whether a folder holds a study."""
    return (store.read_document(folder / FACTS) or {}).get("type") == KIND


def frame(folder: Path) -> "pd.DataFrame":
    """A row a finished run in the plan's order: key, design, place, sample, replicate, seed, parameters, measures."""
    import pandas as pd

    about(folder)
    found = parts.read(folder, "outcome")
    measures = pd.DataFrame({"key": []}) if found is None else found.to_pandas().astype({"key": "object"})
    return planned(folder).merge(measures, on="key", how="inner", validate="one_to_one")


def planned(folder: Path) -> "pd.DataFrame":
    """A row a planned run, with the values of its parameters. Raises RequestError where the file is gone or torn."""
    try:
        return store.read_table(folder / RUNS).to_pandas().astype({"key": "object"})
    except (FileNotFoundError, KeyError):
        raise RequestError(
            f"{folder / RUNS}: there is no list of runs; put back the one that the study began with, or begin in a new "
            "folder"
        ) from None


def table(folder: Path, name: str) -> "pa.Table | None":
    """A table that the plan keeps (`nation`, `municipality`, `uptake`), rows of finished runs with their key."""
    return parts.read(folder, name)


def facts(folder: Path) -> StudyFacts:
    """The study's plan and standing."""
    told = about(folder)
    runs = parts.finished(folder).values()
    done = [run for run in runs if run["status"] == "done"]
    own = told["identity"]
    counts = list(own["citizens"].values())
    return StudyFacts(
        **{key: told[key] for key in ("kind", "title", "question", "problem", "options", "version", "titles", "runs")},
        **{key: own[key] for key in ("first", "last", "choice", "replicates", "results_version")},
        designs=tuple(told["designs"]),
        places=tuple(told["places"]),
        citizens=counts[0] if len(set(counts)) == 1 else " / ".join(map(str, counts)),
        seeds=tuple(told["seeds"]),
        parameters=tuple(Varied(*parameter) for parameter in told["parameters"]),
        revision=str(told["revision"]),
        done=len(done),
        failed=len(runs) - len(done),
        warned=sum(bool(run.get("warnings")) for run in done),
    )


def outcomes() -> tuple[Outcome, ...]:
    """The measures of a run in the order of the frame's columns."""
    from experiments.outcomes import MEASURES

    return tuple(measure.told for measure in MEASURES)


def digest(folder: Path) -> str:
    """BLAKE2b of the finished runs by key: digest of each and its measures; the same however they were carried out."""
    import numpy as np

    total = blake2b(digest_size=16)
    for key, run in sorted(parts.finished(folder).items()):
        if run["status"] == "done":
            total.update(f"{key} {run['digest']} ".encode())
    found = parts.read(folder, "outcome")
    if found is not None:
        order = np.argsort(np.array(found.column("key").to_pylist()))
        for name in sorted(found.column_names):
            if name != "key":
                total.update(name.encode() + np.ascontiguousarray(found.column(name).to_numpy()[order]).tobytes())
    return total.hexdigest()
