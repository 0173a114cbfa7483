"""R-08, `python -m bench.poor`: a report from a poor telephone: no script, 50 kbit/s, 800 ms; its bytes and seconds."""

import argparse
import os
import statistics
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

BITS_A_SECOND, LATENCY_MS = 50_000, 800
AGENT = "Opera/9.80 (J2ME/MIDP; Opera Mini/9.5/37.8069; U; km) Presto/2.12.423 Version/12.16"


def send_one(browser: Any, port: int) -> tuple[float, int, bool]:
    """(seconds from the first touch to the number, bytes moved, whether there is a number) with an empty cache."""
    context = browser.new_context(java_script_enabled=False, user_agent=AGENT, viewport={"width": 240, "height": 320})
    page = context.new_page()
    network, moved = context.new_cdp_session(page), [0]
    network.send("Network.enable")
    rate = {"downloadThroughput": BITS_A_SECOND / 8, "uploadThroughput": BITS_A_SECOND / 8, "latency": LATENCY_MS}
    network.send("Network.emulateNetworkConditions", {"offline": False, **rate})
    network.on("Network.loadingFinished", lambda event: moved.__setitem__(0, moved[0] + int(event["encodedDataLength"])))
    began = time.monotonic()
    page.goto(f"http://127.0.0.1:{port}/km/report/", timeout=120_000)
    page.locator("[name=told]").fill("ឈ្មួញយកលិខិតឆ្លងដែនរបស់ខ្ញុំ ហើយមិនព្រមប្រគល់មកវិញទេ។")
    page.locator("main [name=send]").click(timeout=120_000)
    page.wait_for_load_state("load", timeout=120_000)
    seconds = time.monotonic() - began
    done = page.locator(".receipt-code").count() > 0
    context.close()
    return seconds, moved[0], done


def main() -> int:
    """Against a server of our own on loopback, in the machine's Chromium."""
    parser = argparse.ArgumentParser(prog="python -m bench.poor", description=__doc__)
    parser.add_argument("--reports", type=int, default=20, help="how many, one after the other (default 20)")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="spean-poor-") as folder:
        os.environ |= {"SPEAN_DATA_DIR": folder, "DJANGO_SETTINGS_MODULE": "bench.settings", "SPEAN_LOG_LEVEL": "ERROR"}
        os.environ["SPEAN_TASKS"] = "database"
        import django

        django.setup()
        from playwright.sync_api import sync_playwright

        from bench import load, workloads
        from bench.browser import program

        os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
        town = workloads.prepare(Path(folder), 10)
        flags = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"]
        with load.server(town.folder) as server, sync_playwright() as play:
            browser = play.chromium.launch(executable_path=program(), args=flags)
            found = [send_one(browser, server.port) for _n in range(options.reports)]
            browser.close()
    seconds, moved, done = zip(*found, strict=True)
    middle, bytes_ = statistics.median(seconds), statistics.median(moved)
    print(
        f"\nR-08  {sum(done)} of {len(found)} reports sent; seconds median {middle:.1f}, slowest {max(seconds):.1f};"
        f" bytes median {bytes_:,.0f}, most {max(moved):,}"
    )
    return 0


if __name__ == "__main__":
    sys.exit(main())
