"""What the package takes along and how the container starts; `.ci/wheel` builds, installs and runs the real thing."""

import json
import re
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
SOURCES = ("viz/app/client/",)  # of a bundle that is shipped built


def container():
    """Instructions of the Containerfile: name and text, continued lines joined, comments left out."""
    text = (ROOT / "Containerfile").read_text(encoding="utf-8")
    lines = "\n".join(line for line in text.splitlines() if not line.startswith("#")).replace("\\\n", " ")
    return [tuple(line.split(maxsplit=1)) for line in lines.splitlines() if line.strip()]


def test_every_file_of_the_houses_is_package_data():
    data = PROJECT["tool"]["setuptools"]["package-data"]
    for house in ("agents", "model", "experiments", "viz"):
        taken = {path for pattern in data.get(house, ()) for path in (ROOT / house).glob(pattern)}
        for path in (ROOT / house).rglob("*"):
            name = path.relative_to(ROOT).as_posix()
            is_kept = path.is_file() and path.suffix not in (".py", ".pyc", ".nbi", ".nbc")
            if is_kept and "__pycache__" not in name and not name.startswith(SOURCES):
                assert path in taken, f"{name}: name it in [tool.setuptools.package-data]"


def test_every_folder_with_code_is_a_package():
    for house in ("agents", "model", "experiments", "viz"):
        for path in (ROOT / house).rglob("*.py"):
            name = path.relative_to(ROOT).as_posix()
            assert (path.parent / "__init__.py").is_file() or name.startswith(SOURCES), name


def test_what_the_source_archive_takes_along_is_there():
    for line in (ROOT / "MANIFEST.in").read_text(encoding="utf-8").splitlines():
        verb, *names = line.split()
        for name in names if verb in ("include", "graft") else ():
            assert (ROOT / name).exists(), f"MANIFEST.in: {name}"


def test_the_container_runs_the_laboratory_without_rights():
    told = container()
    assert {verb for verb, _ in told} <= {
        "ARG", "FROM", "WORKDIR", "COPY", "RUN", "LABEL", "ENV", "USER", "EXPOSE", "HEALTHCHECK", "ENTRYPOINT",
    }  # fmt: skip
    last = {verb: text for verb, text in told if verb not in ("RUN", "COPY")}
    assert re.fullmatch(r"[1-9]\d*:[1-9]\d*", last["USER"])
    stages = [text.partition(" AS ")[2] for verb, text in told if verb == "FROM"]
    assert all(f"--from={stages[0]} " in text for verb, text in told if verb == "COPY" and text.startswith("--from"))
    shell, flag, command = json.loads(last["ENTRYPOINT"])
    assert (shell, flag) == ("/bin/sh", "-c")
    assert command.startswith("exec omstilling app ")
    assert f"--port {last['EXPOSE']}" in command
    assert "OMSTILLING_NAME=" in last["ENV"]
    assert '"$OMSTILLING_NAME"' in command


@pytest.mark.parametrize("ignored", [".containerignore", ".dockerignore"])
def test_the_container_takes_no_results_along(ignored):
    lines = (ROOT / ignored).read_text(encoding="utf-8").splitlines()
    assert {".git", ".venv", "results"} <= set(lines)
    assert (ROOT / ".containerignore").read_bytes() == (ROOT / ".dockerignore").read_bytes()


def test_the_container_is_started_with_options_that_the_laboratory_has():
    from typer.main import get_command

    from experiments.cli import commands

    app = get_command(commands()).commands["app"]
    known = {option for parameter in app.params for option in (*parameter.opts, *parameter.secondary_opts)}
    used = re.findall(r"--[a-z-]+", container()[-1][1])
    assert set(used) <= known
    assert "app" in PROJECT["project"]["optional-dependencies"]
