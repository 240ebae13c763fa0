"""From the figures of runs to what stands of each claim: effects with intervals, verdicts, and what failed."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from experiments.claim import REFUTED, SUPPORTED, Claim, Effect, Figures, Verdict, verdict_of
from experiments.examination import FEWEST, World
from experiments.statistics import mean_interval

Row = dict[str, Any]


@dataclass
class Record:
    """What is known of one claim under one rule of choice: figures by seed and arm, and the runs that failed."""

    figures: dict[int, dict[str, Figures]] = field(default_factory=dict)
    failed: list[Row] = field(default_factory=list)
    arms: dict[str, Any] = field(default_factory=dict)

    def pairs(self) -> dict[int, dict[str, Figures]]:
        """The seeds for which every arm is there."""
        return {seed: arms for seed, arms in sorted(self.figures.items()) if arms.keys() == self.arms.keys()}


def records_of(worlds: Sequence[World], receipts: Iterable[Row]) -> dict[tuple[str, str], Record]:
    """The record of each claim under each rule, by (rule, claim)."""
    known = {world.key: world for world in worlds}
    records: dict[tuple[str, str], Record] = {}
    for world in worlds:
        for claim, arm in world.uses:
            records.setdefault((world.choice, claim), Record()).arms[arm] = world.arm
    for receipt in receipts:
        world = known[receipt["key"]]
        for claim, arm in world.uses:
            record = records[world.choice, claim]
            if receipt["status"] == "done":
                record.figures.setdefault(receipt["seed"], {})[arm] = receipt["figures"][claim]
            else:
                record.failed.append({"arm": arm, "seed": receipt["seed"], "error": receipt["error"]})
    return records


def row_of(claim: Claim, choice: str, record: Record) -> Row:
    """A claim as it stands: headline effect, verdict, all effects, arms with their figures, and runs that failed."""
    pairs = record.pairs()
    effects = [_effect(effect, pairs) for effect in claim.effects]
    verdicts: dict[str, Verdict] = {e["name"]: e["verdict"] for e in effects if e["verdict"]}
    head, answer = effects[0], claim.answer({e["name"]: e for e in effects})
    shared = ("effect", "low", "high", "n", "unit", "unit_nb")
    return {
        "id": claim.id,
        "title": claim.title.en,
        "title_nb": claim.title.nb,
        "measure": head["title"],
        "measure_nb": head["title_nb"],
        **{key: head[key] for key in shared},
        "verdict": claim.judge(verdicts),
        "by_construction": claim.by_construction,
        "choice": choice,
        "why": claim.why.en,
        "why_nb": claim.why.nb,
        "answer": answer.en,
        "answer_nb": answer.nb,
        "effects": effects,
        "arms": [_arm(name, arm, pairs) for name, arm in record.arms.items()],
        "failed": record.failed,
    }


def values_of(effect: Effect, pairs: Mapping[int, Mapping[str, Figures]]) -> dict[int, float]:
    """The effect in each pair of runs, by seed."""
    return {seed: float(effect.value(arms)) for seed, arms in pairs.items()}


def _effect(effect: Effect, pairs: Mapping[int, Mapping[str, Figures]]) -> Row:
    told = {"name": effect.name, "title": effect.title.en, "title_nb": effect.title.nb}
    told |= {"unit": effect.unit.en, "unit_nb": effect.unit.nb}
    found = _spread(list(values_of(effect, pairs).values()))
    verdict: Verdict | None = None
    if effect.holds is not None:
        known = found["low"] is not None
        verdict = verdict_of(effect, found["low"], found["high"]) if known else "undecided"
    test = {"holds": effect.holds, "limit": effect.limit, "smallest": effect.smallest, "verdict": verdict}
    return {**told, "effect": found["mean"], "low": found["low"], "high": found["high"], "n": found["n"], **test}


def _arm(name: str, arm: Any, pairs: Mapping[int, Mapping[str, Figures]]) -> Row:
    names = next(iter(pairs.values()))[name] if pairs else {}
    figures = {figure: _spread([arms[name][figure] for arms in pairs.values()]) for figure in names}
    told = {"name": name, "title": arm.title.en, "title_nb": arm.title.nb}
    return {**told, "design": arm.design, "settings": dict(arm.settings), "figures": figures}


def _spread(values: Sequence[float]) -> Row:
    """Mean over the pairs that have a value, its 95 % interval, and how many they are; None where they are too few."""
    found = np.array([v for v in values if np.isfinite(v)])
    if len(found) < FEWEST:
        return {"mean": None, "low": None, "high": None, "n": len(found)}
    mean, low, high = mean_interval(found)
    return {"mean": mean, "low": low, "high": high, "n": len(found)}


def by_theory(rows: Mapping[str, Sequence[Row]]) -> list[Row]:
    """Each claim with its verdict under every rule of choice, and whether it depends on the rule.

    `yes`: supported under one and not supported under another; `open`: undecided under one of them; `no`: the same.
    """
    told = []
    for same in zip(*rows.values(), strict=True):
        verdicts = {row["choice"]: row["verdict"] for row in same}
        effects = {row["choice"]: [row["effect"], row["low"], row["high"]] for row in same}
        told_by = set(verdicts.values())
        depends = "yes" if {SUPPORTED, REFUTED} <= told_by else "open" if len(told_by) > 1 else "no"
        head = {key: same[0][key] for key in ("id", "title", "title_nb", "unit", "unit_nb")}
        told.append({**head, "verdicts": verdicts, "effects": effects, "depends_on_theory": depends})
    return told
