"""Write the parts of the reference that are drawn from the code: roles and the trail's verbs. A test compares them."""

import os
import sys
import tempfile
from pathlib import Path

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
        lines.append("- overlaps: " + ", ".join(f"`{other.value}`" for other in made.overlaps))
    return "\n".join(lines) + "\n"


PAGES = {"roles.md": roles, "trail.md": trail, "tables.md": tables}


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
