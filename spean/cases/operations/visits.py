"""Visits by volunteers: a card of an alias, a code, a commune and a day, for 72 hours; what came of it, sealed to the team.

The alias has a key of its own, which the volunteer's and the team's keys open and which is destroyed when the card ends: no key
of a case is ever the volunteer's. What the volunteer tells goes to the team alone. Who the person is and where they live is said
by voice; that it may be, the person agreed before.
"""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from spean.accounts import access
from spean.accounts.access import SYSTEM, Actor
from spean.accounts.enums import MembershipState, Role
from spean.accounts.models import Membership
from spean.cases import enums, hours, naming
from spean.cases.contexts import person_context, visit_context, visit_word_context
from spean.cases.enums import Purpose, Shared
from spean.cases.models import Case, Consent, FollowUp, Task, Visit, VisitWord
from spean.cases.operations import consent as agreeing
from spean.cases.operations import course
from spean.cases.operations.reading import opened_part
from spean.cases.rebuild_enums import FOLLOW_MOVES
from spean.cases.step_enums import StepDetail
from spean.cases.visit_enums import VISIT_MOVES, VisitKind, VisitResult, VisitState, WhyThis
from spean.kernel import clock
from spean.kernel.errors import Conflict, Invalid, NotYours
from spean.kernel.ids import new_id, with_check_digit
from spean.kernel.text import clean, fold
from spean.places.models import Place
from spean.privacy import audit, envelopes, keys
from spean.privacy.envelopes import Address
from spean.privacy.keys import KeyRing
from spean.privacy.sealing import BrokenSeal, open_sealed, seal
from spean.voices.operations.intake import sent_hash
from spean.voices.operations.triage import ring_of
from spean.voices.operations.unfolding import harmless

LASTS = timedelta(hours=72)
AHEAD = timedelta(days=2)  # the last whole day of 72 hours
MOST = 20
LONGEST_ALIAS, MOST_FIGURES, LONGEST_TOLD = 40, 3, 2000
WORD = "case.visit_word"
DAYS_AHEAD = _("Choose today, tomorrow or the day after: a card lasts 72 hours. Ask for a later visit when it is near.")
FULL = _("This volunteer has 20 cards, as many as one may have. Ask another volunteer, or call one back.")
NOT_VOUCHED = _("Nobody has vouched for the keys of this volunteer yet, so that nothing can be sealed for them. Telephone them.")


@dataclass(frozen=True)
class Wanted:
    """Which volunteer is asked for what, until which day, and by which name they know the person."""

    volunteer: UUID
    kind: str
    by_day: date
    alias: str
    safe: bool  # who asks has read how it is safe to reach the person, and a visit is
    follow_up: UUID | None = None
    why: str = ""


def holds(visit: Visit) -> bool:
    """Whether its 72 hours are not over."""
    return clock.now() < hours.moment(visit.ends_on, visit.ends_hour)


@dataclass(frozen=True)
class SaidVisit:
    """One visit in clear: the alias while the card is there, and what the volunteer said."""

    alias: str
    text: str
    broken: bool = False  # the volunteer's telephone sealed it, and it does not open


@dataclass(frozen=True)
class Opened:
    """What is opened for the page of a case's visits: what was said, by visit, and how it is safe to reach the person."""

    said: Mapping[UUID, SaidVisit]
    contact: dict[str, str]


def in_place(place: Place) -> frozenset[str]:
    """The paths of a place and of all that it lies in."""
    codes = place.path.rstrip("/").split("/")
    return frozenset("/".join(codes[: n + 1]) + "/" for n in range(len(codes)))


def covers(own: Place | None, place: Place) -> bool:
    """Whether a volunteer's place lies in this one, or holds it."""
    return own is not None and (own.path.startswith(place.path) or own.path in in_place(place))


@transaction.atomic
def ask(actor: Actor, case_id: UUID, wanted: Wanted, sent_id: UUID) -> UUID:
    """Ask a volunteer for a visit. The same asked again takes the place of the old card, and its hours begin anew."""
    ring = ring_of(actor)
    case = course.find(actor, case_id, "visit")
    known = case.visits.filter(sent_hash=sent_hash(sent_id)).first()
    if known:
        return known.id
    key = ring.data_key(case.id)
    consent, follow_up = _check(case, key, wanted)
    for old in _cards(case).filter(volunteer=wanted.volunteer, kind=wanted.kind):
        _end(old, "call_back")
    _room_for(wanted.volunteer)
    made = Visit(id=new_id(), case=case, consent=consent, follow_up=follow_up, place=case.place, kind=wanted.kind, why=wanted.why)
    made.volunteer_id, made.by_day, made.asked_on, made.asked_by_id = wanted.volunteer, wanted.by_day, clock.today(), actor.id
    made.ends_on, made.ends_hour = hours.until(LASTS)
    made.code, made.sent_hash = with_check_digit(f"{secrets.randbelow(100_000):05d}"), sent_hash(sent_id)
    own = keys.new_subject(made.id, org=case.org_id, teams=[case.team_id], users=[wanted.volunteer])
    made.alias = seal(own, {"text": clean(wanted.alias)}, visit_context(made))
    made.save(force_insert=True)
    course.done(actor, case, "case.visit", StepDetail.VISIT, reason=wanted.kind)
    return made.id


def _check(case: Case, key: bytes, wanted: Wanted) -> tuple[Consent, FollowUp | None]:
    wrong: dict[str, object] = {}
    today = clock.today()
    if wanted.kind not in VisitKind:
        wrong["kind"] = course.STRANGE
    if not today <= wanted.by_day <= today + AHEAD:
        wrong["by_day"] = DAYS_AHEAD
    if not wanted.safe:
        wrong["safe"] = _("Read first how it is safe to reach the person. If a visit is not, do not ask for one.")
    wrong |= _wrong_alias(case, key, clean(wanted.alias)) | _wrong_volunteer(case, wanted)
    follow_up = _follow_up(case, wanted, wrong)
    try:
        consent = agreeing.require(case, purpose=Purpose.VISIT, recipient=None, fields=[Shared.HOME])
    except Conflict as refused:
        raise Invalid({**wrong, "volunteer": refused.message}) from refused
    if consent.until < wanted.by_day:
        wrong["by_day"] = _("Choose a day from today on, no later than the person agreed to.")
    if wrong:
        raise Invalid(wrong)
    return consent, follow_up


def _wrong_alias(case: Case, key: bytes, alias: str) -> dict[str, object]:
    """A card that is found tells nobody whom it is about: no name of the person, and no number."""
    names = naming.Known.of(open_sealed(key, bytes(case.person), person_context(case))).names
    parts = {fold(part) for name in names for part in name.split()}
    if not alias or len(alias) > LONGEST_ALIAS:
        return {"alias": _("Choose a short name for this visit.")}
    if naming.stands_in(alias, names) or parts & set(fold(alias).split()) or sum(c.isdigit() for c in alias) > MOST_FIGURES:
        return {"alias": _("Choose another name: not the person's own, and no number.")}
    return {}


def _wrong_volunteer(case: Case, wanted: Wanted) -> dict[str, object]:
    if case.place is None:
        return {"volunteer": _("Say first in which commune the person lives: change what is known.")}
    seats = list(seats_of(case).filter(user=wanted.volunteer).select_related("place"))
    if not seats:
        return {"volunteer": _("Choose a volunteer of your organisation.")}
    if not keys.is_certified(case.org_id, wanted.volunteer):
        return {"volunteer": NOT_VOUCHED}
    if not any(covers(seat.place, case.place) for seat in seats) and wanted.why not in WhyThis:
        return {"why": _("The place of this volunteer is elsewhere: say why you ask them.")}
    return {}


def seats_of(case: Case) -> Any:
    """The seats of the volunteers of the organisation that works with the person."""
    return Membership.objects.filter(team__organisation=case.org_id, role=Role.VOLUNTEER, state=MembershipState.ACTIVE)


def _follow_up(case: Case, wanted: Wanted, wrong: dict[str, object]) -> FollowUp | None:
    if wanted.kind != VisitKind.FOLLOW_UP:
        return None
    found = case.follow_ups.filter(pk__in=[wanted.follow_up] if wanted.follow_up else [], state__in=FOLLOW_MOVES["do"][0]).first()
    if found is None:
        wrong["follow_up"] = _("Choose which follow-up it is.")
    return found


def _room_for(volunteer: UUID) -> None:
    """Invalid where they have as many cards as one may have. Two who ask at once wait for each other."""
    list(Membership.objects.select_for_update(of=("self",)).filter(user=volunteer, role=Role.VOLUNTEER).order_by("pk"))
    if Visit.objects.filter(hours.running(), volunteer=volunteer, state=VisitState.ASKED).count() >= MOST:
        raise Invalid({"volunteer": FULL})


def _cards(case: Case) -> Any:
    return case.visits.select_for_update(of=("self",)).filter(state=VisitState.ASKED).order_by("pk")


def _end(visit: Visit, verb: str, *fields: str) -> None:
    """After this nobody can open the card: its alias goes now, its key with the transaction, and none comes again."""
    visit.state, visit.alias = course.after(VISIT_MOVES, verb, visit.state), b""
    visit.save(update_fields=["state", "alias", *fields])
    keys.erase_subject(visit.id)


@transaction.atomic
def call_back(actor: Actor, case_id: UUID, visit_id: UUID) -> None:
    """The card is gone at the volunteer's next request. Twice is once."""
    case = course.find(actor, case_id, "visit")
    visit = case.visits.select_for_update(of=("self",)).filter(pk=visit_id).first()
    if visit is None:
        raise NotYours
    if visit.state == VisitState.CALLED_BACK:
        return
    _end(visit, "call_back")
    course.done(actor, case, "case.visit_back", StepDetail.VISIT_BACK)


def end_of(actor: Any, case: Case) -> None:
    """The work with the person ends: so do its cards. Inside an operation only."""
    for visit in _cards(case):
        _end(visit, "call_back")
        course.step(actor, case, StepDetail.VISIT_BACK)


def stop_by(consent_id: UUID) -> None:
    """The person took the agreement back: the cards that rest on it go. Inside an operation only."""
    found = Visit.objects.select_for_update(of=("self",)).filter(consent=consent_id, state=VisitState.ASKED)
    for visit in found.select_related("case").order_by("pk"):
        _end(visit, "call_back")
        course.step(SYSTEM, visit.case, StepDetail.VISIT_BACK)
        audit.record(SYSTEM, "visit.over", visit, org=visit.case.org_id)


@transaction.atomic
def open_cards(actor: Actor) -> dict[UUID, str]:
    """The alias of each card of a volunteer, by visit. Each opening is in the trail, the first also on the course of the case."""
    ring = ring_of(actor)
    found = access.visible(actor, "visit.see", Visit.objects.select_related("case")).order_by("by_day", "id")
    cards = list(found[:MOST])
    opened = ring.data_keys(card.id for card in cards)
    for card in cards:
        audit.record(actor, "visit.read", card, org=card.case.org_id)
        if card.opened_on is None:
            _first_opened(actor, card)
    aliases = {c.id: open_sealed(opened[c.id], bytes(c.alias), visit_context(c)) for c in cards if c.id in opened}
    return {pk: str(alias["text"]) for pk, alias in aliases.items()}


def _first_opened(actor: Actor, card: Visit) -> None:
    case = Case.objects.select_for_update(of=("self",)).get(pk=card.case_id)
    if Visit.objects.filter(pk=card.pk, opened_on=None).update(opened_on=clock.today()):
        course.step(actor, case, StepDetail.VISIT_SEEN)


@transaction.atomic
def tell(actor: Actor, visit_id: UUID, result: str, words: str, sent_id: UUID, envelope: bytes = b"") -> None:
    """What came of it, by a code and in own words that only the team can read. Sent twice, it is told once.

    `envelope` holds the words in the place of `words`, where the volunteer's telephone sealed them without a network.
    """
    if VisitWord.objects.filter(visit=visit_id, visit__volunteer=actor.id, sent_hash=sent_hash(sent_id)).exists():
        return
    seen = access.get(actor, "visit.tell", Visit.objects.all(), visit_id)
    case = Case.objects.select_for_update(of=("self",)).get(pk=seen.case_id)
    visit = access.get(actor, "visit.tell", Visit.objects.select_for_update(of=("self",)), visit_id)
    if result not in VisitResult:
        raise Invalid({"result": course.STRANGE})
    visit.case, visit.result, visit.told_on = case, result, clock.today()
    _end(visit, "tell", "result", "told_on")
    word = VisitWord(id=new_id(), visit=visit, sent_hash=sent_hash(sent_id))
    key = keys.new_subject(word.id, org=case.org_id, teams=[case.team_id])
    word.said = seal(key, _content(case, words, sent_id, envelope), visit_word_context(visit, word.id))
    word.save(force_insert=True)
    unsafe = result == VisitResult.UNSAFE
    _to_look_at(actor, case, unsafe=unsafe)
    course.reckon_due(case)
    case.moved_on = clock.today()
    case.save(update_fields=["moved_on", "due_on"])
    course.step(actor, case, StepDetail.VISIT_UNSAFE if unsafe else StepDetail.VISIT_TOLD)
    audit.record(actor, "visit.tell", visit, org=case.org_id, reason=result)


def _content(case: Case, words: str, sent_id: UUID, envelope: bytes) -> dict[str, Any]:
    """The words; or the envelope as it came, though sealed to an earlier key of the team: nobody can be asked again."""
    if not envelope:
        return {"text": clean(words)}
    return envelopes.kept(envelope, Address(WORD, case.org_id, case.team_id, envelopes.mark_of(sent_id)))


def _to_look_at(actor: Actor, case: Case, *, unsafe: bool) -> None:
    """A task without words, for a volunteer has no key of the case: where it was not safe, within the hour."""
    kind = enums.TaskKind.SAFETY if unsafe else enums.TaskKind.VISITED
    response = enums.Response.HOUR if unsafe else enums.Response.DAY
    if not unsafe and case.tasks.filter(kind=kind, state=enums.TaskState.TO_DO).exists():
        return
    today = clock.today()
    made = Task(id=new_id(), case=case, kind=kind, response=response, made_on=today, made_by_id=actor.id)
    made.due_on, made.words = today + timedelta(days=enums.DUE_IN[response]), b""
    made.sent_hash = sent_hash(made.id)
    made.save(force_insert=True)


def read(actor: Actor, case_id: UUID, reason: str = "") -> Opened:
    """The aliases of a case's cards, and what volunteers said: the trail first, as for the case itself."""
    ring = ring_of(actor)
    with opened_part(actor, case_id, reason) as (case, key):
        audit.record(actor, "case.visits", case, org=case.org_id)
        rows = list(case.visits.select_related("word"))
        words = {v.id: v.word for v in rows if hasattr(v, "word") and v.word.said}
        opened = ring.data_keys([*(v.id for v in rows if v.alias), *(w.id for w in words.values())])
        contact = open_sealed(key, bytes(case.person), person_context(case))["contact"]
        return Opened({v.id: _said(ring, v, words.get(v.id), opened) for v in rows}, contact)


def told_of(actor: Actor, case_id: UUID, follow_id: UUID | None, visit: str) -> str:
    """What a volunteer told of one follow-up; "" where this visit was for none, or for another."""
    found = Visit.objects.filter(case=case_id, follow_up=follow_id, follow_up__isnull=False, state=VisitState.TOLD)
    known = {str(pk): pk for pk in found.values_list("pk", flat=True)}.get(visit)
    return read(actor, case_id).said[known].text if known else ""


def _said(ring: KeyRing, visit: Visit, word: VisitWord | None, opened: Mapping[UUID, bytes]) -> SaidVisit:
    alias = open_sealed(opened[visit.id], bytes(visit.alias), visit_context(visit))["text"] if visit.id in opened else ""
    if word is None or word.id not in opened:
        return SaidVisit(alias, "")
    content = open_sealed(opened[word.id], bytes(word.said), visit_word_context(visit, word.id))
    if not envelopes.is_kept(content):
        return SaidVisit(alias, content["text"])
    try:
        return SaidVisit(alias, harmless(envelopes.opened(ring, content, WORD).get("text"))[:LONGEST_TOLD])
    except BrokenSeal:
        return SaidVisit(alias, "", broken=True)


def day(passed: date | None = None, limit: int = 1000) -> int:
    """Cards whose 72 hours are over end, with their keys; returns how many. `passed` is the day that has surely passed."""
    late = Visit.objects.filter(state=VisitState.ASKED, ends_on__lte=passed or clock.today()).exclude(hours.running())
    return sum(_lapse(pk) for pk in late.order_by("ends_on", "id").values_list("pk", flat=True)[:limit])


@transaction.atomic
def _lapse(pk: UUID) -> int:
    case = Case.objects.select_for_update(of=("self",)).get(visits=pk)
    visit = case.visits.select_for_update(of=("self",)).get(pk=pk)
    if visit.state != VisitState.ASKED:
        return 0
    _end(visit, "lapse")
    course.step(SYSTEM, case, StepDetail.VISIT_OVER)
    audit.record(SYSTEM, "visit.over", visit, org=case.org_id)
    return 1


def forget(case: Case) -> None:
    """What is sealed of a case's visits, with its keys. Inside its erasure only."""
    words = VisitWord.objects.filter(visit__case=case)
    for pk in (*case.visits.values_list("pk", flat=True), *words.values_list("pk", flat=True)):
        keys.erase_subject(pk)
    words.update(said=b"")
    case.visits.update(alias=b"")
