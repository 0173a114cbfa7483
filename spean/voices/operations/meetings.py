"""Committees' meetings: planned, held, cancelled; what each said of an issue; letters to an office."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext_lazy as _

from spean.accounts import access
from spean.accounts.access import Actor
from spean.accounts.enums import Role
from spean.accounts.models import Organisation
from spean.kernel import clock
from spean.kernel.errors import Conflict, Invalid, NotAllowed, NotYours
from spean.kernel.text import clean
from spean.privacy import audit
from spean.voices import enums
from spean.voices.enums import Decision, Rhythm
from spean.voices.models import Issue, Letter, Meeting, Minute
from spean.voices.operations import answers, ladder, rhythm
from spean.voices.operations.intake import sent_hash
from spean.voices.operations.moving import find

LONGEST_AHEAD = 366


@dataclass(frozen=True)
class Said:
    """What a meeting said of one issue; which fields are needed depends on the decision."""

    decision: str
    what: str = ""
    office: str = ""
    until: date | None = None
    why_not: str = ""


@transaction.atomic
def plan(actor: Actor, committee_id: UUID, on: date, sent_id: UUID, *, repeats: int = Rhythm.ONCE) -> UUID:
    """A meeting of a committee, by who sits there or by a team that asks it. A replay returns the same one.

    With `repeats` the rule plans those after it, in the place of an earlier rhythm: see `rhythm.py`.
    """
    known = Meeting.objects.filter(sent_hash=sent_hash(sent_id)).first()
    if known:
        if known.planned_by_id != actor.id:
            raise NotYours
        return known.id
    if not access.may(actor, "meeting.plan"):
        raise NotAllowed
    if committee_id not in {pk for pk, _name in committees_of(actor)}:
        raise NotYours
    if not 0 <= (on - clock.today()).days <= LONGEST_AHEAD:
        raise Invalid({"on": _("Choose a day from today to a year from now.")})
    if repeats not in Rhythm.values:
        raise Invalid({"repeats": _("Choose one of the answers.")})
    if repeats:
        rhythm.end(committee_id)
    meeting = Meeting.objects.create(
        committee_id=committee_id, on=on, planned_by_id=actor.id, repeats_months=repeats, sent_hash=sent_hash(sent_id)
    )
    audit.record(actor, "meeting.plan", meeting, org=_org_of(actor, meeting))
    return meeting.id


def committees_of(actor: Actor) -> list[tuple[UUID, str]]:
    """(id, name) of the committees whose meetings this actor may plan: the own one, and those that are asked."""
    own = [s.org for s in actor.having([Role.FOCAL_PERSON])]
    asked = access.visible(actor, "issue.letter", Issue.objects.all()).values("committee")
    managed = [s.org for s in actor.having([Role.PROGRAMME_MANAGER])]
    by_programme = Issue.objects.filter(organisation__in=managed, state__in=enums.PUBLIC_STATES).values("committee")
    found = Organisation.objects.filter(pk__in=own) | Organisation.objects.filter(pk__in=asked)
    found |= Organisation.objects.filter(pk__in=by_programme)
    return [(o.id, o.name) for o in found.distinct().order_by("name_en", "pk")[:500]]


@transaction.atomic
def move(actor: Actor, meeting_id: UUID, verb: str) -> None:
    """Hold or cancel a meeting; or meet only this once more."""
    meeting = access.get(actor, "meeting.see", Meeting.objects.select_for_update(of=("self",)), meeting_id, to=f"meeting.{verb}")
    if verb == "hold" and meeting.on > clock.today():
        raise Conflict(_("This meeting is still to come. Write the minutes on its day or after it."))
    meeting.state = enums.MEETING_MOVES[verb][1]
    meeting.save(update_fields=["state"])
    if verb == "once":
        rhythm.end(meeting.committee_id)
    audit.record(actor, f"meeting.{verb}", meeting, org=_org_of(actor, meeting))


@transaction.atomic
def write_minute(actor: Actor, meeting_id: UUID, issue_id: UUID, said: Said) -> None:
    """Keep what the meeting said of one issue, and act on it. An issue has one minute in a meeting; twice is once."""
    meeting = access.get(actor, "meeting.see", Meeting.objects.select_for_update(of=("self",)), meeting_id)
    known = meeting.minutes.filter(issue=issue_id).first()
    if known:
        if known.decision == said.decision:
            return
        raise Conflict(_("What the meeting said of this issue is written down already."))
    if meeting.state == enums.MeetingState.PLANNED:
        move(actor, meeting_id, "hold")
    elif meeting.state == enums.MeetingState.CANCELLED:
        raise Conflict(_("This meeting was cancelled."))
    issue = find(actor, issue_id, "minute")
    if issue.committee_id != meeting.committee_id:
        raise NotYours
    _check(said)
    Minute.objects.create(
        meeting=meeting, issue=issue, decision=said.decision, on=clock.today(), written_by_id=actor.id,
        on_behalf=meeting.committee_id not in actor.orgs,
    )  # fmt: skip
    audit.record(actor, "issue.minute", issue, org=issue.organisation_id, reason=str(meeting.id))
    _act(actor, issue_id, said)


def _check(said: Said) -> None:
    """What a decision needs."""
    wrong: dict[str, Any] = {}
    if said.decision not in Decision.values:
        raise Invalid({"decision": _("Choose one of the answers.")})
    if said.decision == Decision.COMMIT:
        wrong |= {"office": _("Choose who is responsible, by role.")} if said.office not in enums.Office.values else {}
        wrong |= {"until": _("Choose until which day.")} if said.until is None else {}
    elif said.decision in (Decision.DECLINE, Decision.LIFT) and said.why_not not in enums.WhyNot.values:
        wrong |= {"why_not": _("Choose why it cannot be done here.")}
    if said.decision != Decision.LATER and not clean(said.what):
        wrong |= {"what": _("Write what the village will hear.")}
    if wrong:
        raise Invalid(wrong)


def _act(actor: Actor, issue_id: UUID, said: Said) -> None:
    if said.decision == Decision.COMMIT and said.until is not None:
        answers.commit(actor, issue_id, what=said.what, office=said.office, until=said.until, by="minute")
    elif said.decision == Decision.DECLINE:
        answers.decline(actor, issue_id, why_not=said.why_not, what=said.what, by="minute")
    elif said.decision == Decision.LIFT:
        ladder.lift(actor, issue_id, why_not=said.why_not, what=said.what, by="minute")


@transaction.atomic
def write_letter(actor: Actor, issue_id: UUID, *, kind: str, text_km: str, text_en: str, sent_id: UUID) -> UUID:
    """A letter to the committee that is asked, numbered and kept as it is printed. A replay returns the same one."""
    issue = find(actor, issue_id, "letter")
    known = Letter.objects.filter(sent_hash=sent_hash(sent_id)).first()
    if known:
        if known.written_by_id != actor.id:
            raise NotYours
        return known.id
    if kind not in enums.LetterKind.values:
        raise Invalid({"kind": _("Choose one of the answers.")})
    Organisation.objects.select_for_update().get(pk=issue.organisation_id)  # numbers one at a time
    last = Letter.objects.filter(organisation=issue.organisation_id).aggregate(last=Max("number"))["last"] or 0
    letter = Letter.objects.create(
        issue=issue, committee_id=issue.committee_id, kind=kind, number=last + 1, organisation_id=issue.organisation_id,
        text_km=text_km, text_en=text_en, on=clock.today(), written_by_id=actor.id, sent_hash=sent_hash(sent_id),
    )  # type: ignore[misc]  # fmt: skip
    audit.record(actor, "letter.write", letter, org=issue.organisation_id, reason=kind)
    return letter.id


def _org_of(actor: Actor, meeting: Meeting) -> UUID:
    """In whose trail it stands: the committee's own, else the organisation that acts for it."""
    if meeting.committee_id in actor.orgs:
        return meeting.committee_id
    return actor.having([Role.CASE_WORKER, Role.SUPERVISOR, Role.PROGRAMME_MANAGER])[0].org


def next_suggested(committee_id: UUID) -> date:
    """The day that a next meeting is proposed for: a month after the last one, or in a week; never in the past."""
    last = Meeting.objects.filter(committee=committee_id).exclude(state=enums.MeetingState.CANCELLED).order_by("-on").first()
    soon = clock.today() + timedelta(days=7)
    return max(soon, last.on + timedelta(days=28)) if last else soon
