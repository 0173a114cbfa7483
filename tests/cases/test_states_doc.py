"""The page of states is drawn from the tables."""

from pathlib import Path

PAGE = Path(__file__).resolve().parents[2] / "docs/reference/states.md"


def test_the_page_of_states_is_what_the_tables_say():
    from spean.cases import diagram

    assert PAGE.read_text(encoding="utf-8") == diagram.page(), "python -m spean.cases.diagram > docs/reference/states.md"
