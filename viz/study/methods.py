"""How a study was made, in a paragraph and a list, and how to cite it."""

from collections.abc import Mapping
from typing import Any

from experiments.facts import StudyFacts
from viz.study.reading import Study
from viz.words import Both, number, runs, same, seeds

KINDS = {
    "compare": Both(
        "Every design was run with the same list of seeds, so that designs are compared pair by pair.",
        "Hver utforming ble kjørt med samme liste av frø, så utformingene sammenliknes par for par.",
    ),
    "sweep": Both(
        "Every design was run at each point of a grid of parameter values, with the same seeds at every point.",
        "Hver utforming ble kjørt i hvert punkt av et rutenett av parameterverdier, med samme frø i hvert punkt.",
    ),
    "sample": Both(
        "Futures were drawn evenly from the ranges of the uncertain parameters; every design met the same futures with "
        "the same seeds.",
        "Framtider ble trukket jevnt fra spennene til de usikre parametrene; hver utforming møtte de samme framtidene "
        "med de samme frøene.",
    ),
    "list": Both(
        "Futures are those of a list; every design met each of them with the same seeds.",
        "Framtidene er gitt i en liste; hver utforming møtte hver av dem med de samme frøene.",
    ),
    "morris": Both(
        "Parameters were moved one at a time along Morris' trajectories (SALib); effects are of the mean over seeds, "
        "with percentile intervals by bootstrap over trajectories.",
        "Parametrene ble flyttet én om gangen langs Morris-baner (SALib); virkninger gjelder snittet over frø, med "
        "persentilintervaller ved bootstrap over baner.",
    ),
    "sobol": Both(
        "Parameters were sampled by Saltelli's scheme (SALib); indices are of the mean over seeds, by the estimators "
        "of Saltelli et al. (2010), with percentile intervals by bootstrap over base samples.",
        "Parametrene ble trukket etter Saltellis plan (SALib); indekser gjelder snittet over frø, med estimatorene til "
        "Saltelli mfl. (2010) og persentilintervaller ved bootstrap over grunnutvalg.",
    ),
}
INTERVALS = Both(
    "Intervals are 95 % intervals for new futures and new seeds alike: a two-way random-effects model with "
    "Satterthwaite's degrees of freedom for means, Clopper and Pearson for shares, bootstrap over futures and seeds "
    "for ranks and regret. A single run never counts as an observation where futures share seeds.",
    "Intervaller er 95 %-intervaller for nye framtider og nye frø: toveis modell med tilfeldige effekter og "
    "Satterthwaites frihetsgrader for snitt, Clopper og Pearson for andeler, bootstrap over framtider og frø for "
    "plassering og anger. En enkelt kjøring teller aldri som en observasjon der framtider deler frø.",
)
CAVEAT = Both(
    "The model explains and compares; it does not forecast. Ranges of parameters are judgements, so shares of variance "
    "and of failing futures hold for these ranges and not for the world.",
    "Modellen forklarer og sammenlikner; den gir ingen prognose. Parameterspennene er skjønn, så andeler av varians og "
    "av framtider som svikter, gjelder disse spennene og ikke verden.",
)


def paragraphs(study: Study) -> list[Both]:
    """The methods in prose."""
    facts = study.facts
    made = Both(
        "Omstilling {v} (revision {r}, results version {x}) was run for {p}, {a}–{b}, with {c} simulated citizens and "
        "the rule of choice “{k}”: {n} of {m} done, {s} for each design and future.",
        "Omstilling {v} (revisjon {r}, resultatversjon {x}) ble kjørt for {p}, {a}–{b}, med {c} simulerte innbyggere "
        "og valgregelen «{k}»: {n} av {m} gjort, {s} for hver utforming og framtid.",
    ).fill(
        v=facts.version,
        r=facts.revision[:18] or "–",
        x=str(facts.results_version),
        p=", ".join(facts.places),
        a=str(facts.first),
        b=str(facts.last),
        c=number(facts.citizens, 0) if isinstance(facts.citizens, int) else same(facts.citizens),
        k=facts.choice,
        n=runs(facts.done),
        m=number(facts.runs, 0),
        s=seeds(facts.replicates),
    )
    return [made, KINDS.get(facts.kind, same("")), INTERVALS, CAVEAT]


def made_of(study: Study) -> list[tuple[Both, Both]]:
    """Facts as a list."""
    facts = study.facts
    rows = [
        (Both("Kind", "Slag"), same(facts.kind)),
        (Both("Options", "Valg"), same(_options(facts.options))),
        (Both("Seeds", "Frø"), same(_seeds(facts))),
        (
            Both("Finished, failed, warned", "Fullført, feilet, varslet"),
            same(f"{facts.done}, {facts.failed}, {facts.warned}"),
        ),
        (Both("Designs", "Utforminger"), same(", ".join(facts.designs))),
        (Both("Version", "Versjon"), same(f"{facts.version} {facts.revision[:18]}")),
    ]
    return [(name, value) for name, value in rows if value.en]


def _options(options: Mapping[str, Any]) -> str:
    """Options as a plan writes them; one that is itself a table in braces."""
    told = (f"{{ {_options(v)} }}" if isinstance(v, Mapping) else v for v in options.values())
    return ", ".join(f"{k} = {v}" for k, v in zip(options, told, strict=True))


def _seeds(facts: StudyFacts) -> str:
    held = sorted(facts.seeds)
    if not held:
        return ""
    is_run = len(held) == held[-1] - held[0] + 1
    return f"{held[0]}–{held[-1]}" if is_run and len(held) > 1 else ", ".join(map(str, held[:12]))


def parameter_rows(study: Study) -> list[tuple[Both, ...]]:
    """Every parameter that was varied: path, range, unit, meaning and kind."""
    kinds = {"lever": Both("lever", "virkemiddel"), "uncertainty": Both("uncertainty", "usikkerhet")}
    return [
        (same(p.path), same(f"{p.low:g} – {p.high:g}"), same(p.unit), same(p.meaning), kinds.get(p.kind, same(p.kind)))
        for p in study.facts.parameters
    ]


def citation(study: Study) -> Both:
    """How to cite the study."""
    facts = study.facts
    return Both(
        "Omstilling, version {v} (results version {x}): “{t}”, {k} study of {n}, seeds {s}.",
        "Omstilling, versjon {v} (resultatversjon {x}): «{t}», {k}-studie av {n}, frø {s}.",
    ).fill(
        v=facts.version,
        x=str(facts.results_version),
        t=study.heading,
        k=facts.kind,
        n=runs(facts.done),
        s=_seeds(facts),
    )
