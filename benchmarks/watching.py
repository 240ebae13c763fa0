"""Playback in a real Chromium: pictures a second, and memory after collection, while a place is played over and over.

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
from statistics import median
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
    """The page, once its film is there and the other runs of the question are done."""
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
    page.wait_for_timeout(30_000)
    return page


def measured(page: Page, seconds: float, every: float) -> list[tuple[float, float]]:
    """Pictures a second and MB in use, for each stretch of `every` seconds."""
    tools = page.context.new_cdp_session(page)
    page.evaluate(AGAIN)
    rows = []
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        before, start = page.evaluate("document.querySelector('.watch').frames"), time.monotonic()
        page.wait_for_timeout(every * 1000)
        after = page.evaluate("document.querySelector('.watch').frames")
        rate = (after - before) / (time.monotonic() - start)
        tools.send("HeapProfiler.collectGarbage")
        heap = tools.send("Runtime.getHeapUsage")["usedSize"] / 1e6
        rows.append((rate, heap))
        print(f"{rate:7.1f} pictures/s {heap:8.2f} MB", flush=True)
    return rows


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
            rows = measured(
                open_page(browser, f"http://127.0.0.1:{port}/{QUERY}{asked.place}"), asked.seconds, asked.every
            )
            browser.close()
    finally:
        server.terminate()
        server.join()
    rates, heaps = zip(*rows, strict=True)
    print(
        f"{asked.place}, {platform.machine()}, Python {platform.python_version()}; "
        f"{len(rows)} stretches of {asked.every} s"
    )
    print(f"pictures a second: median {median(rates):.1f}, lowest {min(rates):.1f}, highest {max(rates):.1f}")
    print(f"memory after collection: first {heaps[0]:.2f} MB, last {heaps[-1]:.2f} MB, highest {max(heaps):.2f} MB")


if __name__ == "__main__":
    main()
