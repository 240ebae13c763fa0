"""The bond between Python and what the browser draws: one widget class a drawing, a spec in, what was said out.

The drawings are in client/; their built bundle is a static file that each widget merely points at. A spec travels as
one text of JSON and bytes beside it, because Solara's renderer and the browser's widget manager walk through every
number of anything else.
"""

import functools
import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from hashlib import blake2b
from pathlib import Path
from typing import Any, Final

import anywidget
import numpy as np
import solara
import traitlets

ASSETS: Final = Path(__file__).parent / "assets"
_POINTER: Final = """export default async () => {{
  const root = (window.solara && window.solara.rootPath) || "";
  return (await import(window.location.origin + root + "/static/assets/lab.js?v={version}")).default["{name}"];
}};"""


@dataclass(frozen=True)
class Sealed:
    """A spec as it is sent: its text, and the bytes of its `data` where it has them."""

    text: str
    data: bytes = b""


def sealed(spec: Mapping[str, Any]) -> Sealed:
    """The spec ready to be sent; what is drawn more than once is sealed once.

    Raises ValueError where a number is not finite: JSON has no word for it.

    >>> sealed({"years": (2025, 2026), "data": b"ab"})
    Sealed(text='{"years":[2025,2026]}', data=b'ab')
    """
    data = spec.get("data", b"")
    if isinstance(data, bytes):
        spec = {name: value for name, value in spec.items() if name != "data"}
    text = json.dumps(spec, ensure_ascii=False, allow_nan=False, separators=(",", ":"), default=_plain)
    return Sealed(text, data if isinstance(data, bytes) else b"")


def _plain(value: Any) -> Any:
    if isinstance(value, np.generic):
        return value.item()
    raise TypeError(f"a spec has {type(value).__name__}; give plain numbers, texts, lists and dictionaries")


@functools.cache
def bundle() -> str:
    """A short digest of the built bundle."""
    return blake2b((ASSETS / "lab.js").read_bytes(), digest_size=8).hexdigest()


@functools.cache
def _class(name: str) -> type[anywidget.AnyWidget]:
    traits = {
        "_esm": _POINTER.format(version=bundle(), name=name),
        "spec": traitlets.Unicode().tag(sync=True),
        "data": traitlets.Bytes().tag(sync=True),
        "said": traitlets.Dict().tag(sync=True),
    }
    return type(name.capitalize(), (anywidget.AnyWidget,), traits)


def board(parts: Sequence[tuple[str, Mapping[str, Any]]]) -> Sealed:
    """The spec of `board`: specs that change together, each with the name of its drawing, the first above the rest."""
    return sealed({"parts": [[name, sealed(spec).text] for name, spec in parts]})


def drawn(
    name: str, spec: Mapping[str, Any] | Sealed, hear: Callable[[dict[str, Any]], None] | None = None
) -> solara.Element:
    """The drawing `name` of client/src/main.js, as an element; `hear` gets what it says, as a plain dict."""
    sent = spec if isinstance(spec, Sealed) else sealed(spec)
    told = {} if hear is None else {"on_said": lambda said: hear(dict(said)) if isinstance(said, dict) else None}
    return _class(name).element(spec=sent.text, data=sent.data, **told)
