"""The bundle in the package is the one that its sources and its lock file give."""

import json
import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest

from viz.app.widgets import ASSETS

CLIENT = ASSETS.parent / "client"


def test_the_lock_file_names_every_package_exactly_and_no_address() -> None:
    wanted = json.loads((CLIENT / "package.json").read_text(encoding="utf-8"))["devDependencies"]
    text = (CLIENT / "package-lock.json").read_text(encoding="utf-8")
    packages = json.loads(text)["packages"]
    assert not re.search(r'"resolved"|https?://(?!(?:opencollective|github|www\.patreon|tidelift)\b)', text)
    for name, version in wanted.items():
        assert re.fullmatch(r"\d+\.\d+\.\d+", version), name
        assert packages[f"node_modules/{name}"]["version"] == version
    assert all("integrity" in facts for path, facts in packages.items() if path and not facts.get("link"))


def test_every_drawing_is_in_the_bundle() -> None:
    main = (CLIENT / "src" / "main.js").read_text(encoding="utf-8")
    found = re.search(r"const drawn = \{([^}]*)\}", main)
    assert found is not None
    sources = {path.stem for path in (CLIENT / "src").glob("*.js")}
    names = {name.strip() for name in found.group(1).split(",") if name.strip()}
    assert names <= sources
    assert all(f"{name}:" in (ASSETS / "lab.js").read_text(encoding="utf-8") for name in names)


def test_the_same_sources_give_the_same_bytes(tmp_path: Path) -> None:
    npm = shutil.which("npm")
    if npm is None:
        pytest.skip("no npm on this machine: it builds the bundle, which the package holds already")
    room = tmp_path / "app"
    shutil.copytree(CLIENT, room / "client", ignore=shutil.ignore_patterns("node_modules"))
    (room / "assets").mkdir()
    run = {"cwd": room / "client", "capture_output": True, "text": True, "timeout": 240}
    for step in (["ci", "--no-audit", "--no-fund"], ["run", "build"]):
        done = subprocess.run([npm, *step], env={**os.environ, "CI": "1"}, check=False, **run)  # type: ignore[call-overload]
        if done.returncode and re.search(r"ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ETIMEDOUT|ENETUNREACH", done.stderr):
            pytest.skip("npm reaches no registry from here")
        assert done.returncode == 0, done.stderr[-2000:]
    built = sorted(path.relative_to(room / "assets") for path in (room / "assets").rglob("*") if path.is_file())
    assert len(built) >= 8
    for path in built:
        assert (room / "assets" / path).read_bytes() == (ASSETS / path).read_bytes(), f"{path}: build the bundle anew"
