"""Reports: begun from the last one's texts, written, read by a second person, signed and frozen; corrected by a new version."""

from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext_lazy as _

from spean.accounts import access
from spean.accounts.access import Actor
from spean.kernel import clock
from spean.kernel.errors import Conflict, Invalid, NotYours
from spean.kernel.ids import new_id
from spean.kernel.text import clean
from spean.privacy import audit
from spean.programme.models import Project, Report, ReportChapter
from spean.programme.models.reports import LONGEST_CHAPTER, LONGEST_WHY
from spean.programme.operations.programmes import BOTH, NEEDED, STRANGE, find_project, too_long
from spean.programme.periods import periods
from spean.programme.queries.report_content import both, checksum
from spean.programme.report_enums import OPEN, REPORT_MOVES, SIGNED, Chapter, ReportFor, ReportState

#: (chapter, language) -> text
Texts = Mapping[tuple[str, str], str]


@transaction.atomic
def make(actor: Actor, project_id: UUID, *, reader: str, days: tuple[date, date], sent_id: UUID) -> UUID:
    """A draft for a period that is over; it starts from the texts of the last report to the same reader. Twice is once."""
    project = find_project(actor, project_id, "report")
    known = Report.objects.filter(sent_id=sent_id).first()
    if known:
        if known.project_id != project.id:
            raise NotYours
        return known.id
    wrong: dict[str, Any] = {}
    if reader not in ReportFor:
        wrong["reader"] = STRANGE
    if days not in periods(project, clock.today()):
        wrong["period"] = _("Choose a period of the project that is over.")
    elif project.reports.filter(reader=reader, starts_on=days[0], ends_on=days[1]).exclude(state=ReportState.DROPPED).exists():
        wrong["period"] = _("There is a report of this period already. Go on with it, or make a new version of it.")
    if wrong:
        raise Invalid(wrong)
    made = _begin(actor, project, sent_id, reader=reader, starts_on=days[0], ends_on=days[1])
    before = project.reports.filter(reader=reader, ends_on__lte=days[1]).exclude(state=ReportState.DROPPED).exclude(pk=made.pk)
    _take_over(before.order_by("-ends_on", "-version").first(), made)
    audit.record(actor, "report.make", made, org=project.organisation_id)
    return made.id


@transaction.atomic
def write(actor: Actor, project_id: UUID, report_id: UUID, texts: Texts) -> None:
    """The texts of its chapters. Whoever changed one does not sign it."""
    found = find_report(actor, project_id, report_id, "write")
    kept = {one.chapter: one for one in found.chapters.all()}
    wrong: dict[str, Any] = {}
    for chapter in Chapter:
        typed = {f"text_{language}": clean(texts.get((chapter, language), "")) for language in ("km", "en")}
        wrong |= {
            f"{chapter}_{name[-2:]}": too_long(LONGEST_CHAPTER) for name, text in typed.items() if len(text) > LONGEST_CHAPTER
        }
        one = kept.get(chapter) or ReportChapter(report=found, chapter=chapter)
        if any(getattr(one, name) != text for name, text in typed.items()):
            one.text_km, one.text_en, one.written_by_id = typed["text_km"], typed["text_en"], actor.id
            kept[chapter] = one
    if wrong:
        raise Invalid(wrong)
    for one in kept.values():
        one.save()
    audit.record(actor, "report.write", found, org=found.project.organisation_id)


@transaction.atomic
def send(actor: Actor, project_id: UUID, report_id: UUID) -> None:
    """To a second person. Every chapter is in both languages, or in none."""
    found = find_report(actor, project_id, report_id, "send")
    chapters = list(found.chapters.all())
    if not any(one.text_km for one in chapters):
        raise Conflict(_("Nothing is written yet."))
    if any(bool(one.text_km) != bool(one.text_en) for one in chapters):
        raise Conflict(BOTH)
    found.sent_by_id, found.why_back = actor.id, ""
    _move(actor, found, "send", "sent_by", "why_back")


@transaction.atomic
def back(actor: Actor, project_id: UUID, report_id: UUID, why: str) -> None:
    """To whoever writes it, with the reason."""
    found = find_report(actor, project_id, report_id, "back")
    why = clean(why)
    if not why or len(why) > LONGEST_WHY:
        raise Invalid({"why": too_long(LONGEST_WHY) if why else NEEDED})
    found.why_back = why
    _move(actor, found, "back", "why_back")


@transaction.atomic
def sign(actor: Actor, project_id: UUID, report_id: UUID) -> None:
    """A second person stands by it: it gets a number and a day, and what it says is frozen. What it corrects is replaced."""
    found = find_report(actor, project_id, report_id, "sign")
    project = Project.objects.select_for_update().get(pk=found.project_id)  # one number at a time
    former = found.corrects
    if former:
        found.number, found.version = former.number, former.version + 1
        former.state = REPORT_MOVES["correct"][1]
        former.save(update_fields=["state"])
    else:
        found.number = (project.reports.aggregate(last=Max("number"))["last"] or 0) + 1
    found.signed_by_id, found.signed_on = actor.id, clock.today()
    signed = {"number": found.number, "version": found.version, "signed_on": found.signed_on.isoformat()}
    found.content = {**both(found), "signed": {**signed, "replaces": former.checksum if former else ""}}
    found.checksum = checksum(found.content)
    _move(actor, found, "sign", "number", "version", "signed_by", "signed_on", "content", "checksum")


@transaction.atomic
def drop(actor: Actor, project_id: UUID, report_id: UUID) -> None:
    """A draft that nobody needs. It is kept, and counts for nothing."""
    _move(actor, find_report(actor, project_id, report_id, "drop"), "drop")


@transaction.atomic
def correct(actor: Actor, project_id: UUID, report_id: UUID, sent_id: UUID) -> UUID:
    """A new version, that begins as a draft with the texts of the one that stands. Twice is once."""
    old = find_report(actor, project_id, report_id, "correct")
    known = Report.objects.filter(sent_id=sent_id).first()
    if known:
        if known.corrects_id != old.id:
            raise NotYours
        return known.id
    if old.corrections.filter(state__in=OPEN).exists():
        raise Conflict(_("A new version of this report is being written already."))
    same = {name: getattr(old, name) for name in ("reader", "starts_on", "ends_on")}
    made = _begin(actor, old.project, sent_id, **same, corrects=old, version=old.version + 1)
    _take_over(old, made)
    audit.record(actor, "report.correct", made, org=old.project.organisation_id)
    return made.id


def find_report(actor: Actor, project_id: UUID, report_id: UUID, to: str) -> Report:
    """The report, through its project, if the actor may do `to` to it."""
    rows = Report.objects.select_for_update(of=("self",)).filter(project=project_id)
    rows = rows.select_related("project__organisation", "project__programme", "corrects")
    return access.get(actor, "report.see", rows, report_id, to=f"report.{to}")


def _begin(actor: Actor, project: Project, sent_id: UUID, **words: Any) -> Report:
    return Report.objects.create(
        id=new_id(), sent_id=sent_id, project=project, made_by_id=actor.id, made_on=clock.today(), **words
    )


def _take_over(before: Report | None, made: Report) -> None:
    """The texts of the report before, to begin with."""
    for one in before.chapters.all() if before else ():
        ReportChapter.objects.create(report=made, chapter=one.chapter, text_km=one.text_km, text_en=one.text_en)


def _move(actor: Actor, found: Report, verb: str, *changed: str) -> None:
    if found.state in SIGNED:
        raise Conflict
    found.state = REPORT_MOVES[verb][1]
    found.save(update_fields=["state", *changed])
    audit.record(actor, f"report.{verb}", found, org=found.project.organisation_id)
