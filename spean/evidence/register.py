"""The register: every table that may leave, with what it counts, of whom, when, and which other tables it overlaps.

`disclosure.release` makes no figures of a table that does not stand here, and a release of one stands under its name only.
"""

from dataclasses import dataclass

from spean.evidence.models import Table
from spean.kernel.small import INSIDE_THRESHOLD, PUBLIC_THRESHOLD

#: fewest issues that a median may stand for: the voices of one issue share its days
ISSUES_OF_A_MEDIAN = 3
#: largest part of the cells of a table that may be hidden; more, and places are rolled up
MOST_HIDDEN = 0.2
#: largest part of a cell's voices that one organisation may have brought, where it is not alone
MOST_OF_ONE = 0.85
#: months after a half-year until its answers are told: by then more is known of what became of them
SETTLE_MONTHS = 3
HALF = 6
#: months after a half-year until a team's outcomes are told: the grace of its last follow-up is over by then
OUTCOMES_SETTLE_MONTHS = 1
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
#: what became of a follow-up; the first two were done
FOLLOWED = ("on_time", "late", "declined", "missed")
DONE = frozenset(FOLLOWED[:2])
#: what became of a case in which a follow-up showed danger
SIGNED = ("open", "reopened", "closed")
#: how a training course ended, before the reasons for leaving
ENDED = ("certificate", "finished")
#: whether the person got what was promised
DELIVERED = ("yes", "partly", "no", "unasked")
#: where a livelihood stood at the last follow-up
WENT = ("going", "ended")
BESIDES = "besides"  # promised, but no goal of the plan
_OUTCOMES_CALENDAR = "each half-year, a month after its end; no half-year is told twice"


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
        *(
            Declared(table, name, population, dimensions, _OUTCOMES_CALENDAR, overlaps, unit, INSIDE_THRESHOLD)
            for table, name, unit, population, dimensions, overlaps in (
                (
                    Table.FOLLOW_UPS,
                    "Follow-ups that were due",
                    "follow-ups, of at least 5 persons",
                    "follow-ups of one team's cases whose day lay within the half-year; not those that were not needed any more",
                    ("1, 3, 6, 12, 24 months", "done on time, done late, not wanted, missed"),
                    (Table.SIGNS,),
                ),
                (
                    Table.SIGNS,
                    "Signs of danger at follow-ups",
                    "follow-ups that showed a sign, of at least 5 persons; never more than are told as done",
                    "those of “Follow-ups that were due” that were done and showed a sign of danger",
                    ("the case was open; it was closed and opened again; it stayed closed",),
                    (Table.FOLLOW_UPS,),
                ),
                (
                    Table.COURSES,
                    "How training courses ended",
                    "places of training courses, of at least 5 persons",
                    "one team's cases: who finished a training course, or left it, within the half-year",
                    ("finished with a certificate, finished without, left for a reason",),
                    (),
                ),
                (
                    Table.DELIVERED,
                    "What was promised, and whether it came",
                    "promises, of at least 5 persons",
                    "goals of one team's plans whose day lay within the half-year, and what was promised besides within it",
                    ("kind of need; besides", "yes, in part, no, nobody has asked"),
                    (),
                ),
                (
                    Table.LIVELIHOODS,
                    "Livelihoods at the last follow-up",
                    "livelihoods, of at least 5 persons",
                    "livelihoods of persons who were followed up in the half-year, as they stood on the day of the last one",
                    ("kind of livelihood", "going on, ended"),
                    (),
                ),
            )
        ),
    )
}


def declared(table: str) -> Declared:
    """The table as it stands in the register."""
    try:
        return REGISTER[Table(table)]
    except (KeyError, ValueError) as error:
        raise Undeclared(table) from error
