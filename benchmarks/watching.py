"""Playback in a real Chromium: pictures in each second, and memory over time, while a place is played over and over.

`python benchmarks/watching.py [--seconds 600] [--place norway]` starts a laboratory of its own and prints a table.
Needs Chromium and Playwright.
"""

import argparse
import multiprocessing
import platform
import shutil
import socket
import time
from contextlib import closing
from statistics import median, quantiles
from typing import Any

from playwright.sync_api import Error, Page, sync_playwright

QUIET = ["--no-sandbox", "--disable-background-networking", "--disable-component-update", "--no-first-run"]
QUERY = "?page=watch&design=full-transition&place="
AGAIN = """() => {
  const play = document.querySelector(".round.main");
  const slider = document.getElementById("watch-year");
  play.click();
  setInterval(() => { if (slider.value === slider.max) play.click(); }, 100);
}"""
# Counts the pictures of each whole second, by the browser's own clock of frames.
COUNT = """() => {
  const stage = document.querySelector(".watch");
  const bench = (window.bench = { rates: [], runs: true });
  let start = null;
  let before = stage.frames;
  const look = (now) => {
    start ??= now;
    if (now - start >= 1000) {
      bench.rates.push(Math.round(((stage.frames - before) * 1000) / (now - start)));
      [start, before] = [now, stage.frames];
    }
    if (bench.runs) requestAnimationFrame(look);
  };
  requestAnimationFrame(look);
}"""
COUNTED = "() => { window.bench.runs = false; return window.bench.rates; }"


def free_port() -> int:
    """A port that nobody listens on."""
    with closing(socket.socket()) as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def serve(port: int) -> None:
    """A laboratory in a process of its own."""
    from viz.app.launcher import serve as served

    served(port=port, opens=False)


def open_page(browser: Any, address: str) -> Page:
    """The page, once its film is there."""
    page = browser.new_page(viewport={"width": 1920, "height": 1080})
    until = time.monotonic() + 180
    while True:
        try:
            page.goto(address)
            break
        except Error:  # it does not listen yet
            if time.monotonic() > until:
                raise
            time.sleep(0.5)
    page.wait_for_selector(".watch[data-film]", timeout=300_000)  # a fresh installation compiles first
    page.wait_for_timeout(3000)
    return page


def measured(page: Page, seconds: float, every: float) -> tuple[list[int], list[float]]:
    """Pictures in each whole second of playing, and MB in use after collection, one for each stretch of `every` s."""
    tools = page.context.new_cdp_session(page)

    def collected() -> float:
        tools.send("HeapProfiler.collectGarbage")
        return float(tools.send("Runtime.getHeapUsage")["usedSize"]) / 1e6

    rates, heaps, begun = [], [], time.monotonic()
    while time.monotonic() < begun + seconds:
        page.evaluate(COUNT)
        page.wait_for_timeout(every * 1000)
        rates += (found := page.evaluate(COUNTED))
        heaps.append(collected())  # it stops the page for a moment, and so stands between two stretches
        at = time.monotonic() - begun
        print(f"{at:6.0f} s {median(found):7.1f} pictures/s, lowest {min(found):3d} {heaps[-1]:8.2f} MB", flush=True)
    return rates, heaps


def main() -> None:
    """Measure and print."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--seconds", type=float, default=60)
    options.add_argument("--every", type=float, default=10)
    options.add_argument("--place", default="norway")
    asked = options.parse_args()
    port = free_port()
    server = multiprocessing.get_context("spawn").Process(target=serve, args=(port,))
    server.start()
    try:
        with sync_playwright() as play:
            path = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))))
            browser = play.chromium.launch(executable_path=path, args=QUIET)
            page = open_page(browser, f"http://127.0.0.1:{port}/{QUERY}{asked.place}")
            page.evaluate(AGAIN)
            rates, heaps = measured(page, asked.seconds, asked.every)
            browser.close()
    finally:
        server.terminate()
        server.join()
    print(f"{asked.place}, {platform.machine()}, Python {platform.python_version()}")
    low = quantiles(rates, n=20)[0]
    print(f"pictures a second, n = {len(rates)} s: median {median(rates):.0f}, 5 % low {low:.0f}, lowest {min(rates)}")
    ends = f"first {heaps[0]:.2f} MB, last {heaps[-1]:.2f} MB, highest {max(heaps):.2f} MB"
    print(f"memory after collection, n = {len(heaps)}: {ends}")


if __name__ == "__main__":
    main()
