"""The page docs/validation.md, made from the shipped patterns and the posterior, and from nothing else."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

from model import parameters

Row = Mapping[str, Any]
KNOWN: Final = 0.5  # contraction from which history is said to identify a parameter
WEAK: Final = 0.2  # and to narrow it
EDGE: Final = 0.02  # of the prior's width, from an end of it, within which a default lies at its end
FAIR: Final = (0.7, 1.4)  # surprise of an emulator outside which its posterior is called rough
HEAD: Final = """# What history says of the model

<!-- Made by `python -m experiments.evidence` from experiments/evidence/patterns.json: do not edit. -->

History is run with the code and the parameters of the future: a dated design, an earlier first year, a population
scaled to that year ([what is carried back](history.md)). A figure passes when its whole 5-95 % interval over
replicates lies within the tolerance, a pattern when all its figures do; *within* is the share of the replicates
that do. Role of a figure: *fitted*, parameters were calibrated to it, so passing shows that one set can do it, not
that it predicts; *input*, it is put in and can hardly come out otherwise; *implied*, it follows from another
figure; *held out*, nothing was fitted to it."""
CAUTIONS: Final = """\
- P9 is no history: a run of today's practice from 2025 to 2045. That three types persist is on record, their shares
  are not, so its targets and the bounds of its groups (institutionalisation 0.05 and 0.25) are assumed.
- P6 tests two parameters of one curve, how a technology that offends no norm spreads by example. Electric cars
  belong to the national path: no rule of choice, price or municipality moves them, and they carry no municipal
  reduction. It holds near 100,000 citizens, for which it was calibrated: with 20,000 the error is about 0.11, with
  400,000 about 0.05 (medians of 8 seeds), because what spreads from a few first users depends on how many agents
  there are.
- P7 compares with statistics that are the input; what it tests is that population and municipal action do not count
  twice.
- P14 rests on one case (Oslo), taken between large and usual."""
IDENTIFIED: Final = """## What the patterns say of the parameters

The defaults of these parameters come from a posterior on the figures marked *fitted*: figures are taken to miss
their targets by independent normal errors of the given scales, an emulator (Gaussian processes) learns from runs in
waves what each set of values gives, and an ensemble of walkers draws from what it implies. Every particle kept was
then run once; *surprise* is how far the runs lay from what was expected of them, in expected standard deviations
(1 is right). *Contraction* is how much narrower the posterior is than the prior, 1 −
ratio of standard deviations, with a 5-95 % bootstrap interval over the particles. Where its whole interval lies
above 0.5 the patterns identify the number, above 0.2 they narrow it; otherwise **they do not identify it, and the
default is one of many that would do**. Where the default lies *at an end* of its prior, the search may have stopped
only because the prior does. Numbers can be narrow together though wide alone. The priors of the four
main hazards (`advance_base`, `advance_money`, `advance_duty`, `lapse_base`) are set around an earlier rough fit to
the same two histories, so the data speak twice there: their contraction understates what the patterns say and their
prior is no independent knowledge. All other parameters of the model took no part."""
AGAIN: Final = """## Making it again

```sh
omstilling validate --replicates 50 --json > patterns.json  # the patterns, with intervals
python -m experiments.evidence patterns.json                # ships them, and writes this page
pip install -e ".[calibrate]"                               # for the calibration alone
python -m experiments.calibration                           # the posterior; then validate again
```"""


def history_page(document: Row) -> str:
    """The page as Markdown; document: the shipped patterns."""
    blocks = "\n\n".join(_block(name) for name in parameters.BLOCKS)
    patterns = _patterns(document["patterns"])
    parts = [HEAD, _about(document), patterns, CAUTIONS, IDENTIFIED, blocks, AGAIN]
    return "\n\n".join(part.strip("\n") for part in parts) + "\n"


def _about(document: Row) -> str:
    seeds, passed = document["seeds"], sum(row["pass"] for row in document["patterns"])
    return (
        f"**{passed} of {len(document['patterns'])} patterns pass.** Version {document['version']}, results version "
        f"{document['results_version']}, default parameters `{document['parameters'][:12]}`; Norway, "
        f"{document['citizens']:,} citizens, n = {document['replicates']} runs of each history, seeds "
        f"{seeds[0]}–{seeds[-1]}."
    )


def _line(*cells: object) -> str:
    return "| " + " | ".join(map(str, cells)) + " |"


def _patterns(rows: Sequence[Row]) -> str:
    heads = ("pattern, figure", "unit", "target", "tolerance", "model, median (5-95 %)", "within", "n", "role", "")
    lines = [_line(*heads), "|---" * len(heads) + "|"]
    for row in rows:
        verdict = "**pass**" if row["pass"] else "**FAIL**"
        lines.append(_line(f"**{row['id']}** {row['title']}", *[""] * 7, verdict))
        lines += [_part(part) for part in row["parts"]]
    sources = "\n".join(f"- {row['id']}: {row['source']}" for row in rows)
    return "\n".join(lines) + f"\n\nSources:\n\n{sources}"


def _part(part: Row) -> str:
    low, high = part["tolerance"]
    model = "-" if part["model"] is None else f"{part['model']:.3f} ({part['p05']:.3f} to {part['p95']:.3f})"
    goal, span = f"{part['target']:g}", f"{low:g} to {high:g}"
    verdict = "pass" if part["pass"] else "FAIL"
    within = f"{100 * part['within']:.0f} %"
    return _line(part["title"], part["unit"], goal, span, model, within, part["n"], part["role"], verdict)


def _block(name: str) -> str:
    """The parameters of one block: prior, default, contraction and what that says."""
    known, left = parameters.declared(), parameters.posterior(name)
    facts, heads = left["provenance"], ("parameter", "meaning", "unit", "prior", "default", "contraction", "")
    surprise = facts["emulator_surprise"]
    listed = ", ".join(f"{figure} {one:g}" for figure, one in surprise.items())
    scales = ", ".join(f"{figure} {one['scale']:g}" for figure, one in facts["patterns"].items())
    lines = [
        f"### {name.capitalize()}",
        "",
        f"{facts['simulations']:,} simulations in {facts['waves']} waves, {facts['citizens']:,} citizens; "
        f"{facts['particles']} even particles. Figures and the scales by which they may miss: {scales}. "
        f"Surprise: {listed}.",
        "",
        *_warning(surprise.values()),
        _line(*heads),
        "|---" * len(heads) + "|",
    ]
    for path, contraction in left["contraction"].items():
        p, (low, high) = known[path], left["contraction_spread"][path]
        prior, narrower = f"{p.low:g} to {p.high:g}", f"{contraction:.2f} ({low:.2f} to {high:.2f})"
        lines.append(_line(f"`{path}`", p.meaning, p.unit, prior, f"{p.value:g}", narrower, _reading(low) + _edge(p)))
    return "\n".join(lines)


def _warning(surprises: Iterable[float]) -> list[str]:
    if all(FAIR[0] <= one <= FAIR[1] for one in surprises):
        return []
    return [
        "**Some runs were not what was expected of them: read the contractions as hints, not as measurements.**",
        "",
    ]


def _reading(low: float) -> str:
    return "identified" if low >= KNOWN else "narrowed" if low >= WEAK else "not identified"


def _edge(p: parameters.Parameter) -> str:
    where = (p.value - p.low) / (p.high - p.low)
    return ", at the low end" if where <= EDGE else ", at the high end" if where >= 1.0 - EDGE else ""
