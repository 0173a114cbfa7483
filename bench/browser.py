"""How long until the public report can be used: Chromium with a quarter of the processor, on 400 kbit/s."""

import shutil
import statistics
from collections.abc import Iterator

from bench.load import Running

KILOBITS, DELAY_MS, SLOWER, RUNS = 400, 300, 4, 5
LIMIT_SECONDS = 10
TIMES = """JSON.stringify([
  performance.getEntriesByName('first-contentful-paint')[0]?.startTime || 0,
  performance.timing.loadEventEnd - performance.timing.navigationStart,
])"""


def usable(server: Running) -> Iterator[tuple[str, str, str, float]]:
    """Medians over cold visits: text on the screen; the page with its styles and scripts in place."""
    import json

    from playwright.sync_api import sync_playwright

    found = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
    for language in ("km", "en"):
        times = []
        with (
            sync_playwright() as play,
            play.chromium.launch(executable_path=found, args=["--no-sandbox", "--disable-gpu"]) as browser,
        ):
            for _ in range(RUNS):
                page = browser.new_context(viewport={"width": 360, "height": 740}).new_page()
                line = page.context.new_cdp_session(page)
                line.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
                speed = KILOBITS * 1000 / 8
                line.send("Network.enable")
                line.send(
                    "Network.emulateNetworkConditions",
                    {"offline": False, "latency": DELAY_MS, "downloadThroughput": speed, "uploadThroughput": speed},
                )
                page.goto(f"http://localhost:{server.port}/{language}/report/", wait_until="load")
                page.wait_for_timeout(200)
                times.append(json.loads(page.evaluate(TIMES)))
                page.context.close()
        painted, ready = (statistics.median(t[n] for t in times) / 1000 for n in (0, 1))
        what = f"report page on {KILOBITS} kbit/s, {DELAY_MS} ms, {SLOWER}x slower, {language}"
        yield f"{what}: text", f"{painted:.1f} s", f"limit {LIMIT_SECONDS} s", painted / LIMIT_SECONDS
        yield f"{what}: usable", f"{ready:.1f} s", f"limit {LIMIT_SECONDS} s", ready / LIMIT_SECONDS
