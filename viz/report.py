"""One self-contained page about a results folder, with its figures as files. The page asks the network for nothing."""

from dataclasses import replace
from pathlib import Path
from typing import Any

from experiments import store
from experiments.request import located
from experiments.results import is_study
from viz.results import Results, ResultsError, read_results
from viz.words import LANGUAGES, pair

TEMPLATES = Path(__file__).parent / "templates"


def write_report(folder: Path, *, language: str = "en", png: bool = False) -> Path:
    """Write `figures/*.svg` (and PNG) and `report.html` into the folder of a run or of a study; returns the page.

    language: `en` or `nb`, the one shown first in the page and used in the files; the page holds both.
    Raises ResultsError when a table is missing or unreadable; nothing is written then.
    """
    from viz import page  # matplotlib and jinja2: only when a report is made
    from viz.sheet import write_figures

    if language not in LANGUAGES:
        raise ResultsError(f"language '{language}': give one of {', '.join(LANGUAGES)}")
    if is_study(folder):
        from viz.study.report import write_study

        return write_study(folder, language=language)
    results = with_context(read_results(folder))
    drawings = page.drawn(results)
    html = page.rendered(results, drawings, language=language)
    write_figures(folder / "figures", drawings, language, is_png=png)
    target = folder / "report.html"
    store.write_text(target, html)
    return target


def with_context(results: Results) -> Results:
    """The results with place, catalogue and designs they were run with, as far as these can be read here."""
    from model.institutions.design import load_design
    from model.institutions.errors import DesignError
    from model.place_folder import PlaceError
    from model.places import load_place
    from model.solutions import load_catalogue

    place: Any = None
    try:
        place = load_place(located(str(results.case.get("place", "norway")), results.folder))
    except PlaceError:  # a place folder that has moved: the page says that maps and sources are missing
        place = None
    sheets = {}
    for name in results.designs:
        beside = results.folder / "designs" / f"{name}.toml"  # a copy of each design file that did not come with us
        try:
            sheets[name] = load_design(beside if "/" not in name and beside.is_file() else name)
        except DesignError:  # a design file of the user's that has moved: its runs are still shown, under its name
            continue
    titles = {name: pair(_plain(sheet.title), name) for name, sheet in sheets.items()} | dict(results.titles)
    return replace(results, place=place, catalogue=load_catalogue(), sheets=sheets, titles=titles)


def _plain(title: object) -> object:
    """A title as a mapping, whichever way the design file holds it."""
    return title.model_dump() if hasattr(title, "model_dump") else title
