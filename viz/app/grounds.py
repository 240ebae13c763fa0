"""Places that can be asked about: those that ship, and the folder that the laboratory was started with.

A link or a file can name only these; a path from a stranger is never looked at. Knows nothing of questions and pages.
"""

import re
from pathlib import Path

from model.places import Place, load_place, place_names

_FOLDERS: dict[str, str] = {}  # name in links -> path


def offer(folder: Path) -> str:
    """Offer a place folder beside those that ship, from now on; returns its name in links. Raises PlaceError."""
    load_place(str(folder.resolve()))
    slug = re.sub(r"[^a-z0-9]+", "-", folder.resolve().name.lower()).strip("-")
    name = slug if slug and not slug[0].isdigit() and slug not in place_names() else f"place-{slug}".strip("-")
    _FOLDERS[name] = str(folder.resolve())
    return name


def offered() -> tuple[str, ...]:
    """Names of the folders that are offered."""
    return tuple(_FOLDERS)


def names() -> tuple[str, ...]:
    """Names of all places but handfuls of municipalities."""
    return (*place_names(), *_FOLDERS)


def located(name: str) -> str:
    """What `load_place` takes, here and in other processes."""
    return _FOLDERS.get(name, name)


def load(name: str) -> Place:
    """The place called so. Raises PlaceError."""
    return load_place(located(name))
