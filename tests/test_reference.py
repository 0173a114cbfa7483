"""The generated pages of the reference say what the code says: written anew by a process that no test has touched."""

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture(scope="module")
def written(tmp_path_factory):
    """The pages as the script writes them now."""
    folder = tmp_path_factory.mktemp("reference")
    subprocess.run([sys.executable, str(ROOT / "scripts" / "reference.py"), str(folder)], check=True, cwd=ROOT, timeout=120)
    return folder


@pytest.mark.parametrize("name", ["roles.md", "trail.md", "tables.md", "screening.md", "counted-facts.md"])
def test_page_is_as_the_code_says(name, written):
    assert (ROOT / "docs" / "reference" / name).read_text(encoding="utf-8") == (written / name).read_text(encoding="utf-8")
