"""The pages of the laboratory, in the order of their tabs: each is a component that is given a `Laboratory`."""

from collections.abc import Callable, Mapping
from typing import Any, Final

from viz.app.pages.explore import Explore

# name in the link and of its title in texts.toml (table `page`) -> component(lab: Laboratory)
PAGES: Final[Mapping[str, Callable[..., Any]]] = {
    "explore": Explore,
}
