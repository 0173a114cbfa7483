"""How long until a public page can be used: Chromium with a quarter of the processor, on 400 kbit/s."""

import json
import shutil
import statistics
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from bench.load import Running

KILOBITS, DELAY_MS, SLOWER, RUNS = 400, 300, 4, 5
LIMIT_SECONDS = 10
TIMES = """JSON.stringify([
  performance.getEntriesByName('first-contentful-paint')[0]?.startTime || 0,
  performance.timing.loadEventEnd - performance.timing.navigationStart,
])"""


def program() -> str | None:
    """The machine's Chromium, as readers have it; the shell that the tests use only where there is no other."""
    known = ("chromium", "chromium-browser", "google-chrome", "chromium-headless-shell")
    return next(filter(None, map(shutil.which, known)), None)


@contextmanager
def chromium() -> Iterator[Any]:
    """The machine's own Chromium."""
    from playwright.sync_api import sync_playwright

    with (
        sync_playwright() as play,
        play.chromium.launch(executable_path=program(), args=["--no-sandbox", "--disable-gpu"]) as browser,
    ):
        yield browser


def cold(browser: Any, address: str, runs: int = RUNS) -> tuple[float, float]:
    """Medians in seconds over first visits on the slow line: text on the screen; the page with its styles and scripts."""
    times = []
    for _ in range(runs):
        page = browser.new_context(viewport={"width": 360, "height": 740}).new_page()
        line = page.context.new_cdp_session(page)
        line.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
        speed = KILOBITS * 1000 / 8
        line.send("Network.enable")
        rate = {"latency": DELAY_MS, "downloadThroughput": speed, "uploadThroughput": speed}
        line.send("Network.emulateNetworkConditions", {"offline": False, **rate})
        page.goto(address, wait_until="load", timeout=120_000)
        page.wait_for_timeout(200)
        times.append(json.loads(page.evaluate(TIMES)))
        page.context.close()
    return tuple(statistics.median(t[n] for t in times) / 1000 for n in (0, 1))  # type: ignore[return-value]


def usable(server: Running) -> Iterator[tuple[str, str, str, float]]:
    """The report, in both languages."""
    for language in ("km", "en"):
        with chromium() as browser:
            painted, ready = cold(browser, f"http://localhost:{server.port}/{language}/report/")
        what = f"report page on {KILOBITS} kbit/s, {DELAY_MS} ms, {SLOWER}x slower, {language}"
        yield f"{what}: text", f"{painted:.1f} s", f"limit {LIMIT_SECONDS} s", painted / LIMIT_SECONDS
        yield f"{what}: usable", f"{ready:.1f} s", f"limit {LIMIT_SECONDS} s", ready / LIMIT_SECONDS
