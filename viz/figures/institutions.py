"""How far climate work becomes part of the municipal organisation over the years."""

from viz.canvas import Drawing, Panel
from viz.curves import MEANING, curves, last_values, run_count, spread, table_by_year
from viz.results import Results
from viz.words import Both


def draw(results: Results) -> Drawing | None:
    """The drawing, from the nation table."""
    cube = results.cube("institutionalisation")
    figure, _ = curves(results, cube, scale=100, ceiling=0.2)
    header, rows = table_by_year(results, cube, digits=1, scale=100)
    values = last_values(results, cube, lambda a, b, c: spread(a, b, c, 0, 100))
    return Drawing(
        "institutions",
        Both(
            "How firmly climate work is built into the organisation",
            "Hvor fast klimaarbeidet er bygd inn i organisasjonen",
        ),
        Both(
            "Institutionalisation, 0–100, mean of the municipalities",
            "Institusjonalisering, 0–100, gjennomsnitt av kommunene",
        ),
        MEANING.fill(n=run_count(results)).then(_index()),
        Both("Line chart. In {y}: {v}.", "Linjediagram. I {y}: {v}.").fill(y=str(results.last), v=values),
        (Panel(figure),),
        header,
        rows,
    )


def _index() -> Both:
    return Both(
        "The index is the weighted geometric mean of the practice of eleven elements: one strong element alone "
        "does not lift it.",
        "Indeksen er det veide geometriske gjennomsnittet av praksisen i elleve elementer: ett sterkt element "
        "alene løfter den ikke.",
    )
