"""What the program itself has been held against, for every page: the report's claims and the patterns of history.

Reads the results that come with the program; they belong to the default parameters, not to the runs of the page.
"""

from collections.abc import Mapping
from typing import Any, Final

from experiments.evidence.shipped import is_stale, shipped
from viz.results import Results
from viz.words import Both, number, same

Row = Mapping[str, Any]
VERDICTS: Final = {
    "supported": Both("supported", "støttet"),
    "not supported": Both("not supported", "ikke støttet"),
    "undecided": Both("undecided", "uavgjort"),
}
HOW: Final = {True: Both("by construction", "gitt av modellen"), False: Both("emergent", "oppstår i modellen")}
RULES: Final = {
    "planned": Both("planned behaviour", "planlagt atferd"),
    "threshold": Both("threshold", "terskel"),
    "bass": Both("Bass", "Bass"),
}
DEPENDS: Final = {"yes": Both("yes", "ja"), "open": Both("open", "åpent"), "no": Both("no", "nei")}
PASSES: Final = {True: Both("pass", "bestått"), False: Both("FAIL", "IKKE BESTÅTT")}
UNITS: Final = {
    "share": Both("share", "andel"),
    "years": Both("years", "år"),
    "year": Both("calendar year", "årstall"),
    "0-1": same("0–1"),
    "-1 to 1": Both("−1 to 1", "−1 til 1"),
}
OLD: Final = Both(
    "The default parameters or the model have changed since these were computed: they are out of date.",
    "Standardparametrene eller modellen er endret siden disse ble beregnet: de er utdaterte.",
)
OTHER: Final = Both(
    "The runs of this page use other parameters than the defaults ({s}).",
    "Kjøringene på denne siden bruker andre parametre enn standard ({s}).",
)


def evidence(results: Results) -> Mapping[str, Any]:
    """What the section needs; `claims` and `patterns` are None where nothing is shipped."""
    return {"claims": _claims(shipped("claims"), results), "patterns": _patterns(shipped("patterns"), results)}


def _claims(document: Row | None, results: Results) -> Mapping[str, Any] | None:
    if document is None:
        return None
    theories = {row["id"]: row for row in document.get("by_theory", ())}
    return {
        "about": _about(document, Both("{n} pairs of runs a claim", "{n} par av kjøringer per påstand")),
        "warnings": _warnings(document, results),
        "rows": [_claim(row, theories.get(row["id"])) for row in document["claims"]],
        "has_theories": bool(theories),
    }


def _claim(row: Row, theory: Row | None) -> Mapping[str, Any]:
    return {
        "title": _both(row, "title"),
        "answer": _both(row, "answer"),
        "why": _both(row, "why"),
        "how": HOW[bool(row["by_construction"])],
        "verdict": VERDICTS[row["verdict"]],
        "is_open": row["verdict"] == "undecided",
        "effects": [_effect(effect) for effect in row["effects"]],
        "headline": _effect({**row, "title": row["measure"], "title_nb": row["measure_nb"], "verdict": None}),
        "theory": _theory(theory),
    }


def _theory(row: Row | None) -> Both:
    """Whether the verdict depends on the theory of choice, and what each says where it does."""
    if row is None:
        return same("")
    depends = DEPENDS[row["depends_on_theory"]]
    if row["depends_on_theory"] == "no":
        return depends
    told = [Both("{r} {v}", "{r} {v}").fill(r=RULES[r], v=VERDICTS[v]) for r, v in row["verdicts"].items()]
    return Both(f"{depends.en}: {'; '.join(t.en for t in told)}", f"{depends.nb}: {'; '.join(t.nb for t in told)}")


def _effect(row: Row) -> Mapping[str, Any]:
    verdict = VERDICTS[row["verdict"]] if row["verdict"] else same("")
    told = {"title": _both(row, "title"), "unit": _both(row, "unit"), "n": row["n"], "verdict": verdict}
    return {**told, "mean": _number(row["effect"]), "interval": _between(row["low"], row["high"])}


def _patterns(document: Row | None, results: Results) -> Mapping[str, Any] | None:
    if document is None:
        return None
    rows = [
        {"title": _both(row, "title"), "passes": PASSES[bool(row["pass"])], "parts": [_part(p) for p in row["parts"]]}
        for row in document["patterns"]
    ]
    about = _about(document, Both("{n} runs of each history", "{n} kjøringer av hver historie"))
    return {"about": about, "warnings": _warnings(document, results), "rows": rows}


def _part(row: Row) -> Mapping[str, Any]:
    return {
        "title": _both(row, "title"),
        "unit": UNITS[row["unit"]],
        "target": _figure(row["target"], row["unit"]),
        "tolerance": _between(*row["tolerance"], unit=row["unit"]),
        "model": _figure(row["model"], row["unit"]),
        "interval": _between(row["p05"], row["p95"], unit=row["unit"]),
        "n": row["n"],
        "passes": PASSES[bool(row["pass"])],
    }


def _figure(value: float | None, unit: str) -> Both:
    """A figure of a pattern; a calendar year without a sign between its digits."""
    return same(f"{value:.1f}") if unit == "year" and value is not None else _number(value)


def _about(document: Row, runs: Both) -> Both:
    seeds = document.get("seeds") or [document.get("seed", 1)]
    told = Both(
        "They belong to the default parameters, not to the runs of this page: version {v}, {p}, {c} citizens, {n}, "
        "first seed {s}.",
        "De hører til standardparametrene, ikke til kjøringene på denne siden: versjon {v}, {p}, {c} innbyggere, {n}, "
        "første frø {s}.",
    )
    return told.fill(
        v=str(document.get("version", "?")),
        p=str(document.get("place", "norway")).capitalize(),
        c=number(float(document.get("citizens", float("nan"))), 0),
        n=runs.fill(n=number(float(document.get("replicates", float("nan"))), 0)),
        s=str(seeds[0]),
    )


def _warnings(document: Row, results: Results) -> list[Both]:
    told = [OLD] if is_stale(document) else []
    settings = results.case.get("settings")
    if isinstance(settings, Mapping) and settings:
        told.append(OTHER.fill(s=", ".join(str(path) for path in settings)))
    return told


def _both(row: Row, key: str) -> Both:
    en = str(row.get(key, ""))
    return Both(same(en).en, same(row.get(f"{key}_nb") or en).nb)


def _number(value: float | None) -> Both:
    return number(float("nan") if value is None else value, 0 if abs(value or 0.0) >= 1000 else 3)


def _between(low: float | None, high: float | None, *, unit: str = "") -> Both:
    if low is None or high is None:
        return same("")
    return Both("{a} to {b}", "{a} til {b}").fill(a=_figure(low, unit), b=_figure(high, unit))
