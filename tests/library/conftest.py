"""The files' facts, and the small town's people."""

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:  # this file is read before Django is ready
    from town import Town

#: the smallest library: one fact, one way, one question
FACT = """
[[fact]]
key = "my.wage"
name_km = "ប្រាក់ឈ្នួល"
name_en = "A wage"
unit = "myr_month"
amount = "1700"
claimant_km = "រដ្ឋ"
claimant_en = "The state"
source_tag = "S1"
source_text = "a page"
as_of = "2026"
"""
WAY = """
position = 1
kind = "way"
destination = "MY"
works = ["farm"]
title_km = "ទៅម៉ាឡេស៊ី"
title_en = "To Malaysia"
lede_km = "ក"
lede_en = "A"
trouble_km = "ក"
trouble_en = "A"
[glance]
wage = ["my.wage"]
[[step]]
title_km = "មួយ"
title_en = "One"
text_km = "ធ្វើនេះ"
text_en = "Do this"
[[step]]
title_km = "ពីរ"
title_en = "Two"
text_km = "ធ្វើនោះ"
text_en = "Do that"
"""
LAW = """
[[question]]
slug = "agreed"
question_km = "ច្បាប់?"
question_en = "The law?"
answer_km = "បាទ"
answer_en = "Yes"
"""


@pytest.fixture
def town(db: None) -> "Town":
    from town import make_town

    from spean.library.operations.loading import load

    made = make_town()
    load()
    return made


@pytest.fixture
def small_folder(tmp_path: Path) -> Path:
    """The files of the smallest library."""
    for name, words in {"facts/my.toml": FACT, "ways/malaysia.toml": WAY, "law.toml": LAW}.items():
        path = tmp_path / "small" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(words, encoding="utf-8")
    return tmp_path / "small"


@pytest.fixture
def small_town(db: None, small_folder: Path) -> "Town":
    """The small town with the smallest library."""
    from town import make_town

    from spean.library.operations.loading import load

    made = make_town()
    load(small_folder)
    return made
