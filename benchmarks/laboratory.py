"""Times the laboratory in Chromium: from a lever to every figure painted anew, and ten people at once.

`python benchmarks/laboratory.py [--repeats 20]` starts a laboratory of its own, prints a table and ends it. Answers are
new ones each time: the seed is that of the clock. Needs Chromium, and playwright from the extra `dev`.
"""

import argparse
import os
import platform
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import numpy as np

ROOT = Path(__file__).resolve().parents[1]
SERVE = "from viz.app.launcher import serve\nif __name__ == '__main__':\n    serve(port={port}, opens=False)\n"
LEVER = "lever-citizens-habit"
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
    script = ROOT / "build" / "benchmark_laboratory.py"
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
    """A page in a context of its own, answered."""
    page = browser.new_context(viewport={"width": 1366, "height": 768}).new_page()
    page.goto(f"{address}?{query}")
    page.wait_for_selector(".status.done, .status.filling", timeout=120_000)
    page.wait_for_function(ALL_DRAWN, timeout=120_000)
    return page


def levers(page: Any, repeats: int, *, rests: bool) -> list[list[float]]:
    """[ms to painted, ms to the first new data] for each move; `rests` waits for all runs before the next."""
    found = []
    for nth in range(repeats):
        found.append(page.evaluate(MOVE, [LEVER, str(round(0.02 + 0.01 * (nth % 40), 2))]))
        if rests:
            page.wait_for_selector(".status.done", timeout=300_000)
        else:
            page.wait_for_timeout(300)
    return found


def together(pages: Sequence[Any]) -> list[float]:
    """ms to painted on every page when all move a lever at the same moment."""
    start = f"async () => {{ window.bench = ({MOVE})(['{LEVER}', '0.07']); }}"
    for page in pages:
        page.evaluate(start)
    return [page.evaluate("async () => await window.bench")[0] for page in pages]


def show(name: str, values: Sequence[float]) -> None:
    """One line: median, 95th percentile, highest, number."""
    middle, high = np.quantile(values, (0.5, 0.95))
    print(f"{name:58s} {middle:7.0f} {high:7.0f} {max(values):7.0f}   n = {len(values)}", flush=True)


def main() -> None:
    """Print the table."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--repeats", type=int, default=20)
    repeats = options.parse_args().repeats
    from playwright.sync_api import sync_playwright

    seed = int(time.time()) % 1_000_000
    path = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    load = f", load {os.getloadavg()[0]:.1f}" if hasattr(os, "getloadavg") else ""
    print(f"{os.cpu_count()} processors{load}, Python {platform.python_version()}")
    print(f"{'ms':58s} {'median':>7s} {'p95':>7s} {'highest':>7s}")
    with laboratory() as address, sync_playwright() as play:
        browser = play.chromium.launch(executable_path=path, args=["--no-sandbox"])
        for name, query, count, rests in (
            ("Explore, Telemark, lever to all painted", f"place=telemark&seed={seed}", repeats, True),
            ("  the same while earlier runs fill in", f"place=telemark&seed={seed + 30}", repeats, False),
            (
                "Compare, Telemark, lever to all painted",
                f"page=compare&place=telemark&seed={seed + 60}",
                repeats // 2,
                True,
            ),
            ("Explore, Norway, 30,000 citizens", f"place=norway&seed={seed + 90}", repeats // 2, False),
        ):
            page = opened(browser, address, query)
            found = levers(page, max(count, 2), rests=rests)
            show(name, [painted for painted, _ in found])
            show("  of which until the first new data", [first for _, first in found])
            page.context.close()
        pages = [opened(browser, address, f"place=telemark&seed={seed + 200 + 40 * n}") for n in range(10)]
        for page in pages:
            page.wait_for_selector(".status.done", timeout=300_000)
        show("Ten sessions at once, Telemark, each another answer", together(pages))
        browser.close()


if __name__ == "__main__":
    main()
