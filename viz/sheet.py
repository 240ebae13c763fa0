"""Writing drawings down: SVG for the page (both languages, both themes), SVG or PNG as a file (one language, light)."""

import io
import re
from collections.abc import Sequence
from html import escape
from pathlib import Path

import numpy as np
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.text import Text

from experiments.store import write_text
from viz.canvas import Drawing, paper
from viz.palette import LIGHT, themed
from viz.words import SEAM, chosen

_FONT = "Inter,'Segoe UI',Roboto,'Helvetica Neue',Arial,sans-serif"


def svg_of(figure: Figure) -> str:
    """The figure as bare SVG: no prolog, metadata, style sheet or unused id; to a tenth of a pixel; both languages."""
    buffer = io.StringIO()
    figure.savefig(
        buffer, format="svg", transparent=True, metadata={"Date": None, "Creator": None, "Format": None, "Type": None}
    )
    svg = buffer.getvalue()
    svg = svg[svg.index("<svg") :]
    svg = re.sub(r"<metadata>.*?</metadata>|<style.*?</style>|<!--.*?-->", "", svg, flags=re.DOTALL)
    svg = re.sub(r'font-family: [^;"]*;? ?', "", svg)
    svg = re.sub(r' transform="rotate\(-?0 [^)]*\)"', "", svg)
    svg = re.sub(r'( (?:d|x|y|points|transform)=")([^"]*)"', lambda m: f'{m[1]}{_rounded(m[2])}"', svg)
    svg = svg.replace("xlink:href", "href")
    used = set(re.findall(r'(?:href="#|url\(#)([^")]+)', svg))
    svg = re.sub(r' id="([^"]*)"', lambda m: m[0] if m[1] in used else "", svg)
    svg = re.sub(r">\s+<", "><", svg)
    svg = re.sub(r"<defs></defs>", "", svg)
    while "<g></g>" in svg:
        svg = svg.replace("<g></g>", "")
    return svg


def _rounded(numbers: str) -> str:
    short = re.sub(r"-?\d+\.\d+", lambda m: f"{float(m[0]):.1f}".removesuffix(".0"), numbers)
    return re.sub(r"\s*\n\s*", "", short)


def page_svg(figure: Figure, prefix: str, labelled_by: str) -> str:
    """SVG for the page: colours as CSS variables, both languages for the page to choose from, ids made its own."""
    svg = svg_of(figure)
    svg = re.sub(r'style="([^"]*)"', lambda m: f'style="{themed(m[1])}"', svg)
    svg = re.sub(r'(id="|href="#|url\(#)', lambda m: m[1] + prefix + "-", svg)
    svg = re.sub(r"<text ([^>]*)>([^<]*)</text>", _two_spans, svg)
    box = re.search(r'viewBox="([^"]*)"', svg)
    head = f'<svg viewBox="{box[1] if box else ""}" role="img" aria-labelledby="{escape(labelled_by)}">'
    return re.sub(r"<svg [^>]*>", lambda _: head, svg, count=1)


def _two_spans(found: re.Match[str]) -> str:
    attributes, text = found[1], found[2]
    if SEAM not in text:
        return found[0]
    en, nb = (chosen(text, language) for language in ("en", "nb"))
    return f'<text {attributes}><tspan lang="en">{en}</tspan><tspan lang="nb">{nb}</tspan></text>'


def file_svg(drawing: Drawing, language: str) -> str:
    """The whole figure as one SVG file in one language, light, with title, unit and caption around its panels."""
    boxes = _layout(drawing)
    width = max(x + w for x, _, w, _ in boxes) + 16
    caption = _wrapped(chosen(drawing.caption.seamed(), language), int(width / 6.1))
    height = max(y + h for _, y, _, h in boxes) + 22 + 16 * len(caption)
    body = [f'<rect width="{width:.0f}" height="{height:.0f}" fill="{LIGHT["paper"]}"/>']
    heading = _wrapped(chosen(drawing.title.seamed(), language), int(width / 9))
    body.append(_text(16, 28, heading[0], 16, "ink", bold=True))
    body.append(_text(16, 48, chosen(drawing.subtitle.seamed(), language), 12, "muted"))
    for (x, y, w, h), one, place in zip(boxes, drawing.panels, range(len(boxes)), strict=True):
        if one.title is not None:
            letter = f"{one.look.letter}  " if one.look else ""
            body.append(_text(x, y - 8, letter + chosen(one.title.seamed(), language), 12.5, "ink", bold=True))
        inner = re.sub(r'(id="|href="#|url\(#)', lambda m, p=place: f"{m[1]}p{p}-", svg_of(one.figure))  # type: ignore[misc]
        inner = re.sub(r"(<text [^>]*>)([^<]*)</text>", lambda m: f"{m[1]}{chosen(m[2], language)}</text>", inner)
        box = re.search(r'viewBox="([^"]*)"', inner)
        head = f'<svg x="{x:.0f}" y="{y:.0f}" width="{w:.0f}" height="{h:.0f}" viewBox="{box[1] if box else ""}">'
        body.append(re.sub(r"<svg [^>]*>", lambda _, head=head: head, inner, count=1))  # type: ignore[misc]
    for row, words in enumerate(caption):
        body.append(_text(16, height - 16 * (len(caption) - row) + 4, words, 11, "muted"))
    name = escape(chosen(drawing.alt.seamed(), language))
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width:.0f}" height="{height:.0f}" '
        f'viewBox="0 0 {width:.0f} {height:.0f}" font-family="{_FONT}" role="img">'
        f"<title>{name}</title>{''.join(body)}</svg>\n"
    )


def file_png(drawing: Drawing, language: str, path: Path) -> None:
    """The whole figure as a PNG of twice the size, light, in one language."""
    boxes = _layout(drawing)
    width = max(x + w for x, _, w, _ in boxes) + 16
    caption = _wrapped(chosen(drawing.caption.seamed(), language), int(width / 6.4))
    height = max(y + h for _, y, _, h in boxes) + 22 + 16 * len(caption)
    sheet = Figure(figsize=(width / 72, height / 72), dpi=144, facecolor=LIGHT["paper"])
    sheet.text(16 / width, 1 - 28 / height, chosen(drawing.title.seamed(), language), fontsize=16, fontweight="bold")
    sheet.text(16 / width, 1 - 48 / height, chosen(drawing.subtitle.seamed(), language), color=LIGHT["muted"])
    for row, words in enumerate(caption):
        at = 16 / width, (16 * (len(caption) - row) - 4) / height
        sheet.text(*at, words, fontsize=10.5, color=LIGHT["muted"])
    for (x, y, _, h), one in zip(boxes, drawing.panels, strict=True):
        if one.title is not None:
            named = (f"{one.look.letter}  " if one.look else "") + chosen(one.title.seamed(), language)
            sheet.text(x / width, 1 - (y - 8) / height, named, fontweight="bold")
        _speak(one.figure, language)
        one.figure.set_dpi(144)
        canvas = FigureCanvasAgg(one.figure)
        canvas.draw()
        sheet.figimage(np.asarray(canvas.buffer_rgba()), xo=round(x * 2), yo=round((height - y - h) * 2))
    sheet.savefig(path, dpi=144, metadata={"Software": None})


def write_figures(folder: Path, drawings: Sequence[Drawing], language: str, *, is_png: bool) -> None:
    """Write each drawing into a folder as SVG, and as PNG where asked for."""
    if folder.is_symlink():  # what it points to is not ours to write
        folder.unlink()
    folder.mkdir(exist_ok=True)
    with paper():
        for drawing in drawings:
            write_text(folder / f"{drawing.name}.svg", file_svg(drawing, language))
            if is_png:
                (folder / f"{drawing.name}.png").unlink(missing_ok=True)
                file_png(drawing, language, folder / f"{drawing.name}.png")


def _speak(figure: Figure, language: str) -> None:
    """Turn all text of a figure into one language, for good."""
    for axes in figure.axes:
        for axis in (axes.xaxis, axes.yaxis):
            axis.set_ticks(axis.get_ticklocs(), [chosen(t.get_text(), language) for t in axis.get_ticklabels()])
    for text in figure.findobj(Text):
        text.set_text(chosen(text.get_text(), language))


def _layout(drawing: Drawing) -> list[tuple[float, float, float, float]]:
    """Left, top, width and height of each panel below the heading."""
    boxes: list[tuple[float, float, float, float]] = []
    top, titled = 62.0, 26.0 if any(p.title is not None for p in drawing.panels) else 0.0
    for start in range(0, len(drawing.panels), drawing.columns):
        row = [tuple(p.figure.get_size_inches() * 72) for p in drawing.panels[start : start + drawing.columns]]
        left = 16.0
        for wide, tall in row:
            boxes.append((left, top + titled, wide, tall))
            left += wide + 20
        top += titled + max(tall for _, tall in row) + 10
    return boxes


def _text(x: float, y: float, words: str, size: float, token: str, *, bold: bool = False) -> str:
    weight = ' font-weight="bold"' if bold else ""
    return f'<text x="{x:.0f}" y="{y:.0f}" font-size="{size}" fill="{LIGHT[token]}"{weight}>{escape(words)}</text>'


def _wrapped(text: str, width: int) -> list[str]:
    lines = [""]
    for word in text.split():
        if len(lines[-1]) + len(word) + 1 > width and lines[-1]:
            lines.append("")
        lines[-1] = f"{lines[-1]} {word}".strip()
    return lines
