"""Headline findings in words, computed from the tables. Every sentence carries its interval or its number of runs."""

import numpy as np

from viz import lasting
from viz.figures import decomposition, differences
from viz.lasting import Finding
from viz.results import Results, quantiles
from viz.words import Both, interval, listed, number, percent, runs

GOAL = 2.0  # t CO2e per inhabitant: the upper end of the report's 1-2 t

SMALLEST = 0.05  # t per inhabitant: a smaller difference between designs is of no practical size (our judgement)


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
    """How far the deepest and the shallowest design cut by the half-way year."""
    values = results.cube("reduction_share")[:, :, results.at(results.half)]
    low, middle, high = quantiles(values)
    best, worst = int(np.nanargmax(middle)), int(np.nanargmin(middle))
    runs_halved = int((values[best] >= 0.5).sum())
    says = Both(
        "By {y}, “{b}” cuts territorial emissions by {m} % ({i} %); in {k} of {n} they are at least halved.",
        "Innen {y} kutter «{b}» de direkte utslippene med {m} % ({i} %); i {k} av {n} er de minst halvert.",
    ).fill(
        y=str(results.half),
        b=results.title(results.designs[best]),
        m=percent(middle[best]),
        k=str(runs_halved),
        i=interval(low[best], high[best], 0, scale=100),
        n=runs(int(np.isfinite(values[best]).sum())),
    )
    if worst != best:
        more = Both("The smallest cut is under “{w}”: {m} % ({i} %).", "Det minste kuttet gir «{w}»: {m} % ({i} %).")
        says = says.then(
            more.fill(
                w=results.title(results.designs[worst]),
                m=percent(middle[worst]),
                i=interval(low[worst], high[worst], 0, scale=100),
            )
        )
    return Finding(Both("Deep", "Dypt"), says)


def goal(results: Results) -> Finding:
    """How far from 1-2 t the best design ends, in both accounts."""
    territorial, footprint = (
        quantiles(results.cube(c)[:, :, -1]) for c in ("territorial_per_inhabitant", "footprint_per_inhabitant")
    )
    best = int(np.nanargmin(territorial[1]))
    says = Both(
        "In {y}, emissions under “{b}” are {t} t per inhabitant ({ti}), and the footprint of consumption is {f} t "
        "({fi}).",
        "I {y} er utslippene med «{b}» {t} tonn per innbygger ({ti}), og fotavtrykket av forbruket er {f} tonn ({fi}).",
    ).fill(
        y=str(results.last),
        b=results.title(results.designs[best]),
        t=number(territorial[1][best]),
        f=number(footprint[1][best]),
        ti=interval(territorial[0][best], territorial[2][best]),
        fi=interval(footprint[0][best], footprint[2][best]),
    )
    return Finding(Both("1–2 tonnes", "1–2 tonn"), says)


def gain(results: Results) -> Finding | None:
    """The best design against the reference, in pairs of runs."""
    gaps = differences.differences(results, "territorial_per_inhabitant")
    low, middle, high = quantiles(gaps)
    best = int(np.nanargmin(middle))
    if results.designs[best] == results.reference or not middle[best] <= -SMALLEST:
        return None
    pairs = int(np.isfinite(gaps[best]).sum())
    fewer = int((gaps[best] < 0).sum())
    says = Both(
        "Against “{r}”, “{b}” leaves {m} t less per inhabitant in {y} ({i} t less) and does better in {k} of {n} "
        "pairs of runs: {w}.",
        "Mot «{r}» gir «{b}» {m} tonn mindre per innbygger i {y} ({i} tonn mindre) og gjør det bedre i {k} av {n} "
        "par av kjøringer: {w}.",
    ).fill(
        r=results.title(results.reference),
        b=results.title(results.designs[best]),
        m=number(-middle[best], 2),
        y=str(results.last),
        i=interval(-high[best], -low[best], 2),
        k=str(fewer),
        n=str(pairs),
        w=likelihood(differences.better(gaps[best], -1), pairs, size=float(middle[best])),
    )
    return Finding(Both("Gain", "Gevinst"), says)


def likelihood(share: float, pairs: int, *, size: float) -> Both:
    """How sure the better one is, in words; never sure with fewer than five pairs or a difference too small to matter.

    size: median difference, t per inhabitant.

    >>> likelihood(1.0, 20, size=-0.3).en, likelihood(1.0, 20, size=-0.01).en
    ('practically certain within the model', 'no difference of practical size')
    """
    if pairs < 5:
        return Both("too few runs to say", "for få kjøringer til å si noe")
    if abs(size) < SMALLEST:
        return Both("no difference of practical size", "ingen forskjell av praktisk betydning")
    scale = (
        (0.99, Both("practically certain within the model", "så godt som sikkert i modellen")),
        (0.9, Both("very likely within the model", "svært sannsynlig i modellen")),
        (0.66, Both("likely within the model", "sannsynlig i modellen")),
        (0.34, Both("the two cannot be told apart", "de to kan ikke skilles fra hverandre")),
        (0.1, Both("unlikely within the model", "lite sannsynlig i modellen")),
    )
    return next(
        (words for bound, words in scale if share >= bound),
        Both("very unlikely within the model", "svært lite sannsynlig i modellen"),
    )


def source(results: Results) -> Finding:
    """How much of the change municipalities bring about themselves, and by which level."""
    low, middle, high = quantiles(decomposition.parts(results)[2:].sum(axis=0), axis=1)
    levels = np.nanmedian(decomposition.parts(results)[2:], axis=2)
    national = quantiles(decomposition.parts(results)[0], axis=1)
    best = int(np.nanargmax(middle))
    told = [
        Both("level {l} {v}", "nivå {l} {v}").fill(l=name, v=number(v, 0))
        for name, v in zip(("I", "II", "III"), levels[:, best], strict=True)
    ]
    says = Both(
        "Under “{b}”, {m} points of the fall since {y} are the work of municipalities and those they set going "
        "({i}): {t}. The national path, "
        "given from outside, accounts for {n} ({ni}).",
        "Med «{b}» er {m} poeng av nedgangen siden {y} verket til kommunene og dem de setter i gang ({i}): {t}. "
        "Den nasjonale banen, som er "
        "gitt utenfra, står for {n} ({ni}).",
    ).fill(
        y=str(results.first),
        m=number(middle[best], 0),
        i=interval(low[best], high[best], 0),
        b=results.title(results.designs[best]),
        t=listed(told),
        n=number(national[1][best], 0),
        ni=interval(national[0][best], national[2][best], 0),
    )
    return Finding(Both("Whose work", "Hvem gjør arbeidet"), says)
