"""The stylesheet of the laboratory: the palette's colours as variables, then client/src/lab.css.

`python -m viz.app.dress` writes it where Solara's page looks for it; a test asks for it after a change of either.
"""

from pathlib import Path
from typing import Final

from viz import palette

ROOM: Final = Path(__file__).parent
SOURCE: Final = ROOM / "client" / "src" / "lab.css"
SHEET: Final = ROOM / "assets" / "custom.css"


def sheet() -> str:
    """The whole stylesheet."""
    light, dark = palette.variables(palette.LIGHT), palette.variables(palette.DARK)
    head = f":root{{{light}}}\n:root[data-theme=dark]{{{dark}}}\n"
    return head + SOURCE.read_text(encoding="utf-8")


if __name__ == "__main__":
    SHEET.write_text(sheet(), encoding="utf-8")
