"""The bond between Python and what the browser draws: one widget class a drawing, a spec in, what was said out.

The drawings are in client/; their built bundle is a static file that each widget merely points at.
"""

import functools
from collections.abc import Callable, Mapping
from hashlib import blake2b
from pathlib import Path
from typing import Any, Final

import anywidget
import solara
import traitlets

ASSETS: Final = Path(__file__).parent / "assets"
_POINTER: Final = """export default async () => {{
  const root = (window.solara && window.solara.rootPath) || "";
  return (await import(window.location.origin + root + "/static/assets/lab.js?v={version}")).default["{name}"];
}};"""


class Sealed:
    """Data for the browser that Python's renderer does not look into; equal when its content is."""

    def __init__(self, content: Mapping[str, Any]) -> None:
        self.content = content

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Sealed) and self.content == other.content

    def __hash__(self) -> int:
        return id(self)


def _opened(value: Any, widget: Any) -> Any:
    return value.content if isinstance(value, Sealed) else value


@functools.cache
def bundle() -> str:
    """A short digest of the built bundle."""
    return blake2b((ASSETS / "lab.js").read_bytes(), digest_size=8).hexdigest()


@functools.cache
def _class(name: str) -> type[anywidget.AnyWidget]:
    traits = {
        "_esm": _POINTER.format(version=bundle(), name=name),
        "spec": traitlets.Any().tag(sync=True, to_json=_opened),
        "said": traitlets.Dict().tag(sync=True),
    }
    return type(name.capitalize(), (anywidget.AnyWidget,), traits)


def drawn(name: str, spec: Mapping[str, Any], hear: Callable[[dict[str, Any]], None] | None = None) -> solara.Element:
    """The drawing `name` of client/src/main.js, as an element; `hear` gets what it says, as a plain dict."""
    told = {} if hear is None else {"on_said": lambda said: hear(dict(said)) if isinstance(said, dict) else None}
    return _class(name).element(spec=Sealed(spec), **told)
