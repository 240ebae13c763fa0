"""An assembly written as a place folder: all of it or nothing, and only what the program can read again."""

import csv
import io
import json
import shutil
import tempfile
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any, Final

from agents.vocabulary import SECTORS
from model import baseline
from model.intake.assembly import Assembly
from model.intake.findings import Finding, IntakeError, Remark, Spot, shown
from model.place_folder import NORWAY
from model.places import load_place

REPORT: Final = "import.json"
TABLE: Final = "municipalities.csv"
PARTLY_BLANK: Final = SECTORS  # columns in which a blank cell is an estimate in every place folder
MADE: Final = {"en": "with imported figures", "nb": "med importerte tall"}


def write_folder(
    assembly: Assembly, findings: Sequence[Finding], out: Path, *, replace: bool = False
) -> dict[str, Any]:
    """Write the place folder `out` and hand back the report that lies in it as import.json.

    Raises IntakeError where `out` holds something and `replace` is not said, or holds anything else than a place.
    """
    _check(out, replace=replace)
    try:
        out.parent.mkdir(parents=True, exist_ok=True)
        work = Path(tempfile.mkdtemp(prefix=f".{out.name}-", dir=out.parent))
    except OSError as error:
        raise IntakeError(f"{shown(out)}: cannot be written ({error.strerror}); choose another --out") from None
    try:
        _fill(work, assembly, findings)
        place = load_place(str(work))
        report = report_of(assembly, findings) | {"out": str(out), "digest": place.digest}
        (work / REPORT).write_text(json.dumps(report, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
        work.chmod(0o755)
        if out.exists():
            shutil.rmtree(out)
        work.replace(out)
    finally:
        shutil.rmtree(work, ignore_errors=True)
    return report


def _check(out: Path, *, replace: bool) -> None:
    if out.is_symlink() or (out.exists() and not out.is_dir()):
        raise IntakeError(f"{shown(out)}: no folder; choose another --out")
    if out.is_dir() and any(out.iterdir()):
        if not replace:
            raise IntakeError(f"{shown(out)}: holds something already; choose another --out or say --replace")
        if not (out / REPORT).is_file():
            raise IntakeError(f"{shown(out)}: holds something that no import made; choose another --out")


def _fill(work: Path, assembly: Assembly, findings: Sequence[Finding]) -> None:
    base = assembly.base
    is_folder = base.folder != baseline.NORWAY
    for name in ("boundaries.geojson", "commuting.csv") if is_folder else ():
        if (base.folder / name).is_file():
            shutil.copyfile(base.folder / name, work / name)
    is_over = not is_folder or base.is_overlay
    header, rows = _rows_of(assembly) if not is_folder else _read(base.folder / TABLE, assembly)
    _lay(assembly, (header, rows), is_over=is_over)
    _write_csv(work / TABLE, [header, *([row.get(h, "") for h in header] for row in rows)])
    (work / "place.toml").write_text(_settings(assembly, is_over=is_over), encoding="utf-8")
    old = base.sources if is_folder else ()
    mine = [s for s in old if "file" in s] + [_told(assembly, f) for f in findings if f.source]
    (work / "sources.toml").write_text("\n".join(map(_source, mine)), encoding="utf-8")
    kept = [finding for finding in findings if finding.table]
    for i, finding in enumerate(kept, start=1):
        (work / "tables").mkdir(exist_ok=True)
        _write_csv(work / "tables" / f"{i:02d}-{_stem(finding.spot.file)}.csv", finding.table)


def _rows_of(assembly: Assembly) -> tuple[list[str], list[dict[str, str]]]:
    base = assembly.base
    counties = [base.county_names[c] for c in base.county_of]
    named = zip(base.numbers, base.names, counties, strict=True)
    return ["number", "name", "county"], [{"number": n, "name": m, "county": c} for n, m, c in named]


def _read(file: Path, assembly: Assembly) -> tuple[list[str], list[dict[str, str]]]:
    """The folder's own rows, which are those of the place, with numbers."""
    lines = [line for line in csv.reader(io.StringIO(file.read_text(encoding="utf-8-sig"))) if line]
    header = [cell.strip() for cell in lines[0]]
    rows = [dict(zip(header, (cell.strip() for cell in line), strict=True)) for line in lines[1:]]
    if "number" not in header:
        header.insert(0, "number")
        for row, number in zip(rows, assembly.base.numbers, strict=True):
            row["number"] = number
    return header, rows


def _lay(assembly: Assembly, table: tuple[list[str], list[dict[str, str]]], *, is_over: bool) -> None:
    """Put the figures into the rows; a column that a folder of its own needs whole is left out where it has gaps."""
    header, rows = table
    for column, values in sorted(assembly.columns.items()):
        is_whole = column in header or all(row["number"] in values for row in rows)
        if not values or not (is_whole or is_over or column in PARTLY_BLANK):
            what = f"{column} is known of {len(values)} of {len(rows)} municipalities only and so not used"
            assembly.remarks.append(Remark("missing", Spot("all files"), what))
            continue
        if column not in header:
            header.append(column)
        for row in rows:
            if row["number"] in values:
                row[column] = f"{values[row['number']]:.12g}"
    if any(sector in header for sector in SECTORS):
        if "official" not in header:
            header.append("official")
        base = dict(zip(assembly.base.numbers, assembly.base.official, strict=True))
        for row in rows:
            number = row["number"]
            mine = (base[number] - assembly.spread.get(number, set())) | assembly.official.get(number, set())
            row["official"] = ";".join(sector for sector in SECTORS if sector in mine)


def _settings(assembly: Assembly, *, is_over: bool) -> str:
    base = assembly.base
    lines = [f'base = "{NORWAY}"'] if is_over else []
    lines += [f"first_year = {base.first_year}", f"last_year = {base.last_year}", f"base_year = {base.base_year}"]
    lines += ["", "[title]"]
    for language, words in base.title.items():
        made = MADE.get(language, MADE["en"])
        title = words if words.endswith(made) else f"{words}, {made}"
        lines.append(f"{_quoted(language)} = {_quoted(title)}")
    return "\n".join(lines) + "\n"


def _told(assembly: Assembly, finding: Finding) -> dict[str, str]:
    """A file's source, with what of it was used."""
    years, numbers = assembly.years.get(finding.spot, []), assembly.matched.get(finding.spot, [])
    about = finding.area or (f"{len(numbers)} municipalities" if numbers else "")
    spread = (
        f" divided among {len(numbers)} municipalities as the estimates are" if finding.area and numbers[1:] else ""
    )
    when = f" {years[0]}" + (f"-{years[-1]}" if years[1:] else "") if years else ""
    what = finding.source["what"] + (f" ({about}{spread}{when})" if about or when else "")
    return finding.source | {"what": what, "file": finding.spot.file}


def _source(source: Mapping[str, Any]) -> str:
    return "[[source]]\n" + "".join(f"{_quoted(key)} = {_quoted(value)}\n" for key, value in source.items())


def _quoted(text: object) -> str:
    """A text as TOML writes it between quotes, which is as JSON does."""
    return json.dumps("".join(c for c in str(text) if c.isprintable())[:400], ensure_ascii=False)


def _stem(file: str) -> str:
    return "".join(c if c.isalnum() and c.isascii() else "-" for c in Path(file).stem)[:60].strip("-") or "table"


def _write_csv(path: Path, lines: Iterable[Sequence[str]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows([[_harmless(cell) for cell in line] for line in lines])


def _harmless(cell: str) -> str:
    """A cell that no spreadsheet takes for a formula."""
    is_number = cell[1:2].isdigit() or cell in ("-", "+")
    return f"'{cell}" if cell[:1] in ("=", "+", "-", "@", "\t", "\r") and not is_number else cell


def report_of(assembly: Assembly, findings: Sequence[Finding]) -> dict[str, Any]:
    """What was read, what matched, what became official, and every remark."""
    base = assembly.base
    official = {n: sorted(assembly.official[n], key=SECTORS.index) for n in base.numbers if assembly.official.get(n)}
    files = [
        {
            "file": f.spot.file,
            "sheet": f.spot.sheet,
            "layout": f.layout,
            "rows": f.rows,
            "years": assembly.years.get(f.spot, []),
            "matched": assembly.matched.get(f.spot, []),
            "changes": len(f.changes),
        }
        for f in findings
    ]
    return {
        "place": base.name,
        "municipality_count": len(base.numbers),
        "base_year": base.base_year,
        "files": files,
        "official": official,
        "spread": {n: sorted(sectors, key=SECTORS.index) for n, sectors in sorted(assembly.spread.items())},
        "columns": {column: len(values) for column, values in sorted(assembly.columns.items()) if values},
        "remarks": [
            {"kind": r.kind, "file": r.spot.file, "sheet": r.spot.sheet, "row": r.spot.row or None, "what": r.what}
            for r in assembly.remarks
        ],
    }
