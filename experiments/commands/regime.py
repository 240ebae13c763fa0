"""`omstilling regime DIR`: the rules in force in a year of a run, with who, since when and why, and what led there."""

from pathlib import Path
from typing import Annotated, Any, Final

import typer

from experiments.commands.answers import AsJson, print_json, refusing

HEADINGS: Final = {
    "state": {"en": "The state, by the design", "nb": "Staten, etter designet"},
    "county": {"en": "Counties, by themselves", "nb": "Fylkeskommunene, på eget initiativ"},
    "municipality": {"en": "Municipalities, by themselves", "nb": "Kommunene, på eget initiativ"},
}
NOTE: Final = {
    "en": "The or-else of a local rule is how it reads; no council meeting is simulated.",
    "nb": "«Ellers» i en lokal regel er slik den leses; ingen møter i kommunestyre eller fylkesting er simulert.",
}
SINCE: Final = {"en": "since", "nb": "siden"}
NOTHING: Final = {
    "rules": {"en": "No rule is in force.", "nb": "Ingen regel gjelder."},
    "story": {"en": "Nothing happened to it in this run.", "nb": "Ingenting hendte med det i denne kjøringen."},
}
Design = Annotated[str | None, typer.Option(help="A design of the folder; default: its first.")]
Replicate = Annotated[int, typer.Option(help="Which run of the design.")]
Year = Annotated[int | None, typer.Option(help="The year at whose end the rules hold; default: the last of the run.")]
Actor = Annotated[
    str | None, typer.Option(metavar="NUMBER", help="A municipality (3403), a county (34) or state; default: all.")
]
Why = Annotated[
    str | None, typer.Option(metavar="SUBJECT", help="With --actor: what led to this element or county rule.")
]


def regime(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="A results folder.")],
    *,
    design: Design = None,
    replicate: Replicate = 0,
    year: Year = None,
    actor: Actor = None,
    why: Why = None,
    language: Annotated[str, typer.Option(help="nb or en.")] = "en",
    as_json: AsJson = False,
) -> None:
    """List the rules in force in a year of a run, or tell why one of them came, softened or went."""
    with refusing():
        from experiments.record import open_record
        from model.institutions.phrases import check_language

        check_language(language)
        record = open_record(folder, design, replicate)
        node = record.node(actor)
        head: dict[str, Any] = {"design": record.design, "replicate": replicate, "language": language}
        if why is not None:
            lines = _story(record.story(node, why), record.names, language)
            document = head | {"actor": node, "subject": why, "story": lines}
        else:
            shown, rules = record.rules(year, node)
            document = head | {
                "year": shown,
                "rules": [_plain(rule, language) for rule in rules],
                "note": NOTE[language],
            }
    if as_json:
        print_json(document)
    elif why is not None:
        _tell_story(document["story"], language)
    else:
        _tell(document["rules"], language)


def _plain(rule: Any, language: str) -> dict[str, Any]:
    """A rule as JSON; `since_when` says `before` for what was there before the first year."""
    return {
        "level": rule.level,
        "actor": rule.actor,
        "name": rule.name[language],
        "subject": rule.subject,
        "stage": rule.stage,
        "since": rule.since,
        "since_when": rule.since_when(language),
        "cause": rule.cause,
        "because_of": rule.because_of,
        "why": rule.reason[language],
        "sentence": rule.sentence[language],
    }


def _story(links: list[Any], names: Any, language: str) -> list[dict[str, Any]]:
    from model.story import told

    return [
        {
            "depth": link.depth,
            "year": link.year or None,
            "actor": link.actor,
            "subject": link.subject,
            "what": link.what,
            "cause": link.cause,
            "because_of": link.because_of,
            "sentence": told(link, names, language),
        }
        for link in links
    ]


def _tell(rules: list[dict[str, Any]], language: str) -> None:
    from model.institutions.phrases import STAGE_NAMES

    for level, heading in HEADINGS.items():
        mine = [rule for rule in rules if rule["level"] == level]
        if mine:
            typer.echo(f"{heading[language]}\n")
        for rule in mine:
            stage, since = STAGE_NAMES[rule["stage"]][language], f"{SINCE[language]} {rule['since_when']}"
            number = "" if level == "state" else f"{rule['actor'].removeprefix('county:')} "
            typer.echo(f"{number}{rule['sentence']}\n   [{stage}, {since}: {rule['why']}]")
        if mine:
            typer.echo("")
    if any(rule["level"] != "state" and rule["stage"] == "rule" for rule in rules):
        typer.echo(NOTE[language])
    if not rules:
        typer.echo(NOTHING["rules"][language])


def _tell_story(story: list[dict[str, Any]], language: str) -> None:
    for line in story:
        typer.echo("   " * line["depth"] + line["sentence"])
    if not story:
        typer.echo(NOTHING["story"][language])
