"""Findings in words on what lasts and what is shared: champions lost, solutions kept or given up, small and large."""

from dataclasses import dataclass
from typing import Any

import numpy as np

from viz.figures import adoption, champions, size
from viz.results import Floats, Results, quantiles
from viz.words import Both, measured, number

FEWEST = 20  # losses in a group below which nothing is said about it


@dataclass(frozen=True)
class Finding:
    """One finding: the question it answers in a word or two, and the sentence."""

    about: Both
    says: Both


def lasting(results: Results) -> Finding | None:
    """What the loss of the last champion cost, against where one stayed, in the design with most losses of both kinds.

    None unless a design has FEWEST losses of weak and of strong institutions.
    """
    table = champions.effects(results)
    last = table[table["lag"] == table["lag"].max()].assign(group=lambda rows: rows["group"].astype(str))
    best: tuple[int, str] | None = None
    for design in results.designs:
        counts = last[last["design"] == design].set_index("group")["n"]
        fewest = int(min(counts.get("weak", 0), counts.get("strong", 0)))
        if fewest >= FEWEST and (best is None or fewest > best[0]):
            best = fewest, design
    if best is None:
        return None
    own = last[last["design"] == best[1]].set_index("group")
    says = Both(
        "Under “{d}”, {y} years after the last champion left, institutions that were weak ({wb} points of 100 the year "
        "before) stood {w} than where a champion stayed, strong ones ({sb} points) {s}.",
        "Med «{d}» sto institusjoner som var svake ({wb} poeng av 100 året før), {y} år etter at den siste ildsjelen "
        "sluttet, {w} enn der en ildsjel ble, sterke ({sb} poeng) {s}.",
    )
    weak, strong = (own.loc[group].to_dict() for group in ("weak", "strong"))
    filled = says.fill(
        d=results.title(best[1]),
        y=str(int(table["lag"].max())),
        w=_gap(weak),
        s=_gap(strong),
        wb=number(weak["before_lost"] * 100, 1),
        sb=number(strong["before_lost"] * 100, 1),
    )
    return Finding(Both("Lasting", "Varig"), filled.then(_compared(results, last)))


def _compared(results: Results, last: Any) -> Both:
    """In how many designs strong or weak institutions are set back more, and in how many the intervals overlap."""
    counts = {"strong": 0, "weak": 0, "same": 0}
    for design in results.designs:
        own = last[last["design"] == design].set_index("group")
        if not {"weak", "strong"} <= set(own.index) or int(own["n"].min()) < FEWEST:
            continue
        weak, strong = own.loc["weak"], own.loc["strong"]
        is_strong, is_weak = strong["p95"] < weak["p05"], weak["p95"] < strong["p05"]
        counts["strong" if is_strong else "weak" if is_weak else "same"] += 1
    every = sum(counts.values())
    if counts["same"] == every:
        return Both(
            "The intervals of weak and strong overlap in all designs compared ({n}): the two do not differ.",
            "Intervallene for svake og sterke overlapper i alle sammenlignede utforminger ({n}): de to skiller seg "
            "ikke.",
        ).fill(n=str(every))
    return Both(
        "Strong ones are set back by more points in {s} of {n} designs, weak ones in {w}; in {o} they do not differ "
        "(intervals overlap). The weak have fewer points to lose.",
        "Sterke settes flere poeng tilbake i {s} av {n} utforminger, svake i {w}; i {o} skiller de seg ikke "
        "(intervallene overlapper). De svake har færre poeng å miste.",
    ).fill(n=str(every), s=str(counts["strong"]), w=str(counts["weak"]), o=str(counts["same"]))


def _gap(row: dict[str, float]) -> Both:
    """How much lower or higher, with the interval of the difference and the number of losses."""
    middle = row["median"] * 100
    words = Both("{m} points lower ({i}; n = {n} losses)", "{m} poeng lavere ({i}; n = {n} tap)")
    if middle > 0:
        words = Both("{m} points higher ({i}; n = {n} losses)", "{m} poeng høyere ({i}; n = {n} tap)")
    size, around = measured(row["p05"], row["median"], row["p95"], 1, scale=100)
    return words.fill(m=Both(*(t.lstrip("−") for t in size)), i=around, n=number(row["n"], 0))


def shared(results: Results) -> Finding | None:
    """The sharing or circular solution whose uptake the design matters most for."""
    names = _names(results)
    if not names or len(results.designs) < 2:
        return None
    ends = {n: quantiles(results.uptake(n)[:, :, -1]) for n in names}
    name = max(names, key=lambda n: (float(np.nanmax(ends[n][1]) - np.nanmin(ends[n][1])), n))
    low, middle, high = ends[name]
    best, worst = int(np.nanargmax(middle)), int(np.nanargmin(middle))
    most, least = (_share(low[d], middle[d], high[d]) for d in (best, worst))
    says = Both(
        "The design matters most for {s}: in {y} it reaches {a} % ({ai}) under “{b}”, and {c} % ({ci}) under “{w}”.",
        "Utformingen betyr mest for {s}: i {y} når den {a} % ({ai}) med «{b}», og {c} % ({ci}) med «{w}».",
    ).fill(
        s=_inside(adoption.solution_title(results, name)),
        y=str(results.last),
        a=most[0],
        ai=most[1],
        c=least[0],
        ci=least[1],
        b=results.title(results.designs[best]),
        w=results.title(results.designs[worst]),
    )
    return Finding(Both("Shared", "Delt"), says)


def _names(results: Results) -> list[str]:
    """Sharing and circular solutions; all where the catalogue does not know them."""
    known = [n for n in results.solutions if adoption.kind(results, n) in ("sharing", "circular")]
    return known or list(results.solutions)


def fallen(results: Results) -> Finding | None:
    """The solution that loses the largest part of its peak; none where nothing falls by a tenth in the median."""
    worst: tuple[float, str, int, int] | None = None
    for name in _names(results):
        middle = np.nan_to_num(quantiles(results.uptake(name))[1])
        peak = middle.max(axis=1)
        lost = np.where(peak > 0.02, 1 - middle[:, -1] / np.maximum(peak, 1e-9), 0)
        d = int(np.argmax(lost))
        if lost[d] > 0.1 and (worst is None or lost[d] > worst[0]):
            worst = float(lost[d]), name, d, int(middle[d].argmax())
    if worst is None:
        return None
    _, name, d, year = worst
    low, middle, high = quantiles(results.uptake(name)[d], axis=0)
    peak_share, end = (_share(low[k], middle[k], high[k], digits=_digits(float(middle[-1]))) for k in (year, -1))
    says = Both(
        "What spreads can be given up again: under “{d}”, {s} peaks at {p} % ({pi}) in {y} and falls to {e} % "
        "({ei}) by {l}.",
        "Det som sprer seg, kan bli oppgitt igjen: med «{d}» når {s} toppen på {p} % ({pi}) i {y} og faller til "
        "{e} % ({ei}) innen {l}.",
    ).fill(
        d=results.title(results.designs[d]),
        s=_inside(adoption.solution_title(results, name)),
        p=peak_share[0],
        e=end[0],
        y=str(results.years[year]),
        l=str(results.last),
        pi=peak_share[1],
        ei=end[1],
    )
    return Finding(Both("Kept or lost", "Beholdt eller tapt"), says)


def _share(low: float, middle: float, high: float, *, digits: int | None = None) -> tuple[Both, Both]:
    """Median and interval in per cent."""
    return measured(low, middle, high, _digits(middle) if digits is None else digits, scale=100)


def _digits(share: float) -> int:
    """A decimal for small shares, so that an interval of a few per cent does not vanish."""
    return 1 if share < 0.1 else 0


def _inside(title: Both) -> Both:
    return Both(*(t[:1].lower() + t[1:] if not t[1:2].isupper() else t for t in title))


def small(results: Results) -> Finding | None:
    """The gap in institutionalisation between the median small and large municipality, where it is widest."""
    ends: dict[int, dict[int, tuple[Floats, int]]] = {}
    for d, k, quartiles, n in size.by_class(results, "institutionalisation"):
        ends.setdefault(d, {})[k] = (quartiles[:, -1] * 100, n)
    gaps = {
        d: float(classes[2][0][1] - classes[0][0][1]) for d, classes in ends.items() if 0 in classes and 2 in classes
    }
    if not gaps:
        return None
    wide = max(gaps, key=lambda d: abs(gaps[d]))
    few, many = ends[wide][0], ends[wide][2]
    (a, ai), (b, bi) = (measured(q[0], q[1], q[2], 0) for q, _ in (few, many))
    says = Both(
        "The gap between small and large is widest under “{d}”: in {y} the median municipality below 5,000 "
        "inhabitants is at {a} of 100 "
        "(middle half {ai}; n = {an}), above 20,000 at {b} ({bi}; n = {bn}).",
        "Avstanden mellom små og store er størst med «{d}»: i {y} ligger mediankommunen under 5 000 innbyggere på "
        "{a} av 100 "
        "(midterste halvdel {ai}; n = {an}), over 20 000 på {b} ({bi}; n = {bn}).",
    ).fill(
        d=results.title(results.designs[wide]),
        y=str(results.last),
        a=a,
        ai=ai,
        an=str(few[1]),
        b=b,
        bi=bi,
        bn=str(many[1]),
    )
    return Finding(Both("Small and large", "Små og store"), says)
