"""The register: every table that may leave, with what it counts, of whom, when, and which other tables it overlaps.

`disclosure.release` makes no figures of a table that does not stand here, and a release of one stands under its name only.
"""

from dataclasses import dataclass

from spean.evidence.models import Table

#: fewest voices that a public number may stand for
PUBLIC_THRESHOLD = 11
#: fewest issues that a median may stand for: the voices of one issue share its days
ISSUES_OF_A_MEDIAN = 3
#: largest part of the cells of a table that may be hidden; more, and places are rolled up
MOST_HIDDEN = 0.2
#: largest part of a cell's voices that one organisation may have brought, where it is not alone
MOST_OF_ONE = 0.85
#: months after a half-year until its answers are told: by then more is known of what became of them
SETTLE_MONTHS = 3
HALF = 6
#: months for which a batch of a recruiter's voices is shown
SHOWN_MONTHS = 60

_VOICES = "voices: concerns behind issues, each counted once"
#: days from raised to the first answer: at most, and its code
DAYS = ((30, "30"), (60, "60"), (90, "90"))
LATER = "later"
BUCKETS = (*(code for _most, code in DAYS), LATER)
#: what became of the first answer
FATES = ("kept", "done", "open", "broken", "refused")
#: the rungs that answered; the two beyond the border are one
BEYOND = "beyond"
RUNGS = ("commune", "district", "province", "country", BEYOND)


class Undeclared(LookupError):
    """No table of this name is in the register."""


@dataclass(frozen=True)
class Declared:
    """One table of the register."""

    table: Table
    name: str
    population: str
    dimensions: tuple[str, ...]
    calendar: str
    overlaps: tuple[Table, ...]
    unit: str = _VOICES
    threshold: int = PUBLIC_THRESHOLD


REGISTER = {
    declared.table: declared
    for declared in (
        Declared(
            Table.VOICES,
            "What was raised, and what became of it",
            "all voices behind issues raised so far",
            (
                "nation, province, district",
                "waiting, overdue, answered, kept",
            ),
            "each month, after its end; the trend reads the last month of each quarter",
            (Table.ANSWERS, Table.PROMISES, Table.RECRUITERS),
        ),
        Declared(
            Table.ANSWERS,
            "How long the first answer took",
            "voices whose issue was first answered within the half-year",
            (
                "nation, province",
                "the level that answered: commune, district, province, nation, beyond",
                "days from raised to answered: up to 30, 60, 90, more; and the median of each level, in whole weeks",
            ),
            "each half-year, three months after its end; no half-year is told twice",
            (Table.VOICES, Table.PROMISES, Table.RECRUITERS),
        ),
        Declared(
            Table.PROMISES,
            "What became of the first answer",
            "the same voices as in “How long the first answer took”",
            (
                "nation, province",
                "promise kept, said to be done, not yet due, broken; or the office said that it cannot",
            ),
            "with “How long the first answer took”",
            (Table.VOICES, Table.ANSWERS, Table.RECRUITERS),
        ),
        Declared(
            Table.RECRUITERS,
            "What people told of a recruiter",
            "voices behind raised issues about one recruiter of the register; each is told once, in one month, of one recruiter",
            (
                "recruiter of the register",
                "kind of issue; kinds of which too few spoke are told together",
            ),
            "each month, after its end, what no month told before, once it is enough; a month's batch is shown for five years",
            (Table.VOICES, Table.ANSWERS, Table.PROMISES),
        ),
    )
}


def declared(table: str) -> Declared:
    """The table as it stands in the register."""
    try:
        return REGISTER[Table(table)]
    except (KeyError, ValueError) as error:
        raise Undeclared(table) from error
