"""Requests for advice: asked, answered by others, marked as helpful, closed. Mentoring: proposed, agreed to, ended."""

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from spean.accounts import access
from spean.accounts.access import Actor
from spean.accounts.models import Organisation
from spean.kernel import clock
from spean.kernel.errors import Invalid, NotAllowed, NotYours
from spean.kernel.ids import new_id
from spean.kernel.text import clean
from spean.network.advice_enums import ADVICE_MOVES, PAIR_MOVES
from spean.network.models import Advice, Answer, GoodPractice, Pair, PairMeeting
from spean.network.operations.practices import NOT_YET, org_of
from spean.network.practice_enums import READ, Problem
from spean.privacy import audit
from spean.programme.operations.programmes import NEEDED, STRANGE


@dataclass(frozen=True)
class Asked:
    """What is asked; `to` is an organisation, or None for the whole network."""

    problem: str
    title: str
    words: str
    to: UUID | None = None


@dataclass(frozen=True)
class Proposed:
    """A mentoring with another organisation. `we_start`: the actor's organisation is the one that learns."""

    other: UUID
    we_start: bool
    problem: str
    words: str
    starts_on: date
    ends_on: date


@transaction.atomic
def ask(actor: Actor, asked: Asked, sent_id: UUID, *, demonstration: bool = False) -> UUID:
    """Ask other organisations. A replay returns the first one's id."""
    if not access.may(actor, "advice.ask"):
        raise NotAllowed
    known = Advice.objects.filter(sent_id=sent_id).first()
    if known:
        return _own(actor, known)
    wrong: dict[str, Any] = {name: NEEDED for name in ("title", "words") if not clean(getattr(asked, name))}
    if asked.problem not in Problem:
        wrong["problem"] = STRANGE
    if asked.to and (asked.to in actor.orgs or not Organisation.objects.filter(pk=asked.to).exists()):
        wrong["to"] = STRANGE
    if wrong:
        raise Invalid(wrong)
    said = {"problem": asked.problem, "title": clean(asked.title), "words": clean(asked.words), "to_id": asked.to}
    made = Advice(id=new_id(), sent_id=sent_id, organisation_id=org_of(actor), by_id=actor.id, on=clock.today(), **said)
    made.demonstration = demonstration
    made.save(force_insert=True)
    audit.record(actor, "advice.ask", made, org=made.organisation_id)
    return made.id


@transaction.atomic
def answer(actor: Actor, pk: UUID, words: str, practice: UUID | None, sent_id: UUID) -> UUID:
    """Answer another organisation's request, perhaps with a practice that the network reads. A replay changes nothing."""
    found = _advice(actor, pk, "answer")
    known = Answer.objects.filter(sent_id=sent_id).first()
    if known:
        return _own(actor, known)
    wrong: dict[str, Any] = {} if clean(words) else {"words": NEEDED}
    if practice and not GoodPractice.objects.filter(pk=practice, state__in=READ).exists():
        wrong["practice"] = STRANGE
    if wrong:
        raise Invalid(wrong)
    said = {"words": clean(words), "practice_id": practice, "on": clock.today()}
    made = Answer(id=new_id(), sent_id=sent_id, advice=found, organisation_id=org_of(actor), by_id=actor.id, **said)
    made.save(force_insert=True)
    audit.record(actor, "advice.answer", found, org=made.organisation_id)
    return made.id


@transaction.atomic
def mark(actor: Actor, pk: UUID, answer_id: UUID) -> None:
    """Say that an answer helped; pressed again, no more."""
    found = _advice(actor, pk, "mark")
    one = found.answers.select_for_update().filter(pk=answer_id).first()
    if one is None:
        raise NotYours
    one.helpful = not one.helpful
    one.save(update_fields=["helpful"])
    audit.record(actor, "advice.mark", found, org=found.organisation_id)


@transaction.atomic
def move(actor: Actor, pk: UUID, verb: str) -> None:
    """Close a request, or open it again."""
    if verb not in ADVICE_MOVES:
        raise NotYours
    found = _advice(actor, pk, verb)
    found.state = ADVICE_MOVES[verb][1]
    found.save(update_fields=["state"])
    audit.record(actor, f"advice.{verb}", found, org=found.organisation_id)


@transaction.atomic
def propose(actor: Actor, proposed: Proposed, sent_id: UUID) -> UUID:
    """Propose a mentoring to another organisation, which agrees or not. A replay returns the first one's id."""
    if not access.may(actor, "pair.propose"):
        raise NotAllowed
    known = Pair.objects.filter(sent_id=sent_id).first()
    if known:
        return _own(actor, known)
    own = org_of(actor)
    wrong: dict[str, Any] = {} if proposed.problem in Problem else {"problem": STRANGE}
    if proposed.other in actor.orgs or not Organisation.objects.filter(pk=proposed.other).exists():
        wrong["other"] = STRANGE
    if not clean(proposed.words):
        wrong["words"] = NEEDED
    if proposed.ends_on < proposed.starts_on:
        wrong["ends_on"] = _("It cannot end before it begins.")
    if wrong:
        raise Invalid(wrong)
    starting, experienced = (own, proposed.other) if proposed.we_start else (proposed.other, own)
    said = {"problem": proposed.problem, "words": clean(proposed.words)}
    days = {"starts_on": proposed.starts_on, "ends_on": proposed.ends_on}
    made = Pair(id=new_id(), sent_id=sent_id, starting_id=starting, experienced_id=experienced, by_id=actor.id, **said, **days)
    made.proposed_by_id = own
    made.save(force_insert=True)
    audit.record(actor, "pair.propose", made, org=own)
    return made.id


@transaction.atomic
def move_pair(actor: Actor, pk: UUID, verb: str) -> None:
    """Agree to it, decline it, or end it."""
    if verb not in PAIR_MOVES:
        raise NotYours
    found = _pair(actor, pk, verb)
    found.state = PAIR_MOVES[verb][1]
    if verb != "end":
        found.answered_by_id = actor.id
    found.save(update_fields=["state", "answered_by"])
    audit.record(actor, f"pair.{verb}", found, org=_side(actor, found))


@transaction.atomic
def meet(actor: Actor, pk: UUID, on: date, words: str, sent_id: UUID) -> None:
    """Write down that the two met. A replay changes nothing."""
    found = _pair(actor, pk, "meet")
    known = PairMeeting.objects.filter(sent_id=sent_id).first()
    if known:
        _own(actor, known)
        return
    wrong: dict[str, Any] = {} if clean(words) else {"words": NEEDED}
    if on > clock.today():
        wrong["on"] = NOT_YET
    if wrong:
        raise Invalid(wrong)
    side = _side(actor, found)
    said = {"on": on, "words": clean(words)}
    PairMeeting(id=new_id(), sent_id=sent_id, pair=found, organisation_id=side, by_id=actor.id, **said).save(force_insert=True)
    audit.record(actor, "pair.meet", found, org=side)


def _own(actor: Actor, known: Any) -> UUID:
    if known.by_id != actor.id:
        raise NotYours
    return UUID(str(known.id))


def _side(actor: Actor, pair: Pair) -> UUID:
    """Which of the two the actor belongs to."""
    return pair.experienced_id if pair.experienced_id in actor.orgs else pair.starting_id


def _advice(actor: Actor, pk: UUID, verb: str) -> Advice:
    return access.get(actor, "advice.see", Advice.objects.select_for_update(of=("self",)), pk, to=f"advice.{verb}")


def _pair(actor: Actor, pk: UUID, verb: str) -> Pair:
    return access.get(actor, "pair.see", Pair.objects.select_for_update(of=("self",)), pk, to=f"pair.{verb}")
