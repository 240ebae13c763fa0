"""The report of a study: one self-contained page, and every figure as SVG and PNG."""

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from experiments import results, store
from viz.results import ResultsError
from viz.study.reading import Study
from viz.words import Both

if TYPE_CHECKING:
    from viz.canvas import Drawing


def write_study(folder: Path, *, language: str = "en") -> Path:
    """Write figures/*.svg and *.png and report.html into a study folder; returns the page.

    Raises ResultsError while no run is finished.
    """
    frame = results.frame(folder)
    if frame.empty:
        raise ResultsError(f"{folder}: no finished run yet; `omstilling status {folder}` says why")
    return write_pages(Study(frame, results.facts(folder), results.outcomes()), folder, language=language)


def write_pages(study: Study, folder: Path, *, language: str = "en") -> Path:
    """Write the figures and the page of a study into a folder; returns the page.

    The page holds both languages and shows `language` first; figure files are in `language`, with the key of designs in
    their caption.
    """
    from viz.sheet import write_figures  # matplotlib and jinja2: only when a report is made
    from viz.study import page

    drawings = page.drawn(study)
    html = page.rendered(study, drawings, language=language)
    write_figures(folder / "figures", [keyed(study, d) for d in drawings], language, is_png=True)
    target = folder / "report.html"
    store.write_text(target, html)
    return target


def keyed(study: Study, drawing: "Drawing") -> "Drawing":
    """The drawing with the letters of its designs explained, for a file that leaves the page."""
    if not drawing.has_key:
        return drawing
    each = [study.lettered(i) for i in range(len(study.designs))]
    key = Both(*("; ".join(part) + "." for part in zip(*each, strict=True)))
    return replace(drawing, caption=key.then(drawing.caption))
