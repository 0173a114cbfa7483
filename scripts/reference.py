"""Write the parts of the reference that are drawn from the code: roles, verbs, tables, the screening. A test compares them."""

import os
import sys
import tempfile
from pathlib import Path
from typing import Any

DOCS = Path(__file__).resolve().parent.parent / "docs" / "reference"


def roles() -> str:
    """Which role may do what, from the rules."""
    from spean.accounts.access import RULES
    from spean.accounts.enums import Role

    lines = [
        "# Roles",
        "",
        "Drawn from the rules by `python scripts/reference.py`. What is not listed is refused. A mark says that the role *may*,",
        "within its own team, organisation, committee or village; reading something sealed needs, besides, a key.",
        "",
        "| action | " + " | ".join(str(r.label) for r in Role) + " |",
        "| --- |" + " :-: |" * len(Role),
    ]
    for action in sorted(RULES):
        may = {role for rule in RULES[action] for role in rule.roles}
        lines.append(f"| `{action}` | " + " | ".join("●" if role in may else "" for role in Role) + " |")
    return "\n".join(lines) + "\n"


def trail() -> str:
    """What the trail can say, from the registered verbs."""
    from spean.privacy.audit import VERBS

    lines = [
        "# The trail's verbs",
        "",
        "Drawn from the code by `python scripts/reference.py`. An entry says who, when, which verb, which id, and at most a",
        "code as its reason.",
        "",
        "| verb | meaning |",
        "| --- | --- |",
    ]
    lines += [f"| `{verb}` | {VERBS[verb]} |" for verb in sorted(VERBS)]
    return "\n".join(lines) + "\n"


def tables() -> str:
    """Which tables may leave, from the register."""
    from spean.evidence import register

    lines = [
        "# Tables that may leave",
        "",
        "Drawn from the register (`spean/evidence/register.py`) by `python scripts/reference.py`. Nothing else can be released.",
        f"A cell in which one organisation brought more than {register.MOST_OF_ONE:.0%} of the voices, but not all, counts as",
        f"too small. Of a table of two dimensions at most {register.MOST_HIDDEN:.0%} of the cells are hidden; else places are",
        "told together.",
        f"A median stands for at least {register.ISSUES_OF_A_MEDIAN} issues.",
    ]
    for table, made in register.REGISTER.items():
        lines += ["", f"## `{table.value}`: {made.name}", "", f"- population: {made.population}", f"- unit: {made.unit}"]
        lines += [f"- dimension: {dimension}" for dimension in made.dimensions]
        lines += [f"- calendar: {made.calendar}", f"- fewest voices of a number: {made.threshold}"]
        lines.append("- overlaps: " + (", ".join(f"`{other.value}`" for other in made.overlaps) or "none"))
    return "\n".join(lines) + "\n"


def screening() -> str:
    """What is asked in a screening and how it is weighed, from its tables."""
    from spean.checks.screening import tables as asked
    from spean.surfaces.desk import screening_words as words

    lines = [
        "# The screening",
        "",
        f"Drawn from the tables (`spean/checks/screening/`) by `python scripts/reference.py`. Version `{asked.version()}`.",
        "",
        "Source: ILO and European Commission, operational indicators of trafficking in human beings (2009), as another document",
        "tells them (`facts/domain.md` 5.2, S31b). **To be verified** against the original (WCMS_105023). The column *adult,",
        "sexual* is written from memory; `?` marks a weight that two memories differ in. The words are our own.",
        "",
        "How to use it: [a full screening](../howto/screening.md#a-full-screening).",
        "",
        "## Before anybody asks",
        "",
        "All three must be so: " + " ".join(both.en for both in asked.gate().values()),
        "",
        "Before every score, and without the gate: " + "; ".join(f"{b.en} (`{c}`)" for c, b in asked.urgent().items()) + ".",
        "",
        *_classes(words),
        "",
        *_indicators(words),
        "",
        "## A volunteer's questions",
        "",
        "| code | question | the answer that worries | strong | touches |",
        "| --- | --- | --- | --- | --- |",
    ]
    for question in asked.triage():
        strong, points = "●" if question.strong else "", " ".join(f"`{p}`" for p in question.points)
        lines.append(f"| `{question.code}` | {question.words.en} | {question.worries.value} | {strong} | {points} |")
    return "\n".join(lines) + "\n"


def _classes(words: Any) -> list[str]:
    """The rule of a group, and the rows of the table of classes, each shown by answers that give it."""
    from spean.checks.screening import Dimension, Profile, screen
    from spean.checks.screening.weighing import CLAUSES

    deceived, exploited, held = ("D101", "D102"), ("D401", "D402"), ("D501", "D502")
    adult, child = Profile.ADULT_LABOUR, Profile.CHILD
    rows = [
        ("source", child, exploited), ("source", adult, (*deceived, *exploited, *held)), ("ours", adult, (*exploited, *held)),
        ("source", adult, (*deceived, *exploited)), ("source", adult, exploited), ("ours", adult, (*deceived, *held)),
        ("ours", adult, held), ("ours", adult, deceived), ("source", adult, ()),
    ]  # fmt: skip
    clauses = ", ".join(f"`{name}`" for name, _needs in CLAUSES)
    groups = "; ".join(f"{d.value} {words.DIMENSIONS[d]}" for d in Dimension)
    lines = [
        "## How it is weighed",
        "",
        f"Six groups: {groups}.",
        "",
        f"A group has enough signs with one of {clauses} (S strong, M medium, W weak); the first that holds is named.",
        "An answer is yes, no, unknown, refused, or nobody asked; only yes counts as a sign, and only no as a no. Whatever the",
        "class: `D205` or `D501` with yes says that papers have to be asked back.",
        "",
        "| profile | groups with enough signs | class | why | whose row |",
        "| --- | --- | --- | --- | --- |",
    ]
    for whose, profile, yes in rows:
        found = screen(profile, {i.code: "yes" if i.code in yes else "no" for i in _asked(profile)})
        there = ", ".join(side.dimension.value for side in found.sides if side.clause) or "none"
        lines.append(f"| `{profile.value}` | {there} | `{found.kind.value}` | {words.ROWS[found.row]} | {whose} |")
    return [
        *lines,
        "",
        "The source has the rows so marked; it calls D1 with D4 deception and exploitation. The others are our own decision. D1,",
        "D2 and D3 stand for each other. Beside D4 and without D5, D6 counts as D1 does; without D4 it counts as D5 does.",
        "A child's other rows are those of adults. Where no group has enough signs but open answers could give them, the class",
        "is `too_little`, not `none_now`. Anything urgent is `urgent`.",
        "No class says that somebody was not exploited: only an authority decides about formal identification.",
    ]


def _asked(profile: Any) -> Any:
    from spean.checks.screening import of

    return of(profile)


def _indicators(words: Any) -> list[str]:
    """All indicators with their weights."""
    from spean.checks.screening import Dimension, Profile, indicators

    signs = ", ".join(f"{number} {name}" for number, name in words.SIGNS.items())
    lines = ["## The indicators", "", f"Signs are the eleven of the ILO: {signs}."]
    for dimension in Dimension:
        lines += ["", f"### {dimension.value}: {words.DIMENSIONS[dimension]}", ""]
        lines += ["| code | indicator | signs | adult, work | adult, sexual | child |", "| --- | --- | --- | :-: | :-: | :-: |"]
        for i in (i for i in indicators().values() if i.dimension == dimension):
            cells = [f"{i.weights[p].value}{' ?' if p in i.doubted else ''}" if p in i.weights else "-" for p in Profile]
            lines.append(f"| `{i.code}` | {i.name.en} | {', '.join(map(str, i.signs))} | {' | '.join(cells)} |")
    return lines


def counted_facts() -> str:
    """What is counted of an exploitation, and what HTCDS 2.0 and CTDC call it, from the table of words."""
    from spean.cases import mapping

    lines = [
        "# Counted facts in the words of others",
        "",
        "Drawn from `spean/cases/mapping/codes.csv` and the codebooks by `python scripts/reference.py`.",
        "",
        "- **HTCDS** 2.0 (UNMigration/HTCDS, 24 Dec 2021, commit 3c2f6537; CC BY 4.0). IOM has not looked at this page.",
        "- **CTDC**: the 27 columns of the synthetic data set of today, read from public analysis code. **To be verified** with",
        "  its codebook.",
        "",
        "●: what HTCDS is told means this code alone, and comes back as it was. Not asked, not known and refused are never told:",
        "neither of the two knows a no. `yearOfRegistration` is the year in which the case was opened.",
        "",
        "How to use it: [what is counted](../howto/facts.md).",
    ]
    for name, book in _books().items():
        lines += ["", f"## `{name}`: {(book.__doc__ or '').splitlines()[0]}", ""]
        lines += ["| code | on the screen | HTCDS 2.0 | ● | CTDC | mind |", "| --- | --- | --- | :-: | --- | --- |"]
        for line in (li for li in mapping.lines() if li.fact == name):
            htcds = f"`{line.htcds_field}` = `{line.htcds_code}`" if line.htcds_field else "-"
            ctdc = f"`{line.ctdc_column}` = `{line.ctdc_value}`" if line.ctdc_column else "-"
            back = "●" if mapping.comes_back(name, line.code) else ""
            lines.append(f"| `{line.code}` | {book(line.code).label} | {htcds} | {back} | {ctdc} | {line.note} |")
    return "\n".join(lines) + "\n"


def _books() -> dict[str, Any]:
    """The codebook of each fact that the table of words knows."""
    from spean.cases import enums
    from spean.cases import fact_enums as codes
    from spean.voices.enums import Sex

    return {
        "form": codes.Form, "means": codes.Means, "sector": codes.Sector, "recruiter": codes.Recruiter,
        "recruited": codes.Recruited, "citizenship": codes.Citizenship, "country": enums.Country, "sex": Sex,
        "age_band": codes.AgeBand, "began": codes.Began, "lasted": codes.Lasted, "decided": codes.Identified,
        "authority": codes.Authority,
    }  # fmt: skip


PAGES = {
    "roles.md": roles,
    "trail.md": trail,
    "tables.md": tables,
    "screening.md": screening,
    "counted-facts.md": counted_facts,
}


def main(folder: Path = DOCS) -> int:
    """Write the pages into a folder."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "spean.config.settings")
    os.environ.setdefault("SPEAN_DATA_DIR", tempfile.mkdtemp())
    import django
    from django.utils import translation

    django.setup()
    with translation.override("en"):
        for name, write in PAGES.items():
            (folder / name).write_text(write(), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main(*map(Path, sys.argv[1:2])))
