"""Files and conferences of a case, as lists: codes, days and names of ours. What they say is sealed."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from spean.accounts import access
from spean.accounts.access import Actor
from spean.accounts.enums import Role
from spean.cases import enums
from spean.cases.kept_enums import MUST_HAVE_AGREED, FileAbout, Present, TookPart
from spean.cases.models import Case, CaseFile, Conference
from spean.cases.operations.keeping import visible
from spean.voices.enums import FileKind


@dataclass(frozen=True)
class FileView:
    """One file. Of one that was taken away, that it was there."""

    id: UUID
    kind: str
    kind_label: str
    about: str
    supervisors: bool  # alone open it
    on: date
    by: str
    gone_on: date | None
    gone_by: str
    may: frozenset[str]


def files(actor: Actor, case_id: UUID) -> tuple[FileView, ...]:
    """Those that this actor may open, and those that were taken away, the newest first. Two queries."""
    case = access.get(actor, "case.see", Case.objects.all(), case_id)
    found = visible(actor, case).select_related("by", "gone_by").order_by("-on", "-id")
    return tuple(sorted((_file(actor, f) for f in found), key=lambda row: row.gone_on is not None))


def _file(actor: Actor, f: CaseFile) -> FileView:
    own = f.by_id == actor.id or actor.has(Role.SUPERVISOR)
    return FileView(
        id=f.id,
        kind=f.kind,
        kind_label=str(FileKind(f.kind).label),
        about=str(FileAbout(f.about).label),
        supervisors=f.readers == enums.NoteFor.SUPERVISORS,
        on=f.on,
        by=f.by.name,
        gone_on=f.gone_on,
        gone_by=f.gone_by.name if f.gone_by else "",
        may=frozenset({"remove"}) if own and f.gone_on is None else frozenset(),
    )


@dataclass(frozen=True)
class ConferenceView:
    """One conference. `outside` are those present who are not of ours."""

    id: UUID
    on: date
    by: str
    present: tuple[str, ...]
    outside: tuple[str, ...]
    took_part: str
    untold: bool  # the person does not know of it yet
    by_name: bool
    may: frozenset[str] = frozenset()


def conferences(actor: Actor, case_id: UUID) -> tuple[ConferenceView, ...]:
    """Those of one case, the newest first. Three queries."""
    return conferences_of(access.get(actor, "case.see", Case.objects.all(), case_id))


def conferences_of(case: Case) -> tuple[ConferenceView, ...]:
    """Those of a case that the actor sees, the newest first. Two queries."""
    found = case.conferences.select_related("by").prefetch_related("present").order_by("-on", "-id")
    return tuple(map(_conference, found))


def _conference(c: Conference) -> ConferenceView:
    there = {one.who for one in c.present.all()}
    return ConferenceView(
        id=c.id,
        on=c.on,
        by=c.by.name,
        present=tuple(str(who.label) for who in Present if who in there),
        outside=tuple(str(who.label) for who in Present if who in there and who in MUST_HAVE_AGREED),
        took_part=str(TookPart(c.took_part).label),
        untold=c.took_part == TookPart.NOT_YET,
        by_name=c.by_name,
    )
