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

    with refusing():
        found = [load_design(name) for name in design_names()]
        _check_language(language)
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
    """A design read out, statement by statement, with sources."""
    from model.institutions.design import load_design
    from model.institutions.sentences import kind_of, read_out

    with refusing():
        design = load_design(name)
        sentences = read_out(design, language)
    if as_json:
        print_json(_about(design) | {"language": language, "statements": _statements(design, sentences)})
        return
    typer.echo(f"{getattr(design.title, language)}\n{getattr(design.question, language)}\n")
    for number, (statement, text) in enumerate(zip(design.statements, sentences, strict=True), 1):
        typer.echo(f"{number}. {text}\n   [{kind_of(statement, language)}; {statement.source}]")


@app.command()
def diff(
    first: Annotated[str, typer.Argument(help="A name, or a file.")],
    second: Annotated[str, typer.Argument(help="Another.")],
    *,
    language: Language = "en",
    as_json: AsJson = False,
) -> None:
    """What turns one design into another, statement by statement."""
    from model.institutions.comparison import diff as compared
    from model.institutions.design import load_design
    from model.institutions.sentences import sentence

    with refusing():
        _check_language(language)
        changes = [
            {
                "what": change.what,
                "before": change.before and sentence(change.before, language),
                "after": change.after and sentence(change.after, language),
            }
            for change in compared(load_design(first), load_design(second))
        ]
    if as_json:
        print_json({"first": first, "second": second, "language": language, "changes": changes})
        return
    if not changes:
        typer.echo("No statement differs.")
    for change in changes:
        for sign, text in (("-", change["before"]), ("+", change["after"])):
            if text:
                typer.echo(f"{sign} {text}")


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
        typer.echo(f"{file}: can be used; {len(design.statements)} statements")


def _check_language(language: str) -> None:
    from experiments.request import RequestError

    if language not in ("en", "nb"):
        raise RequestError(f"--language {language}: give en or nb")


def _about(design: Any) -> dict[str, Any]:
    return {
        "name": design.name,
        "title": design.title.model_dump(),
        "question": design.question.model_dump(),
        "digest": design.digest,
    }


def _statements(design: Any, sentences: list[str]) -> list[dict[str, Any]]:
    rows = []
    for statement, text in zip(design.statements, sentences, strict=True):
        plain = statement.model_dump(mode="json", by_alias=True, exclude_none=True)
        rows.append({"sentence": text, "reads_as": statement.reads_as, "statement": plain})
    return rows


def _fault(fault: Any) -> dict[str, Any]:
    return {"wrong": fault.wrong, "remedy": fault.remedy, "statement": fault.statement, "line": fault.line}
