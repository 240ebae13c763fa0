"""The pages of the laboratory, in the order of their tabs: each is a component that is given a `Laboratory`."""

from collections.abc import Callable, Mapping
from typing import Any, Final

from viz.app.pages.compare import Compare
from viz.app.pages.design import DesignPage
from viz.app.pages.explore import Explore
from viz.app.pages.keep import Keep
from viz.app.pages.results import Results
from viz.app.pages.teach import Teach
from viz.app.pages.watch import Watch
from viz.app.pages.why import Why

# name in the link and of its title in texts.toml (table `page`) -> component(lab: Laboratory)
PAGES: Final[Mapping[str, Callable[..., Any]]] = {
    "explore": Explore,
    "watch": Watch,
    "compare": Compare,
    "why": Why,
    "design": DesignPage,
    "teach": Teach,
    "results": Results,
    "keep": Keep,
}
# Those that ask for what they show themselves: while one is open, no ensemble is made for nobody to see.
QUIET: Final = frozenset({"watch", "why", "design", "teach", "results"})
