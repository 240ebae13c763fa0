"""What somebody asks for: designs, place, years, replicates, settings; checked into cases and jobs. Writes nothing."""

import json
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from hashlib import blake2b
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from model.case import Case

MAIN_DESIGNS: Final = (
    "enthusiasts-only",
    "todays-practice",
    "project-grants",
    "permanent-finance",
    "full-transition",
)
MOST_REPLICATES: Final = 10_000
MOST_WORKERS: Final = 512
SIZE_LIMIT: Final = 256_000  # bytes of a case file
KEYS: Final = ("place", "designs", "design", "citizens", "seed", "first", "last", "choice", "replicates", "settings")


class RequestError(ValueError):
    """What was asked cannot be done; the message says what, where, and what would be right."""


@dataclass(frozen=True)
class Request:
    """One experiment: every design with the seeds `seed` to `seed + replicates - 1`, the same luck for all designs."""

    designs: tuple[str, ...] = MAIN_DESIGNS
    place: str = "norway"
    citizens: int | str = 100_000
    seed: int = 1
    first: int | None = None
    last: int | None = None
    choice: str = "planned"
    replicates: int = 20
    settings: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Job:
    """One run: the design's name, which replicate, the digest its case must have, and what `Case.load` takes."""

    design: str
    replicate: int
    seed: int
    digest: str
    case: Mapping[str, Any]


def cases_of(request: Request) -> dict[str, "Case"]:
    """The checked case of each design with the first seed, by the design's own name.

    Raises RequestError, and the errors of `Case.load`.
    """
    from model.case import Case

    if not 1 <= request.replicates <= MOST_REPLICATES:
        raise RequestError(f"{request.replicates} replicates: give from 1 to {MOST_REPLICATES}")
    if not 0 <= request.seed < 2**63 - MOST_REPLICATES:
        raise RequestError(f"seed {request.seed}: give a whole number from 0 to {2**63 - MOST_REPLICATES - 1}")
    if not request.designs:
        raise RequestError("no design: name at least one; `omstilling designs` lists them")
    cases: dict[str, Case] = {}
    for asked in request.designs:
        case = Case.load(
            place=request.place,
            design=asked,
            citizens=request.citizens,
            seed=request.seed,
            first=request.first,
            last=request.last,
            choice=request.choice,
            settings=request.settings,
        )
        name = case.design.name
        if name in cases:
            raise RequestError(f"design '{name}' is asked for twice; name each design once")
        if not all(c.isalnum() or c in "-_" for c in name):
            raise RequestError(f"design {asked}: the name '{name}' must be letters, digits, - and _ only")
        cases[name] = case
    return cases


def jobs_of(request: Request, cases: Mapping[str, "Case"]) -> list[Job]:
    """All runs, replicate by replicate, so that an interrupted experiment has a like number of each design."""
    jobs = []
    for replicate in range(request.replicates):
        seed = request.seed + replicate
        for name, case in cases.items():
            own = case.with_seed(seed)
            jobs.append(Job(name, replicate, seed, own.digest, own.described()))
    return jobs


def digest_of(request: Request, cases: Mapping[str, "Case"]) -> str:
    """BLAKE2b of the digests of all cases and the number of replicates: the same experiment has the same digest."""
    facts = [request.replicates, [[name, case.digest] for name, case in cases.items()]]
    return blake2b(json.dumps(facts).encode(), digest_size=16).hexdigest()


def settings_of(pairs: list[str]) -> dict[str, str]:
    """`path=value` texts as a table. Raises RequestError for one without `=` and for a path that is set twice.

    >>> settings_of(["persons.chief_leaves=0.2"])
    {'persons.chief_leaves': '0.2'}
    """
    settings: dict[str, str] = {}
    for pair in pairs:
        path, sign, value = (part.strip() for part in pair.partition("="))
        if not (path and sign and value):
            raise RequestError(f"--set {pair[:80]!r}: write path=value, such as persons.chief_leaves=0.2")
        if path in settings:
            raise RequestError(f"--set {path}: set twice, to {settings[path]} and {value}; set it once")
        settings[path] = value
    return settings


def to_toml(request: Request, cases: Mapping[str, "Case"]) -> str:
    """The request as TOML that `omstilling run --case` runs again as it is; a design from a file lies beside it."""
    case = next(iter(cases.values()))
    facts = case.described() | {"designs": [design_beside(case) for case in cases.values()]}
    facts |= {"replicates": request.replicates}
    lines = ["# Run again with: omstilling run --case case.toml"]
    shown = [key for key in KEYS if key in facts and key not in ("design", "settings")]
    lines += [f"{key} = {json.dumps(facts[key], ensure_ascii=False)}" for key in shown]
    lines += ["", "[settings]", *(f"{json.dumps(path)} = {value!r}" for path, value in case.settings)]
    return "\n".join(lines) + "\n"


def is_shipped(case: "Case") -> bool:
    """Whether the case's design was asked for by name and not by file."""
    return case.design_name == case.design.name


def design_beside(case: "Case") -> str:
    """How case.toml names the design: a shipped one by name, another as the copy in the results folder."""
    return case.design.name if is_shipped(case) else f"designs/{case.design.name}.toml"


def read_request(path: Path) -> Request:
    """The request kept in a case.toml. Raises RequestError when the file cannot be read or has an unknown key."""
    try:
        if path.stat().st_size > SIZE_LIMIT:
            raise RequestError(f"{path}: larger than {SIZE_LIMIT // 1000} kB; a case file is short")
        facts = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError, RecursionError) as error:
        raise RequestError(f"{path}: not a case file ({error}); a results folder holds one as case.toml") from None
    for key in facts:
        if key not in KEYS:
            raise RequestError(f"{path}: unknown key '{key}'; the keys are {', '.join(KEYS)}")
    for key, kinds in (("place", str), ("choice", str), ("citizens", int | str), ("settings", dict), ("designs", list)):
        if key in facts and (isinstance(facts[key], bool) or not isinstance(facts[key], kinds)):
            raise RequestError(f"{path}: {key} = {facts[key]!r} has the wrong type")
    for key in ("seed", "first", "last", "replicates"):
        if key in facts and type(facts[key]) is not int:
            raise RequestError(f"{path}: {key} = {facts[key]!r}; give a whole number")
    designs = facts.pop("designs", None) or [facts.pop("design", "todays-practice")]
    facts.pop("design", None)
    return Request(designs=tuple(_located(str(name), path.parent) for name in designs), **facts)


def _located(design: str, folder: Path) -> str:
    is_file = design.endswith(".toml") and not Path(design).is_absolute()
    return str(folder / design) if is_file else design
