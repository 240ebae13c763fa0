"""What the studies of the documentation found, as summaries in JSON and one page in Markdown made of them.

The readings (`docs/studies/NAME.md`) are written by hand and say for which results version; everything else is made.
"""

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Final

from experiments import results, store
from viz.canvas import Drawing
from viz.study import findings, methods, page
from viz.study.reading import Study
from viz.words import Both

NAMES: Final = ("screening", "deciding", "failing")  # in the order of the page; a plan each in docs/studies/
PICTURES: Final = {
    "screening": ("screening-territorial-last", "screening-institutionalisation-last"),
    "deciding": ("indices-territorial-last", "indices-institutionalisation-last", "settling-territorial-last"),
    "failing": ("levels", "differences", "scenarios-institutionalisation-last", "luck"),
}
TABLES: Final = ("screening-", "indices-", "differences", "regret", "scenarios", "luck")
ROWS: Final = 12  # of a table on the page
INTRO: Final = """# What studies of the model taught

Batches on the model itself, for Telemark with 1,000 simulated citizens: which parts of it move the outcomes, how
much each of these decides, and in which futures a design fails. They say how the *model* behaves over ranges of its
parameters that are mostly judgements; they do not say how sure one may be of the world.

Everything here except the readings is made by one command, which goes on from where it was stopped:

```sh
.venv/bin/python -m viz.study
```

It carries out the plans in [docs/studies](studies) into `results/studies/`, writes their summaries
(`docs/studies/*.json`), pictures and this page. How plans are written is in [studies.md](studies.md).
"""


def read(folder: Path) -> Study:
    """A study folder as the report sees it."""
    return Study(results.frame(folder), results.facts(folder), results.outcomes())


def summary(folder: Path, study: Study, drawings: Sequence[Drawing]) -> dict[str, Any]:
    """What is kept of a study: facts, digest, answer, findings, and the tables behind its figures; English."""
    facts = study.facts
    return {
        "title": facts.title,
        "question": facts.question,
        "kind": facts.kind,
        "runs": facts.runs,
        "done": facts.done,
        "failed": facts.failed,
        "warned": facts.warned,
        "seeds": list(facts.seeds),
        "version": facts.version,
        "results_version": facts.results_version,
        "digest": results.digest(folder),
        "citation": methods.citation(study).en,
        "warnings": [w.en for w in findings.warnings(study)],
        "headline": findings.headline(study).en,
        "findings": [{"about": f["about"].en, "says": f["says"].en} for f in findings.findings(study)],
        "tables": {d.name: _table(d) for d in drawings if d.name.startswith(TABLES)},
        "captions": {d.name: d.caption.en for d in drawings},
    }


def _table(drawing: Drawing) -> dict[str, Any]:
    return {
        "title": f"{drawing.title.en} ({drawing.subtitle.en})",
        "header": [_flat(h) for h in drawing.header],
        "rows": [[_flat(cell) for cell in row] for row in drawing.rows],
    }


def _flat(text: Both) -> str:
    return text.en.replace("|", "/")


def written(name: str, docs: Path, folder: Path) -> None:
    """Write the summary and the pictures of a finished study into the documentation."""
    from viz.canvas import paper
    from viz.sheet import file_svg
    from viz.study.report import keyed

    study = read(folder)
    drawings = page.drawn(study)
    told = json.dumps(summary(folder, study, drawings), ensure_ascii=False, indent=1)
    store.write_text(docs / "studies" / f"{name}.json", told + "\n")
    with paper():
        for drawing in drawings:
            if drawing.name in PICTURES[name]:
                target = docs / "pictures" / f"study-{name}-{drawing.name}.svg"
                store.write_text(target, file_svg(keyed(study, drawing), "en"))


def page_text(docs: Path) -> str:
    """The page from summaries and readings. A study without a summary is said to be missing."""
    parts = [INTRO]
    for name in NAMES:
        file = docs / "studies" / f"{name}.json"
        if not file.is_file():
            parts.append(f"## {name.capitalize()}\n\nNot carried out yet: `docs/studies/{name}.toml`.\n")
            continue
        parts.append(_section(name, json.loads(file.read_text(encoding="utf-8")), docs))
    return "\n".join(parts)


def _section(name: str, told: Mapping[str, Any], docs: Path) -> str:
    lines = [f"## {told['title']}", "", told["question"], ""]
    lines += [f"> **{warning}**\n" for warning in told["warnings"]]
    lines += [
        f"`omstilling study docs/studies/{name}.toml`: {told['done']:,} of {told['runs']:,} runs, results version "
        f"{told['results_version']}, digest `{told['digest'][:16]}`.",
        "",
        f"**{told['headline']}**",
        "",
    ]
    reading = docs / "studies" / f"{name}.md"
    if reading.is_file():
        lines += [reading.read_text(encoding="utf-8").strip(), ""]
    lines += [f"- *{f['about']}.* {f['says']}" for f in told["findings"]]
    lines += [""]
    for picture in PICTURES[name]:
        if (docs / "pictures" / f"study-{name}-{picture}.svg").is_file():
            lines += [f"![{picture}](pictures/study-{name}-{picture}.svg)", ""]
    for table in told["tables"].values():
        lines += _markdown(table)
    return "\n".join(lines)


def _markdown(table: Mapping[str, Any]) -> list[str]:
    head, rows = table["header"], table["rows"]
    lines = [f"{table['title']}:", "", "| " + " | ".join(head) + " |", "|" + "---|" * len(head)]
    lines += ["| " + " | ".join(row) + " |" for row in rows[:ROWS]]
    if len(rows) > ROWS:
        lines.append(f"| … {len(rows) - ROWS} more in the summary |" + " |" * (len(head) - 1))
    return [*lines, ""]
