"""Headline findings in words, computed from the tables. Every sentence carries its interval or its number of runs."""

import numpy as np

from viz import lasting
from viz.figures import decomposition, differences
from viz.lasting import Finding
from viz.likelihood import SMALLEST, likelihood
from viz.results import Results, quantiles
from viz.words import Both, listed, measured, number, runs

GOAL = 2.0  # t CO2e per inhabitant: the upper end of the report's 1-2 t


def findings(results: Results) -> tuple[Finding, ...]:
    """All findings that the tables allow, the most important first."""
    made = (
        deep(results),
        goal(results),
        gain(results),
        source(results),
        lasting.lasting(results),
        lasting.shared(results),
        lasting.fallen(results),
        lasting.small(results),
    )
    return tuple(f for f in made if f is not None)


def headline(results: Results) -> Both:
    """The answer in one sentence: which designs halve emissions in fifteen years and which reach 2 t."""
    halved, reached = _halving(results), _reaching(results)
    a = _which(results, halved)
    where = Both(f"halves total emissions by {results.half}", f"halverer de samlede utslippene innen {results.half}")
    many = Both(f"halve total emissions by {results.half}", f"halverer de samlede utslippene innen {results.half}")
    first = a.then(where if len(halved) <= 1 else many)
    if halved and set(reached) == set(halved):
        joint = Both("and reach" if len(halved) > 1 else "and reaches", "og når")
        return first.then(joint).then(
            Both(f"2 t per inhabitant in {results.last}.", f"2 tonn per innbygger i {results.last}.")
        )
    b = _which(results, reached)
    verb = Both("reaches" if len(reached) <= 1 else "reach", "når")
    second = b.then(verb).then(
        Both(f"2 t per inhabitant in {results.last}.", f"2 tonn per innbygger i {results.last}.")
    )
    return Both(f"{first.en}; {_lower(second.en)}", f"{first.nb}; {_lower(second.nb)}")


def _lower(text: str) -> str:
    return (
        text[:1].lower() + text[1:] if text.startswith(("No ", "Ingen ", "All ", "Alle ", "Only ", "Bare ")) else text
    )


def _which(results: Results, names: list[str]) -> Both:
    if not names:
        return Both("No design", "Ingen utforming")
    if len(names) == len(results.designs) > 1:
        return Both(f"All {len(names)} designs", f"Alle {len(names)} utforminger")
    quoted = [Both("“{t}”", "«{t}»").fill(t=results.title(n)) for n in names]
    only = Both("Only {t}", "Bare {t}") if len(names) == 1 and len(results.designs) > 1 else Both("{t}", "{t}")
    return only.fill(t=listed(quoted))


def _halving(results: Results) -> list[str]:
    middle = quantiles(results.cube("reduction_share"))[1][:, results.at(results.half)]
    return [d for d, value in zip(results.designs, middle, strict=True) if value >= 0.5]


def _reaching(results: Results) -> list[str]:
    middle = quantiles(results.cube("territorial_per_inhabitant"))[1][:, -1]
    return [d for d, value in zip(results.designs, middle, strict=True) if value <= GOAL]


def deep(results: Results) -> Finding:
    """How far the deepest and the shallowest design cut by the half-way year, in all and per inhabitant."""
    values = results.cube("reduction_share")[:, :, results.at(results.half)] * 100
    each = results.cube("territorial_per_inhabitant")
    per_head = quantiles(100 * (1 - each[:, :, results.at(results.half)] / each[:, :, 0]))
    low, middle, high = quantiles(values)
    best, worst = int(np.nanargmax(middle)), int(np.nanargmin(middle))
    total, around = measured(low[best], middle[best], high[best], 0)
    head, head_around = measured(per_head[0][best], per_head[1][best], per_head[2][best], 0)
    says = Both(
        "By {y}, “{b}” cuts total territorial emissions by {m} % ({i}), per inhabitant by {h} % ({hi}); in {k} of "
        "{n} the total is at least halved.",
        "Innen {y} kutter «{b}» de samlede direkte utslippene med {m} % ({i}), per innbygger med {h} % ({hi}); i "
        "{k} av {n} er summen minst halvert.",
    ).fill(
        y=str(results.half),
        b=results.title(results.designs[best]),
        m=total,
        h=head,
        hi=head_around,
        k=str(int((values[best] >= 50).sum())),
        i=around,
        n=runs(int(np.isfinite(values[best]).sum())),
    )
    if worst != best:
        more = Both(
            "The smallest cut of the total is under “{w}”: {m} % ({i}).",
            "Det minste samlede kuttet gir «{w}»: {m} % ({i}).",
        )
        least, around = measured(low[worst], middle[worst], high[worst], 0)
        says = says.then(more.fill(w=results.title(results.designs[worst]), m=least, i=around))
    return Finding(Both("Deep", "Dypt"), says)


def goal(results: Results) -> Finding:
    """How far from 1-2 t the best design ends, in both accounts."""
    territorial, footprint = (
        quantiles(results.cube(c)[:, :, -1]) for c in ("territorial_per_inhabitant", "footprint_per_inhabitant")
    )
    best = int(np.nanargmin(territorial[1]))
    (t, ti), (f, fi) = (measured(low[best], middle[best], high[best]) for low, middle, high in (territorial, footprint))
    says = Both(
        "In {y}, territorial emissions under “{b}” are {t} t per inhabitant ({ti}), and the footprint of consumption "
        "is {f} t ({fi}).",
        "I {y} er de direkte utslippene med «{b}» {t} tonn per innbygger ({ti}), og fotavtrykket av forbruket er {f} "
        "tonn ({fi}).",
    ).fill(y=str(results.last), b=results.title(results.designs[best]), t=t, f=f, ti=ti, fi=fi)
    return Finding(Both("1–2 tonnes", "1–2 tonn"), says)


def gain(results: Results) -> Finding | None:
    """The best design against the reference, in pairs of runs."""
    gaps = differences.differences(results, "territorial_per_inhabitant")
    low, middle, high = quantiles(gaps)
    best = int(np.nanargmin(middle))
    if results.designs[best] == results.reference or not middle[best] <= -SMALLEST:
        return None
    pairs = int(np.isfinite(gaps[best]).sum())
    less, around = measured(-high[best], -middle[best], -low[best], 2)
    fewer = int((gaps[best] < 0).sum())
    says = Both(
        "Against “{r}”, “{b}” leaves {m} t less per inhabitant in {y} ({i} t less) and does better in {k} of {n} "
        "pairs of runs: {w}.",
        "Mot «{r}» gir «{b}» {m} tonn mindre per innbygger i {y} ({i} tonn mindre) og gjør det bedre i {k} av {n} "
        "par av kjøringer: {w}.",
    ).fill(
        r=results.title(results.reference),
        b=results.title(results.designs[best]),
        m=less,
        y=str(results.last),
        i=around,
        k=str(fewer),
        n=str(pairs),
        w=likelihood(differences.better(gaps[best], -1), pairs, size=float(middle[best])),
    )
    return Finding(Both("Gain", "Gevinst"), says)


def source(results: Results) -> Finding:
    """How much of the change municipalities bring about themselves, and by which level."""
    low, middle, high = quantiles(decomposition.parts(results)[2:].sum(axis=0), axis=1)
    levels = np.nanmedian(decomposition.parts(results)[2:], axis=2)
    national = quantiles(decomposition.parts(results)[0], axis=1)
    best = int(np.nanargmax(middle))
    told = [
        Both("level\u00a0{l}\u00a0{v}", "nivå\u00a0{l}\u00a0{v}").fill(l=name, v=number(v, 0))
        for name, v in zip(("I", "II", "III"), levels[:, best], strict=True)
    ]
    own, around = measured(low[best], middle[best], high[best], 0)
    given, given_around = measured(national[0][best], national[1][best], national[2][best], 0)
    says = Both(
        "Under “{b}”, {m} points of the fall in total emissions since {y} are the work of municipalities and of those "
        "they set going ({i}): {t}. The national path, "
        "given from outside, accounts for {n} ({ni}).",
        "Med «{b}» er {m} poeng av nedgangen i samlede utslipp siden {y} verket til kommunene og dem de setter i gang "
        "({i}): {t}. Den nasjonale banen, som er "
        "gitt utenfra, står for {n} ({ni}).",
    ).fill(
        y=str(results.first),
        m=own,
        i=around,
        b=results.title(results.designs[best]),
        t=listed(told),
        n=given,
        ni=given_around,
    )
    return Finding(Both("Whose work", "Hvem gjør arbeidet"), says)
