"""What leaves: an issue's public words, and the figures of a month. Done by the system, once, and audited."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from spean.accounts.access import SYSTEM
from spean.evidence import disclosure, finding, measures, register
from spean.evidence.cohorts import Beside
from spean.evidence.models import PublishedIssue, Release, Table, ToldVoice
from spean.kernel import clock
from spean.kernel.errors import Conflict
from spean.kernel.months import later
from spean.places.models import Place
from spean.privacy import audit, loading
from spean.voices.enums import PUBLIC_STATES
from spean.voices.models import Answer, Issue


@transaction.atomic
def publish_issue(issue_id: UUID) -> None:
    """Make the public copy of an issue what the issue's public words are now. Twice is once."""
    issue = _whole(Issue.objects.select_for_update(of=("self",))).get(pk=issue_id)
    if issue.state not in PUBLIC_STATES:
        if PublishedIssue.objects.filter(number=issue.number).delete()[0]:
            finding.STORIES.remove(issue.number)
            audit.record(SYSTEM, "story.withdraw", issue, org=issue.organisation_id)
        return
    words = _words(issue, _place_id)
    published = PublishedIssue.objects.filter(number=issue.number).first() or PublishedIssue(number=issue.number)
    if published.pk and all(getattr(published, name) == value for name, value in words.items()):
        return
    for name, value in words.items():
        setattr(published, name, value)
    published.save()
    finding.keep(published)
    audit.record(SYSTEM, "story.publish", issue, org=issue.organisation_id)


@transaction.atomic
def publish_many(issues: QuerySet[Issue]) -> int:
    """`publish_issue` for public issues that were never published; returns how many. For loading."""
    known = dict(Place.objects.current().filter(level__in=("province", "district")).values_list("path", "pk"))
    found = list(_whole(issues.filter(state__in=PUBLIC_STATES)))
    PublishedIssue.objects.bulk_create(PublishedIssue(number=i.number, **_words(i, known.get)) for i in found)
    with loading.together():
        for issue in found:
            audit.record(SYSTEM, "story.publish", issue, org=issue.organisation_id)
    return len(found)


def _whole(issues: QuerySet[Issue]) -> QuerySet[Issue]:
    """With everything that `_words` asks of them."""
    return issues.select_related("committee").prefetch_related("places__place", "avoided", "answers__readings")


PlaceId = Callable[[str], int | None]


def _words(issue: Issue, place_id: PlaceId) -> dict[str, Any]:
    copied = ("kind", "title_km", "title_en", "summary_km", "summary_en", "state", "raised_on", "due_on", "moved_on")
    province, district = _place_ids(issue, place_id)
    return {
        **{name: getattr(issue, name) for name in copied},
        "province_id": province,
        "district_id": district,
        "committee_km": issue.committee.name_km if issue.committee else "",
        "committee_en": issue.committee.name_en if issue.committee else "",
        "answers": [_answer(a) for a in _in_order(issue)],
    }


def _in_order(issue: Issue) -> list[Answer]:
    return sorted(issue.answers.all(), key=lambda a: (a.given_on, a.position))


def _place_id(path: str) -> int | None:
    place = Place.objects.current().filter(path=path).first()
    return place.pk if place else None


def _place_ids(issue: Issue, place_id: PlaceId) -> tuple[int | None, int | None]:
    """The province and the district, where all places of the issue lie in one.

    Of a level whose official is complained of no place is named, nor of any below: that office would recognise itself.
    """
    paths = [p.place.path for p in issue.places.all()]
    avoided = {a.level for a in issue.avoided.all()}
    found: list[int | None] = []
    for depth, hidden_by in ((2, {"province", "country"}), (3, {"district", "province", "country"})):
        around = {measures.upper(path, depth) for path in paths}
        found.append(place_id(around.pop()) if len(around) == 1 and not avoided & hidden_by else None)
    return found[0], found[1]


def _answer(answer: Answer) -> dict[str, Any]:
    cleared = answer.cleared_by_id is not None
    heard = sorted(answer.readings.all(), key=lambda r: r.on)
    return {
        "kind": answer.kind,
        "text": answer.what if cleared else "",
        "office": answer.office,
        "why_not": answer.why_not,
        "until": answer.until.isoformat() if answer.until else None,
        "given_on": answer.given_on.isoformat(),
        "done_on": answer.done_on.isoformat() if answer.done_on else None,
        "done_note": answer.done_note if cleared else "",
        "outcome": heard[-1].outcome if heard else "",
    }


@transaction.atomic
def release_month(period: date) -> Release:
    """Make and keep the figures of a month that is over, once; what changes later counts in the next month.

    What was told of recruiters, and the answers of a half-year whose time has come, are told with it.
    """
    period = period.replace(day=1)
    following = later(period, 1)
    if clock.today() < following:
        raise Conflict(_("This month is not over yet."))
    known = Release.objects.filter(table=Table.VOICES, period=period).first()
    if known:
        return known
    told = [release for release in _told(Table.VOICES) if release.period < period]
    earlier = [[disclosure.ReleasedRow(**row) for row in release.cells] for release in told]
    kept = _keep(Table.VOICES, period, lambda: disclosure.release(
        Table.VOICES, period, measures.voices_of(following), earlier=earlier
    ))  # fmt: skip
    _release_recruiters(period, following)
    _release_answers(_half_told_in(following))
    return kept


def _release_recruiters(period: date, following: date) -> None:
    """Tell of each recruiter the voices that no month told before, where they are enough; remember that they were told."""
    counted, fresh = measures.of_recruiters(following)
    earlier = [[disclosure.batch_from(row) for row in release.cells] for release in _told(Table.RECRUITERS)]
    beside = Beside(voices={r.period: [disclosure.ReleasedRow(**row) for row in r.cells] for r in _told(Table.VOICES) if r.cells})
    kept = _keep(Table.RECRUITERS, period, lambda: disclosure.release(
        Table.RECRUITERS, period, counted, earlier=earlier, beside=beside
    ))  # fmt: skip
    batches = [disclosure.batch_from(row) for row in kept.cells]
    ToldVoice.objects.filter(recruiter__in=[b.recruiter for b in batches if b.taken_back]).delete()
    told = [b.recruiter for b in batches if not b.taken_back]
    ToldVoice.objects.bulk_create(
        (ToldVoice(concern_id=concern, recruiter_id=recruiter) for recruiter in told for concern in fresh[recruiter]),
        batch_size=500,
    )


def _release_answers(start: date) -> None:
    """Tell the answers of the half-year that began on this day, once: first how long they took, then what became of them."""
    if Release.objects.filter(table=Table.ANSWERS, period=start).exists():
        return
    end = later(start, register.HALF)
    waits, fates = measures.first_answers(start, end)
    voices = {r.period: [disclosure.ReleasedRow(**row) for row in r.cells] for r in _told(Table.VOICES)}
    beside = Beside(later(start, -1), later(end, -1), voices, earlier=_lines(Table.ANSWERS))
    answers = _keep(Table.ANSWERS, start, lambda: disclosure.release(Table.ANSWERS, start, waits, beside=beside))
    shared = replace(beside, answers=_read(answers), earlier=_lines(Table.PROMISES))
    _keep(Table.PROMISES, start, lambda: disclosure.release(Table.PROMISES, start, fates, beside=shared))


def _half_told_in(following: date) -> date:
    """The first day of the latest half-year that ended at least three months before this first day of a month."""
    settled = later(following, -register.SETTLE_MONTHS)
    return later(settled.replace(month=1 if settled.month <= register.HALF else register.HALF + 1), -register.HALF)


def _keep(table: Table, period: date, make: Callable[[], disclosure.Released]) -> Release:
    """Keep what may leave; of a table that is withheld, that it was."""
    try:
        rows, verb = make().plain(), "figures.release"
    except disclosure.Withheld:
        rows, verb = [], "figures.withhold"
    threshold = register.declared(table).threshold
    kept = Release.objects.create(table=table, period=period, released_on=clock.today(), threshold=threshold, cells=rows)
    for org in Issue.objects.filter(state__in=PUBLIC_STATES).order_by().values_list("organisation", flat=True).distinct():
        audit.record(SYSTEM, verb, kept, org=org, reason=f"{table}.{period.isoformat()}")
    return kept


def _told(table: Table) -> list[Release]:
    return list(Release.objects.filter(table=table).order_by("period"))


def _lines(table: Table) -> list[tuple[disclosure.ReleasedLine, ...]]:
    return [_read(release) for release in _told(table)]


def _read(release: Release) -> tuple[disclosure.ReleasedLine, ...]:
    return tuple(disclosure.line_from(row) for row in release.cells)
