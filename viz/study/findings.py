"""What a study found, in sentences an adviser can read: each with interval and n."""

from collections.abc import Mapping

import numpy as np

from experiments.cells import Block
from experiments.contrast import contrast
from experiments.crossed import FEW, Estimate, squares, units
from experiments.facts import Outcome
from experiments.ranking import ranking
from experiments.sizing import MOST, size
from viz.study import scenario
from viz.study.reading import Study, counted, left_out, share_words, titled, told, unit_words
from viz.words import Both, listed, number, percent, runs, same

Finding = Mapping[str, Both]


def headline(study: Study) -> Both:
    """The answer in one sentence, as far as there is one."""
    if not study.shown:
        return Both("No measure moves in this study.", "Ingen mål rører seg i denne studien.")
    outcome = study.shown[0]
    if study.facts.kind in ("sobol", "morris") and (said := _deciding(study, outcome)):
        return said
    block = study.block(outcome)
    if block is None or len(study.designs) < 2 or not outcome.better or block.values[0].size < 2:
        return Both("{d} in {n}.", "{d} i {n}.").fill(d=study.heading, n=runs(study.facts.done))
    ranked = ranking(block.values, outcome.better)
    first, second = (study.title(study.designs[d]) for d in ranked.order[:2])
    chance = float(ranked.chance[ranked.order[0], 0])
    gap = contrast(block.values[ranked.order[0]], block.values[ranked.order[1]])
    if gap.telling not in ("higher", "lower"):
        words = Both(
            "On {m}, “{a}” and “{b}” cannot be told apart for new seeds and futures, though the first comes out best "
            "in {p} % of draws of those tried.",
            "Målt i {m} kan «{a}» og «{b}» ikke skilles fra hverandre for nye frø og framtider, selv om den første er "
            "best i {p} % av trekkene av dem som er prøvd.",
        )
    else:
        words = Both(
            "On {m}, “{a}” does best: it comes first in {p} % of draws, before “{b}”.",
            "Målt i {m} gjør «{a}» det best: først i {p} % av trekkene, foran «{b}».",
        )
    often = Both("more than 99", "over 99") if chance > 0.99 else percent(chance)
    return words.fill(m=_low(unit_words(outcome)[0]), a=first, b=second, p=often)


def _low(text: Both) -> Both:
    return Both(*(t[:1].lower() + t[1:] for t in text))


def _deciding(study: Study, outcome: Outcome) -> Both | None:
    """Which parameters decide, design by design."""
    parts = []
    for design in study.designs:
        found = study.sensitivity(design, outcome)
        if found is None or found.is_constant:
            continue
        order = np.argsort(-np.nan_to_num(found.leading[:, 0], nan=-1.0), kind="stable")
        lead = [int(k) for k in order if found.standing(int(k)) == "matters"][:3]
        names = listed([same(found.factors[k]) for k in lead])
        if not lead:
            names = Both("no parameter for certain", "ingen parameter sikkert")
        parts.append(Both("under “{d}” {p}", "under «{d}» {p}").fill(d=study.title(design), p=names))
    if not parts:
        return None
    joined = Both("; ".join(p.en for p in parts), "; ".join(p.nb for p in parts))
    return Both("What decides {m}: {p}.", "Det som avgjør {m}: {p}.").fill(m=_low(unit_words(outcome)[0]), p=joined)


def findings(study: Study) -> list[Finding]:
    """Cards: every design against the first by measure, what decides, where designs fail, and whether runs suffice."""
    said = [card for outcome in study.shown if (card := _against(study, outcome)) is not None]
    said += [card for outcome in study.shown[:2] if (card := _shares(study, outcome)) is not None]
    for failed in scenario.failures(study):
        about = Both("Where it fails: {m}", "Der den svikter: {m}").fill(m=_low(scenario.meaning(failed)))
        said += [{"about": about, "says": scenario.read_out(study, design, failed)} for design in study.designs]
    enough = enough_runs(study)
    if enough is not None:
        said.append({"about": Both("Are there enough runs?", "Er det nok kjøringer?"), "says": enough})
    return said


def _against(study: Study, outcome: Outcome) -> Finding | None:
    against, block = study.against(outcome), study.block(outcome)
    if not against or block is None:
        return None
    parts = []
    for design, found in against.items():
        gap = told(found.difference, outcome.digits, sign=True)
        words = {
            "cannot be told apart": Both("“{d}” cannot be told apart ({g})", "«{d}» kan ikke skilles fra den ({g})"),
            "identical": Both("“{d}” is identical", "«{d}» er helt lik"),
            "too few": Both("“{d}”: too few pairs to say", "«{d}»: for få par til å si noe"),
        }.get(found.telling, Both("“{d}” {g}, {w} in {s} of pairs", "«{d}» {g}, {w} i {s} av parene"))
        way = Both("higher", "høyere") if found.difference.value > 0 else Both("lower", "lavere")
        ahead = found.ahead
        often = ahead[:3] if found.difference.value > 0 else (1 - ahead.value, 1 - ahead.high, 1 - ahead.low)
        parts.append(words.fill(d=study.title(design), g=gap, w=way, s=share_words(np.array(often))))
    words = Both("Against “{r}”: {p}. n = {n}.", "Mot «{r}»: {p}. n = {n}.")
    joined = Both("; ".join(p.en for p in parts), "; ".join(p.nb for p in parts))
    says = words.fill(r=study.title(study.designs[0]), p=joined, n=counted(block))
    return {"about": titled(outcome), "says": says if (lost := left_out(block)) is None else says.then(lost)}


def _shares(study: Study, outcome: Outcome) -> Finding | None:
    """The three leading parameters under each design, with intervals."""
    parts = []
    for design in study.designs:
        found = study.sensitivity(design, outcome) if study.step else None
        if found is None or found.is_constant:
            continue
        order = [int(k) for k in np.argsort(-np.nan_to_num(found.leading[:, 0], nan=-1.0), kind="stable")[:3]]
        if found.method == "sobol":
            each = [same(found.factors[k]).then(share_words(found.leading[k])) for k in order]
        else:
            ends = [Estimate(float(v), float(a), float(b), found.blocks) for v, a, b in found.leading[order]]
            each = [same(found.factors[k]).then(told(e, outcome.digits)) for k, e in zip(order, ends, strict=True)]
        settled = same("") if found.is_settled else Both(" (not settled)", " (ikke satt seg)")
        words = Both("under “{d}” {p}{s}, n = {n}", "under «{d}» {p}{s}, n = {n}")
        count = runs(found.blocks * study.step * found.seeds)
        parts.append(words.fill(d=study.title(design), p=listed(each), s=settled, n=count))
    if not parts:
        return None
    about = Both("What decides: {t}", "Hva som avgjør: {t}").fill(t=_low(unit_words(outcome)[0]))
    joined = Both("; ".join(p.en for p in parts), "; ".join(p.nb for p in parts))
    return {"about": about, "says": Both(*(t[:1].upper() + t[1:] + "." for t in joined))}


def enough_runs(study: Study) -> Both | None:
    """How many pairs it would take to tell apart what cannot be told apart, if the difference is as seen."""
    if not study.shown or not study.against(study.shown[0]):
        return None
    outcome, block = study.shown[0], study.block(study.shown[0])
    assert block is not None
    is_seeds = len(block.samples) == 1 or _is_seeds_that_lack(block)
    parts = []
    for place, design in enumerate(study.designs[1:], start=1):
        found = study.against(outcome)[design]
        if found.telling != "cannot be told apart" or found.difference.value == 0:
            continue
        gaps = block.values[place] - block.values[0]
        need = size(gaps.mean(axis=0) if is_seeds else units(gaps), abs(found.difference.value)).needed
        amount = Both("more than {n}", "over {n}").fill(n=number(MOST, 0)) if need >= MOST else number(need, 0)
        parts.append(Both("“{d}” {n}", "«{d}» {n}").fill(d=study.title(design), n=amount))
    count = len(block.seeds) if is_seeds else len(block.samples)
    unit = Both("seeds", "frø") if is_seeds else Both("futures", "framtider")
    if not parts:
        is_told = any(found.telling in ("higher", "lower") for found in study.against(outcome).values())
        apart = Both(
            "Yes for {m}: with {n} {u} every design that differs is told apart from the first.",
            "Ja for {m}: med {n} {u} er hver utforming som skiller seg ut, skilt fra den første.",
        )
        alike = Both(
            "No difference in {m} is seen with {n} {u}, so nothing says how many would show one.",
            "Ingen forskjell i {m} er sett med {n} {u}, så ingenting sier hvor mange som ville vist en.",
        )
        return (apart if is_told else alike).fill(m=_low(unit_words(outcome)[0]), n=number(count, 0), u=unit)
    words = Both(
        "Not for {m}: there are {n} {u}; to tell a difference as small as the one seen from none takes about: {p}.",
        "Ikke for {m}: det er {n} {u}; å skille en forskjell så liten som den sette fra ingen krever omtrent: {p}.",
    )
    return words.fill(m=_low(unit_words(outcome)[0]), n=number(count, 0), u=unit, p=listed(parts))


def _is_seeds_that_lack(block: Block) -> bool:
    """Whether the differences from the first design vary more by the seeds drawn than by the futures drawn."""
    if min(block.values.shape[1:]) < 2:
        return False
    of_futures, of_seeds, _ = np.sum([squares(values - block.values[0]) for values in block.values[1:]], axis=0)
    return bool(of_seeds > of_futures)


def warnings(study: Study) -> list[Both]:
    """What the reader must know first: runs that failed or are missing, checks that warned, too few of anything."""
    facts, said = study.facts, []
    if facts.failed:
        said.append(
            Both(
                "{n} failed. They are left out, with every future or seed that then is not whole.",
                "{n} feilet. De er utelatt, med hver framtid eller hvert frø som da ikke er helt.",
            ).fill(n=runs(facts.failed))
        )
    missing = facts.runs - facts.done - facts.failed
    if missing > 0:
        said.append(Both("Preliminary: {n} not yet done.", "Foreløpig: {n} er ikke gjort ennå.").fill(n=runs(missing)))
    if facts.warned:
        said.append(
            Both(
                "A check of the model warned in {n}: see the checks before anything is cited.",
                "En kontroll i modellen varslet i {n}: se på kontrollene før noe siteres.",
            ).fill(n=runs(facts.warned))
        )
    block = study.block(study.shown[0]) if study.shown else None
    if block is not None and max(len(block.samples), len(block.seeds)) < FEW:
        said.append(
            Both(
                "Too few to conclude: {n}. Intervals are not to be trusted below {f}.",
                "For få til å konkludere: {n}. Intervaller er ikke til å stole på under {f}.",
            ).fill(n=counted(block), f=str(FEW))
        )
    if block is not None and len(block.samples) >= FEW > len(block.seeds) > 1:
        said.append(
            Both(
                "Only {n} seeds: intervals for new seeds are wide, and ranks and regret look surer than they are.",
                "Bare {n} frø: intervaller for nye frø er vide, og plassering og anger ser sikrere ut enn de er.",
            ).fill(n=str(len(block.seeds)))
        )
    return said
