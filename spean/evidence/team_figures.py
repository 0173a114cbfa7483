"""A team's outcomes as they were told, for those of its organisation who may read them. Nothing is counted here."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from spean.accounts import access
from spean.accounts.access import Actor
from spean.accounts.models import Team
from spean.cases import rebuild
from spean.cases.enums import NeedDomain
from spean.cases.rebuild_enums import Delivered, LivelihoodKind
from spean.cases.training_enums import LeftFor
from spean.evidence.disclosure import ReleasedCell, ReleasedLine, line_from
from spean.evidence.models import Table, TeamRelease
from spean.evidence.outcomes import TABLES
from spean.evidence.register import BESIDES, DELIVERED, ENDED, FOLLOWED, HALF, SIGNED, WENT
from spean.kernel.errors import NotAllowed, NotYours
from spean.kernel.months import last_day

Words = Mapping[str, Any]
_FOLLOWED = dict(zip(FOLLOWED, (_("Done on time"), _("Done late"), _("Not wanted"), _("Missed")), strict=True))
_SIGNED = dict(
    zip(
        SIGNED,
        (_("The case was still open"), _("The closed case was opened again"), _("The case stayed closed")),
        strict=True,
    )
)
_ENDED = dict(zip(ENDED, (_("Finished, with a certificate"), _("Finished, without a certificate")), strict=True))
_DELIVERED = {**{code: Delivered(code).label for code in DELIVERED[:-1]}, DELIVERED[-1]: _("Nobody has asked yet")}
_WENT = dict(zip(WENT, (_("Going on"), _("Ended")), strict=True))


@dataclass(frozen=True)
class Said:
    """What the reader must know of one table. `lines` is None where each line is a number of months."""

    title: Any
    meaning: Any
    columns: Words
    lines: Words | None
    line: Any


SAID = {
    Table.FOLLOW_UPS: Said(
        _("Follow-ups that were due"),
        _(
            "Follow-ups whose day lay in these months. On time: within %(days)s days after it. Missed: nobody could be asked, "
            "or nobody wrote down what became of it."
        ),
        _FOLLOWED, None, _("When"),
    ),
    Table.SIGNS: Said(
        _("Signs of danger at follow-ups"),
        _("Of these follow-ups, those that showed a sign of danger, and what became of the case."),
        _SIGNED, {}, "",
    ),
    Table.COURSES: Said(
        _("How training courses ended"),
        _(
            "Who finished a training course in these months, or left it, and why. "
            "None of these reasons is a failure of the person."
        ),
        {**_ENDED, **{code: _("Left: %(why)s") for code in LeftFor.values}}, {}, "",
    ),
    Table.DELIVERED: Said(
        _("What was promised, and whether it came"),
        _(
            "Goals of the plans whose day lay in these months, and what was promised besides in them. "
            "The person says whether it came."
        ),
        _DELIVERED, {**dict(NeedDomain.choices), BESIDES: _("Promised besides")}, _("What was promised"),
    ),
    Table.LIVELIHOODS: Said(
        _("Livelihoods at the last follow-up"),
        _(
            "Livelihoods of those with whom a follow-up of these months was done, as they stood on the day of the last one. "
            "Ended, or given up before it began."
        ),
        _WENT, dict(LivelihoodKind.choices), _("Livelihood"),
    ),
}  # fmt: skip


@dataclass(frozen=True)
class Cell:
    """A number under one column or several. None: hidden."""

    labels: tuple[str, ...]
    number: int | None


@dataclass(frozen=True)
class Line:
    """One line of a table, or what was too small to stand alone. `month` where it is one of the months after coming home."""

    label: str
    month: int
    total: int
    cells: tuple[Cell, ...]


@dataclass(frozen=True)
class Sheet:
    """One table with what it means. Without lines nothing could be told."""

    name: str
    title: str
    meaning: str
    line: str
    columns: tuple[str, ...]
    lines: tuple[Line, ...]
    threshold: int
    hidden: bool


@dataclass(frozen=True)
class TeamHalf:
    """A team's half-year as it was told."""

    team: str
    first: date
    last: date
    released_on: date
    sheets: tuple[Sheet, ...]


def teams(actor: Actor) -> list[tuple[UUID, str]]:
    """Of whom something was told that the reader may see; NotAllowed for who may see none."""
    if not access.may(actor, "team.outcomes"):
        raise NotAllowed
    told = Team.objects.filter(pk__in=TeamRelease.objects.values("team")).select_related("organisation")
    found = access.visible(actor, "team.outcomes", told).order_by("name_en", "id")
    return [(team.id, f"{team.name} · {team.organisation.name}") for team in found]


def halves(actor: Actor, team: UUID) -> list[date]:
    """The half-years that were told of a team, the newest first."""
    found = TeamRelease.objects.filter(team=access.get(actor, "team.outcomes", Team.objects.all(), team))
    return list(found.order_by("-period").values_list("period", flat=True).distinct())


def half(actor: Actor, team_id: UUID, first: date) -> TeamHalf:
    """One of them, with every table; or NotYours."""
    team = access.get(actor, "team.outcomes", Team.objects.all(), team_id)
    found = {release.table: release for release in TeamRelease.objects.filter(team=team, period=first)}
    if not found:
        raise NotYours
    released_on = next(iter(found.values())).released_on
    sheets = tuple(_sheet(found[table]) for table in TABLES if table in found)
    return TeamHalf(team.name, first, last_day(first, HALF), released_on, sheets)


def _sheet(release: TeamRelease) -> Sheet:
    said, lines = SAID[Table(release.table)], [line_from(line) for line in release.cells]
    return Sheet(
        name=release.table,
        title=str(said.title),
        meaning=str(said.meaning) % {"days": rebuild.grace().days},
        line=str(said.line),
        columns=tuple(_column(code, said.columns) for code in said.columns),
        lines=tuple(_line(line, said) for line in lines),
        threshold=release.threshold,
        hidden=any(cell.voices is None for line in lines for cell in line.cells),
    )


def _line(line: ReleasedLine, said: Said) -> Line:
    month = int(line.path) if line.parent and not line.reason and said.lines is None else 0
    label = gettext("All together") if not line.parent else gettext("The others together") if line.reason else ""
    if not label and said.lines:
        label = str(said.lines[line.path])
    return Line(label, month, line.total, tuple(_cell(cell, said.columns) for cell in line.cells))


def _cell(cell: ReleasedCell, words: Words) -> Cell:
    return Cell(tuple(_column(code, words) for code in cell.columns), cell.voices)


def _column(code: str, words: Words) -> str:
    return str(words[code]) % {"why": LeftFor(code).label} if code in LeftFor.values else str(words[code])


HEAD = ("table", "first_day", "last_day", "told_on", "fewest_persons", "line", "columns", "number")


def rows(actor: Actor, team: UUID, first: date) -> Iterator[tuple[str, ...]]:
    """Every number of the page, one a line; an empty one is hidden."""
    found = half(actor, team, first)
    days = tuple(day.isoformat() for day in (found.first, found.last, found.released_on))
    for sheet in found.sheets:
        for line in sheet.lines:
            head = (sheet.title, *days, str(sheet.threshold), line.label or str(line.month))
            yield (*head, gettext("All together"), str(line.total))
            yield from (
                (*head, gettext(" or ").join(cell.labels), "" if cell.number is None else str(cell.number)) for cell in line.cells
            )
