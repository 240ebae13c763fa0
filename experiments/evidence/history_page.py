"""The page docs/validation.md, made from the shipped patterns and the posterior, and from nothing else."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

from model import parameters

Row = Mapping[str, Any]
KNOWN, WEAK = 0.5, 0.2  # contraction from which history is said to identify a parameter, or to narrow it
HEAD: Final = """# What history says of the model

<!-- Made by `python -m experiments.evidence` from experiments/evidence/patterns.json and the posterior: do not edit. -->

History is run with the code and the parameters of the future: a dated design, an earlier first year, a population scaled
to that year ([what is carried back](history.md)). A figure passes when its whole 5-95 % interval over replicates lies
within the tolerance, a pattern when all its figures do. *Fitted*: parameters were calibrated to it, so passing shows that
one set can do it, not that it predicts. *Input*: it is put in, and can hardly come out otherwise."""
IDENTIFIED: Final = """## What the patterns say of the parameters

The defaults of these parameters come from a posterior: approximate Bayesian computation, sequential Monte Carlo (pyABC), on
the figures above marked *fitted*. The prior is the range in `parameters.toml`, even. *Contraction* is how much narrower
the posterior is than the prior (1 - ratio of standard deviations): from 0.5 on history identifies the number, from 0.2 on
it narrows it, below that **it says nothing and the default is one of many that would do**. A number that only works
together with others can be narrow in combination though wide alone. All other parameters of the model took no part."""
AGAIN: Final = """## Making it again

```sh
omstilling validate --replicates 50 --json > patterns.json  # the patterns, with intervals
python -m experiments.evidence patterns.json                # ships them, and writes this page
pip install -e ".[calibrate]"                               # pyABC, for the calibration alone
python -m experiments.calibration                           # the posterior; then validate again
```"""


def history_page(document: Row) -> str:
    """The page as Markdown; document: the shipped patterns."""
    blocks = "\n\n".join(_block(name) for name in parameters.BLOCKS)
    parts = [HEAD, _about(document), _patterns(document["patterns"]), IDENTIFIED, blocks, AGAIN]
    return "\n\n".join(part.strip("\n") for part in parts) + "\n"


def _about(document: Row) -> str:
    seeds, passed = document["seeds"], sum(row["pass"] for row in document["patterns"])
    return (
        f"**{passed} of {len(document['patterns'])} patterns pass.** Version {document['version']}, results version "
        f"{document['results_version']}, default parameters `{document['parameters'][:12]}`; Norway, "
        f"{document['citizens']:,} citizens, n = {document['replicates']} runs of each history, seeds "
        f"{seeds[0]}–{seeds[-1]}."
    )


def _patterns(rows: Sequence[Row]) -> str:
    lines = [
        "| pattern, figure | unit | target | tolerance | model, median (5-95 %) | n | |",
        "|---|---|---|---|---|---|---|",
    ]
    for row in rows:
        kind = "input" if row["by_construction"] else "fitted" if row["is_fitted"] else ""
        verdict = "**pass**" if row["pass"] else "**FAIL**"
        lines.append(f"| **{row['id']}** {row['title']} | | | | | {kind} | {verdict} |")
        lines += [_part(part) for part in row["parts"]]
    sources = "\n".join(f"- {row['id']}: {row['source']}" for row in rows)
    return "\n".join(lines) + f"\n\nSources:\n\n{sources}"


def _part(part: Row) -> str:
    low, high = part["tolerance"]
    model = "-" if part["model"] is None else f"{part['model']:.3f} ({part['p05']:.3f} to {part['p95']:.3f})"
    verdict = "pass" if part["pass"] else "FAIL"
    cells = (part["title"], part["unit"], f"{part['target']:g}", f"{low:g} to {high:g}", model, part["n"], verdict)
    return "| " + " | ".join(map(str, cells)) + " |"


def _block(name: str) -> str:
    """The parameters of one block: prior, default, contraction and what that says."""
    known, left = parameters.declared(), parameters.posterior(name)
    facts = left["provenance"]
    lines = [
        f"### {name.capitalize()}",
        "",
        f"{facts['simulations']:,} simulations in {facts['generations']} generations, {facts['citizens']:,} citizens; figures "
        f"and the scales by which they may miss: {_scales(facts['patterns'])}.",
        "",
        "| parameter | meaning | unit | prior | default | contraction | |",
        "|---|---|---|---|---|---|---|",
    ]
    for path, contraction in left["contraction"].items():
        p = known[path]
        cells = (f"`{path}`", p.meaning, p.unit, f"{p.low:g} to {p.high:g}", f"{p.value:g}", f"{contraction:.2f}")
        lines.append("| " + " | ".join((*cells, _reading(contraction))) + " |")
    return "\n".join(lines)


def _scales(figures: Mapping[str, Row]) -> str:
    return ", ".join(f"{name} {one['scale']:g}" for name, one in figures.items())


def _reading(contraction: float) -> str:
    return "identified" if contraction >= KNOWN else "narrowed" if contraction >= WEAK else "not identified"
