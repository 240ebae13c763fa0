"""JSON-stat 2 as SSB's PxWeb serves it: one cube of values over dimensions, with reasons for blank values."""

from collections import Counter
from itertools import islice, product
from math import prod
from typing import Any, Final, NamedTuple

from model.intake.documents import Document, code_of, words_of
from model.intake.findings import Entry, Finding, IntakeError, Spot, shown
from model.intake.statistics import REGIONS, SOURCE, YEARS, column_of

CELLS: Final = 2_000_000
DIMENSIONS: Final = 12
REASONS: Final = {".": "not applicable", "..": "not available", ":": "confidential"}


class Axis(NamedTuple):
    """One dimension: its words, and the code and label of each of its categories in order."""

    words: str
    codes: list[str]
    labels: list[str]


def read(document: Document) -> Finding | None:
    """Figures by municipality, or the table as it is where it has none; None for other JSON."""
    tree = document.tree
    if not (isinstance(tree, dict) and tree.get("class") == "dataset" and "dimension" in tree):
        return None
    try:
        axes, values = _axes(tree), _values(tree)
    except (KeyError, TypeError, ValueError, AttributeError, IndexError) as error:
        raise IntakeError(
            f"{document.file}: JSON-stat with parts missing ({shown(error)}); download it again"
        ) from None
    if prod(len(axis.codes) for axis in axes) != len(values):
        sizes = " x ".join(str(len(axis.codes)) for axis in axes)
        raise IntakeError(f"{document.file}: {len(values)} values where the dimensions are {sizes}; download it again")
    title = words_of(tree.get("label"))
    finding = Finding(Spot(document.file), "table of statistics (SSB JSON-stat 2)", rows=len(values))
    finding.source = {"what": str(tree.get("label", ""))[:200]} | SOURCE
    _blanks(tree, values, finding)
    region, year = _which(axes, REGIONS), _which(axes, YEARS)
    if region is None or year is None or not _collect(finding, axes, (region, year), title, values):
        _keep(finding, axes, values, "no municipalities or years" if None in (region, year) else "no known variable")
    return finding


def _axes(tree: dict[str, Any]) -> list[Axis]:
    names, sizes = list(tree["id"]), list(tree["size"])
    if not 1 <= len(names) <= DIMENSIONS or len(names) != len(sizes) or prod(map(int, sizes)) > CELLS:
        raise ValueError(f"{len(names)} dimensions of sizes {sizes[:DIMENSIONS]}, at most {CELLS:,} values")
    axes = []
    for name, size in zip(names, sizes, strict=True):
        about = tree["dimension"][name]
        labels = about["category"].get("label", {})
        index = about["category"].get("index", labels)
        codes = (
            sorted(index, key=lambda code: index[code])
            if isinstance(index, dict) and index is not labels
            else list(index)
        )
        if len(codes) != size:
            raise ValueError(f"dimension {name} has {len(codes)} categories and size {size}")
        axes.append(Axis(words_of(about.get("label", name)), codes, [str(labels.get(c, c)) for c in codes]))
    return axes


def _values(tree: dict[str, Any]) -> list[float | None]:
    """Values in order; those that are given by position are laid out."""
    given = tree["value"]
    if isinstance(given, dict):
        laid: list[Any] = [None] * prod(map(int, tree["size"]))
        for position, value in given.items():
            laid[int(position)] = value
        given = laid
    return [None if value is None else float(value) for value in given]


def _blanks(tree: dict[str, Any], values: list[float | None], finding: Finding) -> None:
    status = tree.get("status") or {}
    marks = status if isinstance(status, dict) else {str(i): mark for i, mark in enumerate(status)}
    counts = Counter(str(marks.get(str(i), "")) for i, value in enumerate(values) if value is None)
    if counts:
        told = ", ".join(f"{n} {REASONS.get(mark, f'marked {shown(mark)}')}" for mark, n in sorted(counts.items()))
        finding.remark("missing", 0, f"{sum(counts.values())} values are blank ({told})")


def _which(axes: list[Axis], words: tuple[str, ...]) -> int | None:
    return next((i for i, axis in enumerate(axes) if axis.words in words), None)


def _collect(
    finding: Finding, axes: list[Axis], where: tuple[int, int], title: str, values: list[float | None]
) -> bool:
    """Entries for a single known variable; other dimensions must have one category, or else it would be a part."""
    region, year = where
    others = [axis for i, axis in enumerate(axes) if i not in where]
    if any(len(axis.codes) != 1 for axis in others):
        return False
    column = column_of(*(words_of(axis.labels[0]) for axis in others)) or column_of(title)
    if not column:
        return False
    cells = product(*(range(len(axis.codes)) for axis in axes))
    for at, value in zip(cells, values, strict=True):
        code, text = axes[region].codes[at[region]], axes[year].codes[at[year]]
        if value is not None and code_of(code) and text.isdigit():
            finding.entries.append(Entry(code_of(code), axes[region].labels[at[region]], int(text), column, value, 0))
    strange = [code for code in axes[region].codes if not code_of(code)]
    if strange:
        finding.remark("unmatched", 0, f"{len(strange)} regions are no municipality, such as {shown(strange[0])}")
    finding.names = {code_of(c): label for c, label in zip(axes[region].codes, axes[region].labels, strict=True)}
    return True


def _keep(finding: Finding, axes: list[Axis], values: list[float | None], why: str) -> None:
    cells = islice(product(*(axis.labels for axis in axes)), len(values))
    finding.table = [[*(axis.words for axis in axes), "value"]]
    for labels, value in zip(cells, values, strict=True):
        finding.table.append([*labels, "" if value is None else f"{value:g}"])
    named = ", ".join(axis.words for axis in axes)
    finding.remark("kept", 0, f"{why} (dimensions: {named}), so it changes nothing in the place; kept beside it")
