"""Where results come from: version, revision, packages, platform, and a digest of the sources that decide them."""

import json
import platform
import subprocess
from functools import lru_cache
from hashlib import blake2b
from importlib import metadata
from pathlib import Path
from typing import Final

PACKAGES: Final = ("mesa", "numpy", "numba", "networkx", "pandas", "pyarrow", "pydantic")
ROOT: Final = Path(__file__).resolve().parent.parent
DECIDING: Final = ("agents", "model")  # houses whose text decides what a run gives
TEXTS: Final = (".py", ".toml", ".csv", ".json", ".geojson")


def version() -> str:
    """Version of the installed program, or `unknown` where it runs without being installed."""
    try:
        return metadata.version("omstilling")
    except metadata.PackageNotFoundError:
        return "unknown"


def revision() -> str | None:
    """Git revision of the sources, with `-dirty` when they differ from it; None outside a work tree."""
    try:
        head = _git("rev-parse", "HEAD")
        return f"{head}-dirty" if _git("status", "--porcelain") else head
    except (OSError, subprocess.SubprocessError):
        return None


def _git(*words: str) -> str:
    if not (ROOT / ".git").exists():
        raise OSError("not a work tree of this program")
    done = subprocess.run(["git", "-C", str(ROOT), *words], capture_output=True, text=True, timeout=10, check=True)
    return done.stdout.strip()


def parameters() -> str:
    """BLAKE2b of the default value of every parameter: results of other defaults say nothing about these."""
    from model.parameters import with_defaults

    return blake2b(json.dumps(with_defaults({}), sort_keys=True).encode(), digest_size=16).hexdigest()


def of_results() -> dict[str, str | int | None]:
    """What results that are shipped with the program are compared by: versions, and the digest of the defaults."""
    from model.case import RESULTS_VERSION

    told = {"version": version(), "revision": revision(), "results_version": RESULTS_VERSION}
    return {**told, "parameters": parameters()}


def packages() -> dict[str, str]:
    """Versions of the packages that touch the results."""
    return {name: metadata.version(name) for name in PACKAGES}


def machine() -> dict[str, str]:
    """Python, system and processor; no name of a machine or a user."""
    return {"python": platform.python_version(), "system": platform.platform(terse=True), "machine": platform.machine()}


@lru_cache(maxsize=1)
def source_digest() -> str:
    """BLAKE2b of all sources and data that decide the results; finished runs of other sources are not used again."""
    total = blake2b(digest_size=16)
    for house in DECIDING:
        for path in sorted((ROOT / house).rglob("*")):
            if path.suffix in TEXTS and path.is_file():
                total.update(path.relative_to(ROOT).as_posix().encode() + b"\0" + path.read_bytes() + b"\0")
    return total.hexdigest()
