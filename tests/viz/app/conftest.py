"""A laboratory that is served, and a browser that looks at it; what would leave this machine is stopped and noted."""

import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
ROOT = Path(__file__).resolve().parents[3]
SERVER = "spoil(); from viz.app.launcher import serve; serve(port={port}, opens=False, place=Path({place!r}))"
# Stands before the server: whoever opens a connection to another machine is found out.
WATCH = """
import sys
from pathlib import Path
def watch(event, details):
    if event == "socket.connect" and isinstance(details[1], tuple):
        if str(details[1][0]) not in ("127.0.0.1", "::1", "localhost"):
            print("LEFT:", details[1], flush=True)
    if event == "socket.getaddrinfo" and str(details[0]) not in ("127.0.0.1", "::1", "localhost", "None"):
        print("LEFT:", details[0], flush=True)
sys.addaudithook(watch)
"""
# One design whose rules cannot be compared, to see what the page makes of a fault.
FAULT = """
def compared(first, second, language):
    if first == "experimentalist":
        raise RuntimeError("the secret of this test")
    return true(first, second, language)

def spoil():
    global true
    from viz.app import rulebook
    true, rulebook.differences = rulebook.differences, compared
"""


def _browser() -> str | None:
    return next((found for name in BROWSERS if (found := shutil.which(name))), None)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Where there is no Chromium, tests that need one are skipped with a clear line, unless it is required."""
    if _browser() is None and not os.environ.get("REQUIRE_BROWSER"):
        skip = pytest.mark.skip(
            reason="no Chromium on this machine: install it (apt-get install chromium) to see the pages"
        )
        for item in items:
            if "open_page" in getattr(item, "fixturenames", ()):
                item.add_marker(skip)


@dataclass
class Served:
    """A laboratory being served: its address, and what its process has printed."""

    address: str
    log: Path
    process: Any = field(repr=False)

    @property
    def text(self) -> str:
        return self.log.read_text(encoding="utf-8")


@pytest.fixture(scope="session")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    folder = tmp_path_factory.mktemp("laboratory")
    script = folder / "serve.py"
    server = SERVER.format(port=port, place=str(ROOT / "examples" / "havland"))
    script.write_text(
        f"{WATCH}\n{FAULT}\nif __name__ == '__main__':\n    {server}\n",
        encoding="utf-8",
    )
    log = folder / "log.txt"
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    with log.open("w") as out:
        process = subprocess.Popen(
            [sys.executable, str(script)], stdout=out, stderr=subprocess.STDOUT, cwd=ROOT, env=environment
        )
    address = f"http://127.0.0.1:{port}/"
    try:
        _wait(address, process, log)
        yield Served(address, log, process)
    finally:
        process.send_signal(signal.SIGINT)
        try:
            process.wait(15)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait(15)


def _wait(address: str, process: Any, log: Path) -> None:
    until = time.monotonic() + 150
    while time.monotonic() < until:
        if process.poll() is not None:
            raise RuntimeError(f"the server ended: {log.read_text(encoding='utf-8')[-3000:]}")
        try:
            with urllib.request.urlopen(address, timeout=5):
                return
        except OSError:
            time.sleep(0.1)
    raise RuntimeError("the server did not answer in time")


@pytest.fixture(scope="module")  # its event loop would be in the way of others' to the end of the session
def browser() -> Iterator[Any]:
    from playwright.sync_api import expect, sync_playwright

    expect.set_options(timeout=30_000)  # a machine may be slow, and what is awaited comes
    path = _browser()
    if path is None:
        pytest.fail("REQUIRE_BROWSER is set and there is no Chromium: apt-get install chromium")
    quiet = ["--no-sandbox", "--disable-background-networking", "--disable-component-update", "--no-first-run"]
    with sync_playwright() as play:
        chromium = play.chromium.launch(executable_path=path, args=quiet)
        yield chromium
        chromium.close()


@dataclass
class Sheet:
    """A page in the browser, with what it asked of others and what it complained about."""

    page: Any
    left: list[str] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)


@pytest.fixture
def open_page(browser: Any, served: Served) -> Iterator[Callable[..., Sheet]]:
    contexts = []

    def open_(query: str = "", *, size: tuple[int, int] = (1366, 768), is_answered: bool = True) -> Sheet:
        context = browser.new_context(viewport={"width": size[0], "height": size[1]})
        contexts.append(context)
        page = context.new_page()
        sheet = Sheet(page)

        def judge(route: Any) -> None:
            if route.request.url.startswith((served.address, "blob:", "data:")):
                route.continue_()
            else:
                sheet.left.append(route.request.url)
                route.abort()

        page.route("**/*", judge)
        page.on("pageerror", lambda error: sheet.complaints.append(str(error)))
        page.on("console", lambda said: sheet.complaints.append(said.text) if said.type == "error" else None)
        page.goto(f"{served.address}?{query}")
        if is_answered:
            page.wait_for_selector("figure.chart[data-answer]", timeout=120_000)  # the first compiles
        return sheet

    yield open_
    for context in contexts:
        context.close()
