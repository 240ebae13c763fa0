"""Form without practice: how much of what municipalities have on paper is not lived."""

from viz.canvas import Drawing, Panel
from viz.curves import MEANING, curves, last_values, run_count, spread, table_by_year
from viz.results import Results
from viz.words import Both


def draw(results: Results) -> Drawing | None:
    """The drawing, from the nation table."""
    cube = results.cube("decoupling")
    figure, _ = curves(results, cube, scale=100, ceiling=0.1)
    header, rows = table_by_year(results, cube, digits=1, scale=100)
    values = last_values(results, cube, lambda a, b, c: spread(a, b, c, 0, 100))
    meaning = Both(
        "0: everything that is decided is also done. The higher, the more is symbolic. {y} is after the first year’s "
        "rules, so designs differ there already.",
        "0: alt som er vedtatt, blir også gjort. Jo høyere, jo mer er symbolsk. {y} er etter det første årets regler, "
        "så utformingene er ulike allerede der.",
    ).fill(y=str(results.first))
    return Drawing(
        "decoupling",
        Both("Form without practice", "Form uten praksis"),
        Both(
            "Gap between form and practice, 0–100, mean of the elements",
            "Avstand mellom form og praksis, 0–100, gjennomsnitt av elementene",
        ),
        MEANING.fill(n=run_count(results)).then(meaning),
        Both("Line chart. In {y}: {v}.", "Linjediagram. I {y}: {v}.").fill(y=str(results.last), v=values),
        (Panel(figure),),
        header,
        rows,
    )
