"""How the numbers were made: version, seeds, place, sources, assumptions, and the designs in sentences."""

from collections.abc import Mapping
from typing import Any

import numpy as np

from agents.vocabulary import SECTORS
from viz.palette import look
from viz.results import Results
from viz.words import Both, listed, number, percent, runs, same


def failed_runs(results: Results) -> int:
    """How many runs the manifest lists as failed."""
    failed = next((results.manifest[k] for k in ("failed", "failures", "failed_runs") if k in results.manifest), 0)
    return failed if isinstance(failed, int) else len(failed)


def design_sheets(results: Results) -> list[Mapping[str, Any]]:
    """Per design: letter, title, its question and its statements as sentences in both languages."""
    sheets: list[Mapping[str, Any]] = []
    for place, name in enumerate(results.designs):
        sheet = results.sheets.get(name)
        style = look(place)
        entry: dict[str, Any] = {
            "letter": style.letter,
            "token": style.token,
            "title": results.title(name),
            "name": name,
        }
        entry["question"] = _both(getattr(sheet, "question", None))
        entry["sentences"] = _sentences(sheet)
        sheets.append(entry)
    return sheets


def _sentences(sheet: Any) -> list[Both]:
    if sheet is None:
        return []
    from model.institutions.sentences import read_out

    told = [read_out(sheet, language) for language in ("en", "nb")]
    en, nb = (t.splitlines() if isinstance(t, str) else list(t) for t in told)
    return [Both(same(a).en, same(b).nb) for a, b in zip(en, nb, strict=False) if str(a).strip()]


def _both(value: object) -> Both | None:
    value = value.model_dump() if hasattr(value, "model_dump") else value
    if isinstance(value, dict) and value.get("en"):
        return Both(same(value["en"]).en, same(value.get("nb") or value["en"]).nb)
    return same(value) if isinstance(value, str) and value else None


def methods(results: Results) -> Mapping[str, Any]:
    """Everything the closing sections need."""
    return {
        "made": _made(results),
        "caveat": _caveat(results),
        "sources": [dict(s) for s in getattr(results.place, "sources", ())],
        "left_out": [dict(s) for s in getattr(results.place, "left_out", ())],
        "assumptions": assumptions(results),
        "assumed": assumed_numbers(results),
        "has_place": results.place is not None,
        "citation": citation(results),
    }


def citation(results: Results) -> Both:
    """How to cite these results."""
    version = str(results.manifest.get("version", "?"))
    return Both(
        "Omstilling, version {v}: institutional designs and the low-emission transition of municipalities. Results "
        "of case {c}.",
        "Omstilling, versjon {v}: institusjonelle utforminger og kommunenes omstilling til lavutslipp. Resultater "
        "av case {c}.",
    ).fill(v=version, c=_digest(results)[:12])


def _digest(results: Results) -> str:
    manifest = results.manifest
    for key in ("case_hash", "case_digest", "digest"):
        if isinstance(manifest.get(key), str):
            return str(manifest[key])
    case = manifest.get("case")
    return str(case.get("digest", "?")) if isinstance(case, dict) else str(case or "?")


def _made(results: Results) -> list[tuple[Both, Both]]:
    manifest, case = results.manifest, results.case
    seeds = np.unique(results.tables["nation"]["seed"].to_numpy())
    spread = (
        str(seeds[0])
        if len(seeds) == 1
        else f"{seeds[0]}–{seeds[-1]}"
        if len(seeds) == seeds[-1] - seeds[0] + 1
        else f"{len(seeds)}"
    )
    packages = manifest.get("packages")
    used = ", ".join(f"{k} {v}" for k, v in packages.items()) if isinstance(packages, dict) else str(packages or "")
    revision = next((str(manifest[k]) for k in ("revision", "git", "git_revision") if manifest.get(k)), "")
    rows = [
        (Both("Version", "Versjon"), same(f"{manifest.get('version', '?')} {revision[:18]}")),
        (Both("Case", "Case"), same(_digest(results)[:32])),
        (Both("Runs", "Kjøringer"), plural_runs(results)),
        (
            Both("Seeds", "Frø"),
            Both("{s}, the same for every design", "{s}, de samme for hver utforming").fill(s=spread),
        ),
        (Both("Years", "År"), same(f"{results.first}–{results.last}")),
        (Both("Citizens", "Innbyggere"), _citizens(case)),
        (Both("Rule of choice", "Valgregel"), same(case.get("choice", "planned"))),
        (Both("Packages", "Pakker"), same(used)),
        (Both("Platform", "Plattform"), same(_platform(manifest.get("platform")))),
    ]
    return [(name, value) for name, value in rows if value.en]


def _platform(value: object) -> str:
    """System, machine and Python, without the build of the kernel."""
    if not isinstance(value, dict):
        return str(value or "").split("-")[0]
    system = f"{str(value.get('system', '')).split('-')[0]} {value.get('machine', '')}".strip()
    return f"{system}, Python {value['python']}" if value.get("python") else system


def plural_runs(results: Results) -> Both:
    """Finished and failed runs in one line."""
    total = runs(sum(results.runs.values()))
    failed = failed_runs(results)
    return (
        total
        if not failed
        else total.then(Both("finished, {n} failed", "fullført, {n} feilet").fill(n=number(failed, 0)))
    )


def _citizens(case: Mapping[str, Any]) -> Both:
    citizens = case.get("citizens")
    if isinstance(citizens, int | float):
        return Both("{n} agents that stand for all inhabitants", "{n} agenter som står for alle innbyggere").fill(
            n=number(float(citizens), 0)
        )
    return Both("one agent per inhabitant", "én agent per innbygger") if citizens == "all" else same(citizens or "")


def _caveat(results: Results) -> Both | None:
    official = getattr(results.place, "is_official", None)
    if official is None:
        return None
    sectors = getattr(results.place, "official", ())
    whole = np.array([len(mine) == len(SECTORS) for mine in sectors]) if sectors else np.asarray(official, dtype=bool)
    estimated = int((~whole).sum())
    if not estimated:
        return Both("All municipal accounts are official.", "Alle kommunale regnskap er offisielle.")
    return Both(
        "The starting accounts of {n} of {m} municipalities are estimates, in whole or in some sectors, made from "
        "national totals and local keys, not official municipal "
        "accounts. They are fair for groups; a single municipality may be far off.",
        "Utgangsregnskapene for {n} av {m} kommuner er helt eller i noen sektorer anslag, laget av nasjonale totaler "
        "og lokale nøkler, ikke offisielle kommuneregnskap. "
        "For grupper er de rimelige; en enkelt kommune kan avvike mye.",
    ).fill(n=str(estimated), m=str(len(official)))


def assumptions(results: Results) -> list[Both]:
    """What is given rather than found out, as far as it can be counted here."""
    said = [
        Both(
            "National policy, the vehicle fleet and the carbon price follow one given path, the same in every run; "
            "municipalities are never credited with it.",
            "Nasjonal politikk, kjøretøyparken og CO₂-prisen følger én gitt bane, lik i alle kjøringer; kommuner "
            "godskrives den aldri.",
        ),
        Both(
            "How much each solution, and so each level, can cut at most is set beforehand in the catalogue: an "
            "assumption, not a finding.",
            "Hvor mye hver løsning, og dermed hvert nivå, i høyden kan kutte, er satt på forhånd i katalogen: en "
            "antakelse, ikke et funn.",
        ),
        Both(
            "Population follows one given path in every run; people do not move because of climate policy.",
            "Folketallet følger én gitt bane i alle kjøringer; folk flytter ikke på grunn av klimapolitikk.",
        ),
    ]
    said += _carried_back(results)
    assumed = assumed_numbers(results)
    if assumed:
        count, total = sum(row[1] for row in assumed), sum(row[2] for row in assumed)
        said.append(
            Both(
                "{c} of {t} numbers in the catalogue of solutions ({p} %) have no source and are flagged as "
                "assumed; they are listed below.",
                "{c} av {t} tall i løsningskatalogen ({p} %) mangler kilde og er merket som antatt; de er listet "
                "opp under.",
            ).fill(c=number(count, 0), t=number(total, 0), p=percent(count / total))
        )
    weak = [
        same(s.get("what", ""))
        for s in getattr(results.place, "sources", ())
        if "assum" in str(s.get("confidence", "")).lower()
    ]
    if weak:
        said.append(Both("Partly assumed place data: {w}.", "Delvis antatte stedsdata: {w}.").fill(w=listed(weak)))
    return said


def _carried_back(results: Results) -> list[Both]:
    """What a run that begins before 2025 adds to the assumptions."""
    from model.history import TODAY

    if results.first >= TODAY:
        return []
    return [
        Both(
            "The run begins in {y}. People, uptake of solutions and institutions of that year are carried back from "
            "{t} by assumed rules and few figures on record; borders, votes and commuting are those of {t}.",
            "Kjøringen begynner i {y}. Folketall, bruk av løsninger og institusjoner det året er ført tilbake fra "
            "{t} etter antatte regler og få kjente tall; grenser, stemmer og pendling er som i {t}.",
        ).fill(y=str(results.first), t=str(TODAY))
    ]


def basis(results: Results) -> Both | None:
    """How much of what goes in is assumed, in one line to stand near the findings; None without a catalogue."""
    assumed = assumed_numbers(results)
    if not assumed:
        return None
    return Both(
        "{p} % of the numbers in the catalogue of solutions and most behavioural parameters are assumed, not measured.",
        "{p} % av tallene i katalogen over løsninger og de fleste parametrene for atferd er antatt, ikke målt.",
    ).fill(p=percent(sum(row[1] for row in assumed) / sum(row[2] for row in assumed)))


def assumed_numbers(results: Results) -> list[tuple[str, int, int, str]]:
    """Per solution with assumed numbers: id, how many are assumed, of how many, and which."""
    if results.catalogue is None:
        return []
    from model.solution import solution_numbers
    from model.solutions import assumed_numbers as assumed_in

    named: dict[str, list[str]] = {}
    for identity, field in assumed_in(results.catalogue):
        named.setdefault(identity, []).append(field.replace("_", " "))
    totals = {s.id: sum(1 for _ in solution_numbers(s)) for s in results.catalogue.solutions}
    return [(identity, len(fields), totals[identity], ", ".join(fields)) for identity, fields in named.items()]
