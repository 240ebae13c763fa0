"""Times the laboratory in Chromium: until a page can be used, from a lever to every figure painted anew, and ten people
at once; and the part of it that the server alone does.

`python benchmarks/laboratory.py [--repeats 20] [--only open levers ten server]` starts a laboratory of its own, prints
a table with n, median, 95th percentile and highest of each, and ends it. Answers are new ones each time: the seed is
that of the clock, and no value of a lever comes twice. Needs Chromium, and playwright from the extra `dev`.
"""

import argparse
import os
import platform
import shutil
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import numpy as np

ROOT = Path(__file__).resolve().parents[1]
SERVE = "from viz.app.launcher import serve\nif __name__ == '__main__':\n    serve(port={port}, opens=False)\n"
PARTS = ("open", "levers", "ten", "server")
PEOPLE = 10
LEVER = "lever-citizens-habit"
VALUES = tuple(f"{0.01 * k:.2f}" for k in range(1, 40) if k != 16)  # 0.16 is its default, and answered already
ALL_DRAWN = """() => {
  const all = [...document.querySelectorAll("figure.chart, .cards, .verdicts")];
  return all.length > 1 && all.every((one) => one.dataset.answer);
}"""
# Moves the lever and waits until every figure shows another answer and the browser has painted it. Gives ms until then,
# and until the first figure had new data (server and socket; the rest is drawing).
MOVE = """async ([id, value]) => {
  const input = document.getElementById(id);
  const all = "figure.chart, .cards, .verdicts";
  const shown = () => [...document.querySelectorAll(all)].map((f) => f.dataset.answer.split("-")[0]);
  const old = shown();
  const start = performance.now();
  let first = null;
  input.value = value;
  input.dispatchEvent(new Event("input", { bubbles: true }));
  return await new Promise((done, fail) => {
    const watch = new MutationObserver(() => {
      first ??= performance.now() - start;
      if (!shown().every((one, i) => one !== old[i])) return;
      watch.disconnect();
      requestAnimationFrame(() => setTimeout(() => done([performance.now() - start, first]), 0));
    });
    watch.observe(document.body, { subtree: true, attributes: true, attributeFilter: ["data-answer"] });
    setTimeout(() => fail(new Error("no answer within 30 s")), 30_000);
  });
}"""


@contextmanager
def laboratory() -> Iterator[str]:
    """A laboratory of its own; gives its address."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    script = ROOT / "build" / f"benchmark_laboratory_{port}.py"
    script.parent.mkdir(exist_ok=True)
    script.write_text(SERVE.format(port=port), encoding="utf-8")
    process = subprocess.Popen(
        [sys.executable, str(script)], env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    try:
        until = time.monotonic() + 120
        while time.monotonic() < until:
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", port)) == 0:
                    break
            time.sleep(0.2)
        yield f"http://127.0.0.1:{port}/"
    finally:
        process.terminate()
        process.wait(30)
        script.unlink()


def opened(browser: Any, address: str, query: str) -> Any:
    """A page in a context of its own, answered and drawn."""
    page = browser.new_context(viewport={"width": 1366, "height": 768}).new_page()
    page.goto(f"{address}?{query}")
    page.wait_for_selector(".status.done, .status.filling", timeout=120_000)
    page.wait_for_function(ALL_DRAWN, timeout=120_000)
    return page


def openings(browser: Any, address: str, query: str, drawn: str, times: int) -> list[float]:
    """ms from the address to a page that answers: its figures, or the film's first picture, are there."""
    found = []
    for nth in range(times):
        page = browser.new_context(viewport={"width": 1366, "height": 768}).new_page()
        start = time.monotonic()
        page.goto(f"{address}?{query}&seed={int(time.time()) % 1_000_000 + 100 * nth}")
        page.wait_for_selector(drawn, timeout=120_000)
        found.append(1000 * (time.monotonic() - start))
        page.context.close()
    return found


def levers(page: Any, repeats: int, *, rests: bool) -> list[list[float]]:
    """[ms to painted, ms to the first new data] for each move; `rests` waits for all runs before the next."""
    found = []
    for value in VALUES[:repeats]:
        found.append(page.evaluate(MOVE, [LEVER, value]))
        if rests:
            page.wait_for_selector(".status.done", timeout=300_000)
        else:
            page.wait_for_timeout(300)
    return found


def together(pages: Sequence[Any], value: str) -> list[float]:
    """ms to painted on every page when all move a lever at the same moment."""
    start = f"async () => {{ window.bench = ({MOVE})(['{LEVER}', '{value}']); }}"
    for page in pages:
        page.evaluate(start)
    return [page.evaluate("async () => await window.bench")[0] for page in pages]


def served(rounds: int) -> list[float]:
    """ms from a question to figures that are ready to be sent, of ten sessions that ask at once; no browser beside."""
    from viz.app.desk import Desk
    from viz.app.pages.explore import spec_of
    from viz.app.question import REPLICATES, Question
    from viz.app.seeker import Answer, Seeker
    from viz.app.texts import Voice

    desk, found = Desk(), []
    desk.warm()
    desk.ask("first", Question(seed=0).case("duty")).result(120)
    for nth in range(rounds):
        start, done = time.monotonic(), threading.Semaphore(0)

        def publish(answer: Answer, start: float = start, done: Any = done) -> None:
            if len(answer.ensembles[0].runs) == 1:
                spec_of(answer.ensembles[0], Voice("nb"), "")
                found.append(1000 * (time.monotonic() - start))
                done.release()

        seekers = [Seeker(desk, publish) for _ in range(PEOPLE)]
        for k, seeker in enumerate(seekers):
            seeker.ask(Question(seed=1 + 1000 * nth + 40 * k), ("todays-practice",), REPLICATES)
        for _ in seekers:
            done.acquire(timeout=60)
        for seeker in seekers:
            seeker.close()
        time.sleep(1)
    desk.close()
    return found


def show(name: str, values: Sequence[float]) -> None:
    """One line: number, median, 95th percentile, highest."""
    middle, high = np.quantile(values, (0.5, 0.95))
    print(f"{name:58s} {len(values):4d} {middle:7.0f} {high:7.0f} {max(values):7.0f}", flush=True)


def show_levers(browser: Any, address: str, seed: int, repeats: int) -> None:
    """Four lines and what of each is not drawing."""
    for name, query, count, rests in (
        ("Explore, Telemark, lever to all painted", f"place=telemark&seed={seed}", repeats, True),
        ("  the same while earlier runs fill in", f"place=telemark&seed={seed + 30}", repeats, False),
        ("Compare, Telemark, lever to all painted", f"page=compare&place=telemark&seed={seed + 60}", repeats, False),
        ("Explore, Norway, 30,000 citizens", f"place=norway&seed={seed + 90}", repeats, False),
    ):
        page = opened(browser, address, query)
        found = levers(page, max(count, 2), rests=rests)
        show(name, [painted for painted, _ in found])
        show("  of which until the first new data", [first for _, first in found])
        page.context.close()


def show_ten(browser: Any, address: str, seed: int, rounds: int) -> None:
    """Ten pages in one browser, on the processors that the server has too."""
    pages = [opened(browser, address, f"place=telemark&seed={seed + 200 + 40 * n}") for n in range(PEOPLE)]
    found = []
    for value in VALUES[:rounds]:
        for page in pages:
            page.wait_for_selector(".status.done", timeout=300_000)
        found += together(pages, value)
    show("Ten sessions at once, Telemark, each another answer", found)
    for page in pages:
        page.context.close()


def show_openings(browser: Any, address: str) -> None:
    """Until a page can be used."""
    film = ".watch[data-film]"
    for name, query, drawn in (
        ("Explore, Telemark, opened and answered", "place=telemark", "figure.chart[data-answer]"),
        ("Watch, Telemark, until the first picture", "page=watch&place=telemark", film),
        ("Watch, Norway, until the first picture", "page=watch&place=norway", film),
    ):
        show(name, openings(browser, address, query, drawn, 10))


def main() -> None:
    """Print the table."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--repeats", type=int, default=20)
    options.add_argument("--rounds", type=int, default=4, help="of ten sessions")
    options.add_argument("--only", nargs="+", choices=PARTS, default=PARTS)
    asked = options.parse_args()
    from playwright.sync_api import sync_playwright

    seed = int(time.time()) % 1_000_000
    path = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    load = f", load {os.getloadavg()[0]:.1f}" if hasattr(os, "getloadavg") else ""
    print(f"{os.cpu_count()} processors{load}, Python {platform.python_version()}")
    print(f"{'ms':58s} {'n':>4s} {'median':>7s} {'p95':>7s} {'highest':>7s}")
    if "server" in asked.only:
        show("Ten questions at once, figures ready, no browser beside", served(asked.rounds))
    if set(asked.only) == {"server"}:
        return
    with laboratory() as address, sync_playwright() as play:
        browser = play.chromium.launch(executable_path=path, args=["--no-sandbox"])
        opened(
            browser, address, f"place=telemark&seed={seed + 900}"
        ).context.close()  # a fresh installation compiles first
        if "open" in asked.only:
            show_openings(browser, address)
        if "levers" in asked.only:
            show_levers(browser, address, seed, asked.repeats)
        if "ten" in asked.only:
            show_ten(browser, address, seed, asked.rounds)
        browser.close()


if __name__ == "__main__":
    sys.path.insert(0, str(ROOT))
    main()
