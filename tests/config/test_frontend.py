"""What is sent for the first page: its weight on the wire, no address that the Content-Security-Policy refuses."""

import json
import re
from pathlib import Path

import pytest
from django.conf import settings

ROOT = Path(__file__).resolve().parents[2]
BUILT = Path(settings.DJANGO_VITE["default"]["manifest_path"]).parent
BUDGET = 60_000  # bytes of the first public page with everything it loads
FOR_THE_PAGE = 12_000  # of which the HTML itself, compressed

pytestmark = pytest.mark.skipif(not (BUILT / "manifest.json").exists(), reason="the front end is not built: make setup")


def manifest() -> dict:
    return json.loads((BUILT / "manifest.json").read_text())


def weight(name: str) -> int:
    compressed = BUILT / f"{name}.br"
    return (compressed if compressed.exists() else BUILT / name).stat().st_size


def style(door: str) -> str:
    return (BUILT / manifest()[f"frontend/{door}/{door}.css"]["file"]).read_text()


def first_load(door: str) -> dict[str, int]:
    entries = manifest()
    sheet, script = entries[f"frontend/{door}/{door}.css"], entries[f"frontend/{door}/{door}.js"]
    names = [sheet["file"], *sheet["assets"], script["file"], *(entries[i]["file"] for i in script.get("imports", []))]
    return {name: weight(name) for name in names}


def test_the_public_door_keeps_its_budget():
    loaded = first_load("public")
    assert sum(loaded.values()) + FOR_THE_PAGE < BUDGET, loaded


def test_the_public_door_loads_one_weight_of_khmer():
    assert len([n for n in first_load("public") if n.endswith(".woff2")]) == 1


@pytest.mark.parametrize("door", ["public", "desk"])
def test_no_style_asks_for_what_the_policy_refuses(door):
    addresses = re.findall(r"url\(\s*[\"']?([^)\"']+)", style(door))
    assert [a for a in addresses if not a.startswith("./")] == []


@pytest.mark.parametrize("door", ["public", "desk"])
def test_no_text_is_smaller_than_khmer_stays_legible(door):
    sizes = re.findall(r"font-size:\s*(\d*\.?\d+)(rem|px|em)", style(door))
    root = 18
    assert [s for s in sizes if (s[1] == "rem" and float(s[0]) * root < 15) or (s[1] == "px" and float(s[0]) < 15)] == []


def test_templates_ask_for_stylesheets_by_address():
    pages = (ROOT / "spean").glob("**/templates/**/*.html")
    wrong = [p.name for p in pages if re.search(r"vite_asset ['\"][^'\"]+\.css", p.read_text(encoding="utf-8"))]
    assert wrong == []


def test_no_template_holds_a_script_or_a_style():
    pages = (ROOT / "spean").glob("**/templates/**/*.html")
    inline = re.compile(r"<script(?![^>]*\bsrc=)|<style|\sstyle=|\son[a-z]+=|javascript:", re.IGNORECASE)
    assert [p.name for p in pages if inline.search(p.read_text(encoding="utf-8"))] == []
