"""Docs that can lie are tested: settings both ways, decisions numbered, links that lead somewhere."""

import re
from pathlib import Path

from spean.config import env

ROOT = Path(__file__).resolve().parent.parent
DOCS = ROOT / "docs"
PAGES = [*DOCS.rglob("*.md"), *ROOT.glob("*.md")]


def test_every_setting_is_described_as_it_is():
    page = (DOCS / "reference/settings.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| `(SPEAN_\w+)` \| (?:`(.*?)`|empty) \| (.+?) \|$", page, re.MULTILINE)
    assert rows == [(s.name, s.default, s.meaning) for s in env.SETTINGS]


def test_no_page_names_a_setting_that_is_none():
    known = {s.name for s in env.SETTINGS} | {f"{s.name}_FILE" for s in env.SETTINGS}
    named = {(page.name, name) for page in PAGES for name in re.findall(r"\bSPEAN_[A-Z_]+\b", page.read_text(encoding="utf-8"))}
    assert {pair for pair in named if pair[1] not in known} == set()


def test_decisions_are_numbered_without_a_gap():
    numbers = sorted(int(path.name[:4]) for path in (DOCS / "decisions").glob("[0-9]*.md"))
    assert numbers == list(range(1, len(numbers) + 1))


def test_a_decision_says_why_and_what_follows():
    parts = ("## Why", "## What follows")
    pages = {p.name: p.read_text(encoding="utf-8") for p in (DOCS / "decisions").glob("[0-9]*.md")}
    assert [(name, part) for name, text in pages.items() for part in parts if part not in text] == []


def test_links_between_pages_lead_somewhere():
    broken = [
        (page.name, target)
        for page in PAGES
        for target in re.findall(r"\]\((?!https?:|#|mailto:)([^)#]+)", page.read_text(encoding="utf-8"))
        if not (page.parent / target).exists()
    ]
    assert broken == []


def test_every_command_of_the_command_line_is_in_a_page():
    from spean.cli import parser

    def names(parser_, before=""):
        for action in parser_._subparsers._group_actions if parser_._subparsers else ():
            for name, child in action.choices.items():
                yield from names(child, f"{before} {name}".strip())
        if not parser_._subparsers:
            yield before

    text = "\n".join(page.read_text(encoding="utf-8") for page in PAGES)
    assert [name for name in names(parser()) if f"spean {name}" not in text] == []
