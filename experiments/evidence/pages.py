"""The page docs/claims.md, made from the shipped results and from nothing else."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

Row = Mapping[str, Any]
COMMANDS: Final = """```sh
omstilling claims --choice all --replicates 50 --out results/claims  # ten claims, three theories of choice
python -m experiments.evidence results/claims/claims.json            # ships them, and writes this page
python -m experiments.evidence                                       # writes this page again
```

`--place`, `--citizens`, `--seed`, `--set` ask other questions of the same claims; `omstilling claims ID` runs one."""
HEAD: Final = """# What the report claims, and what the model says

<!-- Made by `python -m experiments.evidence` from experiments/evidence/claims.json: do not edit. -->

The ten claims of «Kortreist kvalitet» as paired experiments: arms that differ in one thing meet the same luck, and
the effect is the mean difference of the pairs with a 95 % interval (Student's t). A claim that fails is told as
failing."""
THEORIES: Final = """\
`planned` is planned behaviour with habit, `threshold` follows the share of ties that use a solution, `bass`
innovation and imitation. *Yes*: supported under one theory and not supported under another; *open*: undecided under
one of them; *no*: the same verdict under all. In brackets the headline effect."""
READING: Final = """## How a verdict is reached

*Supported*: the whole interval lies beyond the smallest effect of practical size in the direction of the claim.
*Not supported*: the whole interval lies on the other side, or is too small to matter. *Undecided*: anything else. A
claim with several parts is supported when all of them are, and not supported as soon as one is not; two need more:
*halving* is undecided where the goal is missed with all levels open too, and *collaboration* is decided by what is
left long after support has ended. The smallest effects are our judgement: half a point of the first year's
emissions, one point of a scale from 0 to 1. *By construction*: what was put into the model decides, so no run could
have refuted it. *Emergent*: it could have come out otherwise. Intervals hold luck at fixed parameters, not what is
unknown about these."""


def claims_page(document: Row) -> str:
    """The page as Markdown."""
    parts = [HEAD, about(document), overview(document["claims"])]
    if document.get("by_theory"):
        parts.append(theories(document["by_theory"]))
    parts.append(READING)
    parts += [section(row) for row in document["claims"]]
    parts.append(f"## Making it again\n\n{COMMANDS}")
    return "\n\n".join(part.strip("\n") for part in parts) + "\n"


def about(document: Row) -> str:
    """Where the results come from, in one paragraph."""
    seeds, citizens = document["seeds"], f"{int(document['citizens']):,}"
    return (
        f"Version {document['version']}, results version {document['results_version']}, default parameters "
        f"`{document['parameters'][:12]}`; place {document['place']}, {citizens} citizens, "
        f"n = {document['replicates']} pairs, seeds {seeds[0]}–{seeds[-1]}."
    )


def overview(rows: Sequence[Row]) -> str:
    """All claims with their headline effect and verdict."""
    lines = ["| claim | headline effect | mean (95 % interval) | n | verdict | |", "|---|---|---|---|---|---|"]
    for row in rows:
        how = "by construction" if row["by_construction"] else "emergent"
        told = f"{row['measure']}, {row['unit']}"
        lines.append(f"| {row['title']} | {told} | {interval(row)} | {row['n']} | **{row['verdict']}** | {how} |")
    return "\n".join(lines)


def theories(rows: Sequence[Row]) -> str:
    """Verdict and headline effect of each claim under each rule of choice."""
    rules = list(rows[0]["verdicts"])
    lines = [
        "## Which conclusions depend on the theory of choice\n",
        f"| claim | {' | '.join(rules)} | depends on the theory |",
        "|---|" + "---|" * (len(rules) + 1),
    ]
    for row in rows:
        told = [f"{row['verdicts'][rule]} ({number(row['effects'][rule][0])})" for rule in rules]
        lines.append(f"| {row['title']} | {' | '.join(told)} | {row['depends_on_theory']} |")
    return "\n".join(lines) + f"\n\n{THEORIES}"


def section(row: Row) -> str:
    """One claim in full."""
    lines = [
        f"## {row['title']}",
        "",
        f"*{row['title_nb']}*",
        "",
        f"**{row['verdict'].capitalize()}.** {row['answer']}",
    ]
    how = "By construction" if row["by_construction"] else "Emergent"
    lines += ["", f"{how}: {row['why']}", ""]
    lines += [f"- `{arm['name']}`: {arm['title']}" for arm in row["arms"]]
    lines += ["", "| effect | unit | mean (95 % interval) | n | claimed | verdict |", "|---|---|---|---|---|---|"]
    for effect in row["effects"]:
        told = f"| {effect['title']} | {effect['unit']} | {interval(effect)} | {effect['n']} "
        lines.append(f"{told}| {claimed(effect)} | {effect['verdict'] or ''} |")
    return "\n".join(lines)


def claimed(effect: Row) -> str:
    """What the claim says of an effect; empty where it is only told."""
    if effect["holds"] is None:
        return ""
    around = f"{effect['smallest']:g}"
    if effect["holds"] == "within":
        return f"within ±{around} of {effect['limit']:g}" if effect["limit"] else f"within ±{around}"
    sign = 1.0 if effect["holds"] == "above" else -1.0
    return f"{effect['holds']} {number(effect['limit'] + sign * effect['smallest'])}"


def interval(row: Row) -> str:
    """Mean and interval."""
    if row["low"] is None:
        return "–"
    return f"{number(row['effect'])} ({number(row['low'])} to {number(row['high'])})"


def number(value: float | None) -> str:
    """A number with a true minus: three decimals, none from a thousand on."""
    if value is None:
        return "–"
    return format(value, "z,.0f" if abs(value) >= 1000 else "z.3f").replace("-", "−")
