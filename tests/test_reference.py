"""The generated pages of the reference say what the code says."""

import importlib.util
from pathlib import Path

import pytest
from django.utils import translation

ROOT = Path(__file__).resolve().parent.parent
_spec = importlib.util.spec_from_file_location("reference", ROOT / "scripts" / "reference.py")
reference = importlib.util.module_from_spec(_spec)
_spec.loader.exec_module(reference)


@pytest.mark.parametrize("name", sorted(reference.PAGES))
def test_page_is_as_the_code_says(name):
    with translation.override("en"):
        assert (ROOT / "docs" / "reference" / name).read_text(encoding="utf-8") == reference.PAGES[name]()
