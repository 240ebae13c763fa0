"""`omstilling places`: municipalities with people and accounts."""

from typing import Annotated, Any

import typer

from experiments.commands.answers import AsJson, pass_on, print_json, print_table, refusing

app = typer.Typer(help="Places: Norway, its counties, and others.", invoke_without_command=True, rich_markup_mode=None)


@app.callback()
def default(context: typer.Context, as_json: AsJson = False) -> None:
    """List the places unless another command is named."""
    pass_on(context, as_json=as_json)
    if context.invoked_subcommand is None:
        list_(as_json=as_json)


@app.command("list")
def list_(*, as_json: AsJson = False) -> None:
    """The places that come with the program."""
    from model.places import load_place, place_names

    with refusing():
        rows = [_about(load_place(name)) | {"name": name} for name in place_names()]
    if as_json:
        print_json({"places": rows})
        return
    cells = [[r["name"], r["title"]["en"], str(r["municipality_count"]), f"{r['population']:,}"] for r in rows]
    print_table(["name", "title", "municipalities", "population"], cells, right=(2, 3))


@app.command()
def show(
    name: Annotated[str, typer.Argument(help="norway, a county, numbers (0301,4012) or a place folder.")],
    *,
    as_json: AsJson = False,
) -> None:
    """Each municipality: people, and its territorial account by sector in t CO2e, official or estimated."""
    from model.places import load_place

    with refusing():
        place = load_place(name)
    if as_json:
        print_json(_about(place) | {"left_out": list(place.left_out), "sources": list(place.sources)} | _towns(place))
        return
    typer.echo(f"{place.title['en']}: territorial accounts of {place.base_year}\n")
    rows = [
        [t["number"], t["name"], t["county"], f"{t['population']:,}", f"{t['territorial_total']:,.0f}", _account(t)]
        for t in _towns(place)["municipalities"]
    ]
    print_table(["number", "name", "county", "population", "t CO2e", "account"], rows, right=(3, 4))
    _tell_official(place)
    for source in place.sources:
        typer.echo(f"{source.get('what')}: {source.get('source')} {source.get('licence', '')}".rstrip())


def _about(place: Any) -> dict[str, Any]:
    return {
        "name": place.name,
        "title": place.title,
        "first_year": place.first_year,
        "last_year": place.last_year,
        "base_year": place.base_year,
        "municipality_count": len(place.numbers),
        "population": int(place.population[0].sum()),
        "digest": place.digest,
    }


def _towns(place: Any) -> dict[str, Any]:
    from agents.vocabulary import SECTORS

    towns = []
    for m, number in enumerate(place.numbers):
        account = {sector: round(float(t), 3) for sector, t in zip(SECTORS, place.territorial[m], strict=True)}
        towns.append(
            {
                "number": number,
                "name": place.names[m],
                "county": place.county_names[place.county_of[m]],
                "county_number": place.county_numbers[place.county_of[m]],
                "population": int(place.population[0, m]),
                "territorial": account,
                "territorial_total": round(float(place.territorial[m].sum()), 3),
                "account": "official" if place.is_official[m] else "estimated",
                "official_sectors": [s for s in SECTORS if place.official and s in place.official[m]],
            }
        )
    return {"unit": "t CO2e", "population_year": place.first_year, "municipalities": towns}


def _account(town: dict[str, Any]) -> str:
    """Whether the account is official, and where only some sectors are, how many."""
    few, many = len(town["official_sectors"]), len(town["territorial"])
    return town["account"] if few in (0, many) else f"official in {few} of {many} sectors"


def _tell_official(place: Any) -> None:
    """Whose accounts are official: by number where not everybody's are, and in how many all ten sectors."""
    from agents.vocabulary import SECTORS

    numbers = [n for n, is_official in zip(place.numbers, place.is_official, strict=True) if is_official]
    whole = sum(len(sectors) == len(SECTORS) for sectors in place.official)
    rest = f", all ten sectors in {whole}; the rest is estimated" if whole < len(place.numbers) else ""
    typer.echo(f"Official accounts: {len(numbers)} of {len(place.numbers)} municipalities{rest}.")
    if 0 < len(numbers) < len(place.numbers):
        typer.echo(f"They are: {', '.join(numbers)}.")
    typer.echo("")
