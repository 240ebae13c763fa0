"""The documentation site: Sphinx reads the pages of this folder, after the reference has been written anew.

Offline: the theme brings all it needs, the search is an index in the pages. Reasons: decisions/0019-documentation.md.
"""

import sys
from importlib.metadata import version as version_of
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

project = "Omstilling"
author = "the Omstilling contributors"
version = release = version_of("omstilling")
language = "en"
extensions = ["myst_parser", "sphinx.ext.autodoc"]
exclude_patterns = ["notebooks", "pictures", "studies"]
myst_heading_anchors = 3
myst_enable_extensions = ["attrs_inline"]
default_role = "code"
autodoc_typehints = "description"
autodoc_member_order = "bysource"
html_theme = "furo"
html_title = "Omstilling"
html_copy_source = False
html_show_sphinx = False
html_show_copyright = False
pygments_style, pygments_dark_style = "friendly", "monokai"


def setup(app: Any) -> None:
    """Write the reference before the pages are read."""

    def write(app: Any) -> None:
        from viz import handbook

        handbook.write(Path(app.srcdir) / "reference")

    app.connect("builder-inited", write)
