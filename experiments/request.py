"""What somebody asks for: designs, place, years, replicates, settings; checked into cases and jobs. Writes nothing."""

import json
import os
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from hashlib import blake2b
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from model.institutions.errors import quoted
from model.plain_text import TextError, text_of
from model.plain_toml import SIZE, tables

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
KEYS: Final = ("place", "designs", "design", "citizens", "seed", "first", "last", "choice", "replicates", "settings")
TYPES: Final = {
    **dict.fromkeys(("place", "choice", "design"), str),
    **dict.fromkeys(("seed", "first", "last", "replicates"), int),
    "citizens": int | str,
    "settings": dict,
    "designs": list,
}
RIGHT: Final = {str: "a text", int: "a whole number", int | str: "a whole number", dict: "a table", list: "a list"}


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
    asked_as: dict[str, str] = {}
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
            raise RequestError(_twice(name, asked_as[name], asked))
        if not all(c.isalnum() or c in "-_" for c in name):
            raise RequestError(f"design {asked}: the name '{name}' must be letters, digits, - and _ only")
        cases[name], asked_as[name] = case, asked
    _check_years(cases)
    return cases


def _check_years(cases: Mapping[str, "Case"]) -> None:
    """Designs of one run are compared year by year: refuse those that bring different years of their own."""
    spans = {name: f"{case.first}-{case.last}" for name, case in cases.items()}
    if len(set(spans.values())) > 1:
        told = ", ".join(f"{name} {span}" for name, span in spans.items())
        raise RequestError(
            f"the designs have different years of their own ({told}); give --from and --to, or run apart"
        )


def _twice(name: str, first: str, second: str) -> str:
    """What to say when two designs have the same name: in a file of one's own the name can be changed."""
    mine, other = (second, first) if _is_path(second) else (first, second)
    if not _is_path(mine) or mine == other or (_is_path(other) and os.path.samefile(mine, other)):
        return f"design '{name}' is asked for twice; name each design once"
    lines = text_of(Path(mine), limit=SIZE).splitlines()
    at = next((i for i, line in enumerate(lines, 1) if re.match(r"""\s*["']?name["']?\s*=""", line)), 1)
    return f"{mine} has the same name as {other}; change `name` on its line {at}"


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
            raise RequestError(f"--set {quoted(pair)}: write path=value, such as persons.chief_leaves=0.2")
        if path in settings:
            raise RequestError(
                f"--set {quoted(path)}: set twice, to {quoted(settings[path])} and {quoted(value)}; set it once"
            )
        settings[path] = value
    return settings


def to_toml(request: Request, cases: Mapping[str, "Case"], folder: Path) -> str:
    """The request as TOML that `omstilling run --case` runs again as it is, lying in `folder`.

    A design from a file lies beside it; a place folder is named as seen from `folder`, so both may move together.
    """
    case = next(iter(cases.values()))
    facts = case.described() | {"designs": [design_beside(case) for case in cases.values()]}
    facts |= {"place": _place_seen_from(folder, case), "replicates": request.replicates}
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


def _place_seen_from(folder: Path, case: "Case") -> str:
    from model.baseline import NORWAY

    where = case.place.folder
    if where == NORWAY:
        return case.place_name
    try:
        seen = Path(os.path.relpath(where, folder.resolve())).as_posix()
    except ValueError:  # on another drive
        return where.as_posix()
    return seen if "/" in seen else f"./{seen}"


def read_request(path: Path) -> Request:
    """The request kept in a case.toml; files and folders in it are looked for from where it lies.

    Raises RequestError when the file cannot be read, has an unknown key or names no design.
    """
    try:
        text = text_of(path, limit=SIZE)
    except TextError as error:
        raise _no_case(path, error) from None
    return request_in(text, path)


def request_in(text: str, path: Path) -> Request:
    """The request in the text of a case file that lies, or would lie, at `path`. Raises RequestError; opens nothing."""
    try:
        facts = tables(text)
    except TextError as error:
        raise _no_case(path, error) from None
    for key in facts:
        if key not in KEYS:
            raise RequestError(f"{path}: unknown key {quoted(key)}; the keys are {', '.join(KEYS)}")
    for key, kinds in TYPES.items():
        if key in facts and (isinstance(facts[key], bool) or not isinstance(facts[key], kinds)):
            raise RequestError(f"{path}: {key} = {quoted(facts[key])} has the wrong type; give {RIGHT[kinds]}")
    asked = facts.pop("designs", []) + [facts.pop(key) for key in ("design",) if key in facts]
    if not asked or not all(isinstance(name, str) for name in asked):
        raise RequestError(f'{path}: no design is named; list at least one, such as designs = ["todays-practice"]')
    place = located(facts.pop("place", "norway"), path.parent)
    return Request(designs=tuple(located(name, path.parent) for name in asked), place=place, **facts)


def _no_case(path: Path, error: TextError) -> RequestError:
    return RequestError(f"{path}: not a case file ({error}); a results folder holds one as case.toml")


def within(folder: Path, name: Any, where: str) -> Path:
    """The path of a file named in a file of people: in `folder` or below. Raises RequestError for any other."""
    if not isinstance(name, str) or not name.strip():
        raise RequestError(f"{where}: name a file")
    try:
        path = (folder / name).resolve()
        is_below = path.is_relative_to(folder.resolve())
    except (OSError, ValueError):
        is_below = False
    if not is_below:
        raise RequestError(f"{where} = {quoted(name)}: must lie in {folder} or below")
    return folder / name


def located(name: str, folder: Path) -> str:
    """A name as it is; a path to a design file or place folder as seen from `folder`."""
    return str(folder / name) if _is_path(name) else name


def _is_path(name: str) -> bool:
    return name.endswith(".toml") or "/" in name or "\\" in name
