"""`omstilling designs`: institutional designs as sentences, their differences, and what is wrong in a file."""

from pathlib import Path
from typing import Annotated, Any

import typer

from experiments.commands.answers import AsJson, pass_on, print_json, print_table, refusing

app = typer.Typer(help="Institutional designs as plain sentences.", invoke_without_command=True, rich_markup_mode=None)

Language = Annotated[str, typer.Option(help="nb or en.")]


@app.callback()
def default(context: typer.Context, language: Language = "en", as_json: AsJson = False) -> None:
    """List the designs unless another command is named."""
    pass_on(context, language=language, as_json=as_json)
    if context.invoked_subcommand is None:
        list_(language=language, as_json=as_json)


@app.command("list")
def list_(*, language: Language = "en", as_json: AsJson = False) -> None:
    """Names, titles and questions of the designs that come with the program."""
    from model.institutions.design import design_names, load_design
    from model.institutions.phrases import check_language

    with refusing():
        found = [load_design(name) for name in design_names()]
        check_language(language)
    if as_json:
        print_json({"designs": [_about(d) | {"statements": len(d.statements)} for d in found]})
        return
    rows = [[d.name, getattr(d.title, language), str(len(d.statements))] for d in found]
    print_table(["name", "title", "statements"], rows, right=(2,))


@app.command()
def show(
    name: Annotated[str, typer.Argument(help="A name, or a file.")],
    *,
    language: Language = "en",
    as_json: AsJson = False,
) -> None:
    """A design read out, statement by statement, with sources, and what it costs."""
    from model import bill
    from model.costs import costs, is_open_ended, years_of
    from model.institutions.design import load_design
    from model.institutions.sentences import kind_of, meant_for, read_out
    from model.places import load_place

    with refusing():
        design = load_design(name)
        sentences = read_out(design, language)
        years, place = years_of(design), load_place("norway")
        spans = costs(design, years)
    if as_json:
        head = _about(design) | {"language": language}
        print_json(head | {"statements": _statements(design, sentences), "costs": _costs(design, spans, years)})
        return
    typer.echo(f"{getattr(design.title, language)}\n{getattr(design.question, language)}")
    typer.echo(f"{meant_for(design, language)}\n".lstrip("\n"))
    for index, (statement, text) in enumerate(zip(design.statements, sentences, strict=True)):
        known = (kind_of(statement, language), bill.of_statement(index, spans, language), statement.source)
        typer.echo(f"{index + 1}. {text}\n   [{'; '.join(part for part in known if part)}]")
    is_open = is_open_ended(design, years)
    typer.echo("")
    for line in bill.told(design, spans, language, people_of=place.first_year, is_open=is_open):
        typer.echo(line)


@app.command()
def diff(
    first: Annotated[str, typer.Argument(help="A name, or a file.")],
    second: Annotated[str, typer.Argument(help="Another.")],
    *,
    language: Language = "en",
    as_json: AsJson = False,
) -> None:
    """What turns one design into another: statements added, removed and changed, and in what."""
    from model.institutions.comparison import about
    from model.institutions.comparison import diff as compared
    from model.institutions.design import load_design
    from model.institutions.phrases import check_language

    with refusing():
        check_language(language)
        one, other = load_design(first), load_design(second)
    changes = [_change(change, language) for change in compared(one, other)]
    head = [_part(part, None, language) for part in about(one, other)]
    if as_json:
        told = {"first": first, "second": second, "language": language}
        print_json(told | {"about": head, "changes": changes})
        return
    for part in head:
        typer.echo(f"~ {part['words']}")
    if not changes:
        typer.echo({"en": "No statement differs.", "nb": "Utsagnene er like."}[language])
    for change in changes:
        is_same = change["before"] == change["after"]  # differs in what is not read out, such as the source
        lines = [("=", change["after"])] if is_same else [("-", change["before"]), ("+", change["after"])]
        for sign, text in lines:
            if text:
                typer.echo(f"{sign} {text}")
        for part in change["parts"]:
            typer.echo(f"  ~ {part['words']}")


@app.command("schema")
def schema_(*, as_json: AsJson = False) -> None:
    """The JSON Schema of a design file, for editors that complete and check it; with or without --json the same."""
    from model.institutions.file_schema import schema

    print_json(schema())


@app.command()
def check(file: Annotated[Path, typer.Argument(help="A design file.")], *, as_json: AsJson = False) -> None:
    """Whether a design file can be used: exit code 0, or 2 with every error, its line and what would be right."""
    from model.institutions.design import load_design
    from model.institutions.errors import DesignError

    with refusing():
        try:
            design = load_design(file)
        except DesignError as error:
            if as_json:
                print_json({"file": str(file), "is_usable": False, "faults": [_fault(f) for f in error.faults]})
            raise
    if as_json:
        print_json({"file": str(file), "is_usable": True, "faults": [], "digest": design.digest})
    else:
        count = len(design.statements)
        typer.echo(f"{file}: can be used; {count} statement{'s' * (count != 1)}")


def _about(design: Any) -> dict[str, Any]:
    return {
        "name": design.name,
        "title": design.title.model_dump(),
        "question": design.question.model_dump(),
        "from": design.first,
        "to": design.last,
        "digest": design.digest,
    }


def _statements(design: Any, sentences: list[str]) -> list[dict[str, Any]]:
    from model.institutions.comparison import plain

    rows = []
    for statement, text in zip(design.statements, sentences, strict=True):
        rows.append({"sentence": text, "reads_as": statement.reads_as, "statement": plain(statement)})
    return rows


def _costs(design: Any, spans: list[Any], years: range) -> dict[str, Any]:
    """Million NOK a year by span of years and by year; statements are counted from 1."""
    from model.costs import is_open_ended, sum_by_year
    from model.places import load_place

    def million(nok: float) -> float:
        return round(nok / 1e6, 3)

    told = [
        {
            "from": span.first,
            "to": span.last,
            "million_nok": million(span.total),
            "by_kind": {kind: million(cost) for kind, cost in span.by_kind(design).items()},
            "by_statement": {str(index + 1): million(cost) for index, cost in span.statements.items()},
        }
        for span in spans
    ]
    by_year = {str(year): million(nok) for year, nok in sum_by_year(design, years).items()}
    place = load_place("norway")
    unit = {"unit": "million NOK a year", "inhabitants_of": place.first_year, "municipalities": len(place.numbers)}
    return unit | {"is_open_ended": is_open_ended(design, years), "spans": told, "by_year": by_year}


def _change(change: Any, language: str) -> dict[str, Any]:
    from model.institutions.sentences import sentence

    before, after = (None if place is None else place + 1 for place in change.places)
    return {
        "what": change.what,
        "statement_before": before,
        "statement_after": after,
        "before": change.before and sentence(change.before, language),
        "after": change.after and sentence(change.after, language),
        "parts": [_part(part, change, language) for part in change.parts],
    }


def _part(part: Any, change: Any, language: str) -> dict[str, Any]:
    from model.institutions.differences import told_part

    return {
        "part": part.path,
        "before": part.before,
        "after": part.after,
        "words": told_part(part, change, language),
    }


def _fault(fault: Any) -> dict[str, Any]:
    return {"wrong": fault.wrong, "remedy": fault.remedy, "statement": fault.statement, "line": fault.line}
