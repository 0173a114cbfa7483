"""Volunteers: what is written down of them line by line, a threat that they report, what was done about it, what is erased."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from spean.accounts import access
from spean.accounts.access import SYSTEM, Actor
from spean.accounts.enums import MembershipState, Role
from spean.accounts.models import Membership
from spean.kernel import clock
from spean.kernel.errors import Conflict, Invalid, NotAllowed, NotYours
from spean.kernel.ids import new_id
from spean.kernel.text import clean
from spean.privacy import audit, keys
from spean.privacy.sealing import seal
from spean.programme import volunteer_enums as codes
from spean.programme import volunteering
from spean.programme.activity_enums import ActivityKind, ActivityState
from spean.programme.models import Activity, Check, Conduct, Threat, Trained
from spean.programme.operations.activities import STRANGE
from spean.programme.volunteer_lists import LISTS, SEALED, Kept, context

NOT_YET = _("Choose a day that is not after today.")
LONGEST_AWAY, LONGEST_AHEAD, YEAR = timedelta(days=366), timedelta(days=366), 365


@transaction.atomic
def add(actor: Actor, membership_id: UUID, name: str, said: Mapping[str, Any], sent_id: UUID) -> UUID:
    """One more line of a list of this volunteer. A replay returns the first one's id."""
    if name not in LISTS:
        raise NotYours
    found = find(actor, membership_id, "volunteer.see", LISTS[name].verb)
    return _add(actor, found, name, said, sent_id, "volunteer.write")


@transaction.atomic
def threatened(actor: Actor, membership_id: UUID, said: Mapping[str, Any], sent_id: UUID) -> UUID:
    """A volunteer reports that they were threatened. They send, and cannot read it again. A replay returns the first one's id."""
    found = find(actor, membership_id, "volunteer.own")
    return _add(actor, found, "threat", said, sent_id, "volunteer.threat")


@transaction.atomic
def answer(actor: Actor, membership_id: UUID, threat_id: UUID, verb: str, done: str = "") -> None:
    """What was done about a threat; or that it is over."""
    found = find(actor, membership_id, "volunteer.see", "talk")
    threat = Threat.objects.select_for_update().filter(membership=found, pk=threat_id).first()
    if threat is None or verb not in codes.THREAT_MOVES:
        raise NotYours
    if verb == "act" and done not in codes.ThreatDone:
        raise Invalid({"done": STRANGE})
    leaves, enters = codes.THREAT_MOVES[verb]
    if threat.state not in leaves:
        raise Conflict
    threat.state, threat.moved_on = enters, clock.today()
    threat.done = done if verb == "act" else threat.done
    threat.save(update_fields=["state", "done", "moved_on"])
    audit.record(actor, f"volunteer.{verb}", found, org=found.team.organisation_id, reason=threat.done)


def find(actor: Actor, membership_id: UUID, see: str, to: str = "") -> Membership:
    """The volunteer, locked for a change, or the refusal that fits."""
    rows = Membership.objects.select_related("team").select_for_update(of=("self",))
    return access.get(actor, see, rows, membership_id, to=f"volunteer.{to}" if to else None)


def _add(actor: Actor, found: Membership, name: str, said: Mapping[str, Any], sent_id: UUID, verb: str) -> UUID:
    kept, org = LISTS[name], found.team.organisation_id
    known = kept.model.objects.filter(sent_id=sent_id).first()
    if known:
        if known.membership_id != found.id or known.by_id != actor.id:
            raise NotYours
        return known.id
    given = {field: said.get(field) for field in kept.fields}
    if wrong := _wrong(actor, found, name, kept, given):
        raise Invalid(wrong)
    words = clean(given.pop("words", None) or "")
    made: Any = kept.model(id=new_id(), sent_id=sent_id, membership=found, by_id=actor.id)
    for field, value in given.items():
        setattr(made, f"{field}_id" if field in ("activity", "stands_in") else field, value)
    if name == "goal":
        made.on = made.on.replace(day=1)
    if name == "threat":
        made.moved_on = clock.today()
    if words:
        key = keys.new_subject(made.id, org=org, teams=[found.team_id])
        made.words = seal(key, {"text": words}, context(org, name, made.id))
    made.save(force_insert=True)
    audit.record(actor, verb, found, org=org, reason=name)
    return made.id


def _wrong(actor: Actor, found: Membership, name: str, kept: Kept, given: Mapping[str, Any]) -> dict[str, Any]:
    wrong: dict[str, Any] = {field: STRANGE for field, book in kept.books if given[field] not in book}
    on: date | None = given["on"]
    if on is None or on > clock.today() + (LONGEST_AHEAD if kept.ahead else timedelta(0)):
        return {**wrong, "on": NOT_YET}
    if name == "conduct" and not 1 <= (given["edition"] or 0) <= volunteering.edition():
        wrong["edition"] = STRANGE
    if name == "trained" and given["activity"]:
        wrong |= _wrong_training(found, given["activity"])
    if name == "away":
        wrong |= _wrong_leave(found, on, given)
    if name == "card":
        wrong |= _wrong_card(found, on, given["until"])
    if name == "threat" and not clean(given["words"] or ""):
        wrong["words"] = _("Write what happened, so that somebody can help.")
    if name == "check" and found.user_id == actor.id:
        raise NotAllowed
    return wrong


def trainings(found: Membership) -> Any:
    """The trainings at which a volunteer can have been."""
    states = (ActivityState.HELD, ActivityState.REPORTED)
    rows = Activity.objects.filter(organisation=found.team.organisation_id, kind=ActivityKind.TRAINING, state__in=states)
    return rows.order_by("-on", "id")


def stand_ins(found: Membership) -> Any:
    """Who can stand in: the other volunteers of the team."""
    others = found.team.memberships.filter(role=Role.VOLUNTEER, state=MembershipState.ACTIVE).exclude(user=found.user_id)
    return others.select_related("user", "place").order_by("user__name", "id")


def _wrong_training(found: Membership, activity: UUID) -> dict[str, Any]:
    return {} if trainings(found).filter(pk=activity).exists() else {"activity": STRANGE}


def _wrong_leave(found: Membership, on: date, given: Mapping[str, Any]) -> dict[str, Any]:
    wrong: dict[str, Any] = {}
    until: date | None = given["until"]
    if until and not timedelta(0) <= until - on <= LONGEST_AWAY:
        wrong["until"] = _("It cannot end before it begins, and lasts a year at most.")
    if given["stands_in"] and not stand_ins(found).filter(pk=given["stands_in"]).exists():
        wrong["stands_in"] = STRANGE
    return wrong


def _wrong_card(found: Membership, on: date, until: date | None) -> dict[str, Any]:
    """A card is for who is selected, has signed and was trained first; it holds for a time only."""
    longest = volunteering.card_until()
    if until is None or not on <= until <= longest:
        return {"until": _("It holds until a day that is not before the first one, and for a year at most.")}
    if lacking := _lacking(found):
        return {"until": _("No card yet. First: %(what)s.") % {"what": "; ".join(map(str, lacking))}}
    return {}


def _lacking(found: Membership) -> list[Any]:
    """What this volunteer lacks for a card."""
    steps = set(Check.objects.filter(membership=found).values_list("step", flat=True))
    signed = Conduct.objects.filter(membership=found, edition=volunteering.edition()).exists()
    learned = set(Trained.objects.filter(membership=found).values_list("kind", flat=True))
    return volunteering.lacking(steps, learned, signed=signed)


def erase_left(passed: date | None = None, limit: int = 1000) -> int:
    """Erase what is sealed of volunteers who left longer ago than it is kept; returns how many records. What is counted stays."""
    before = (passed or clock.today()) - timedelta(days=volunteering.years_kept() * YEAR + 1)
    over = {"membership__state": MembershipState.ENDED, "membership__until__lt": before}
    erased = 0
    for name in SEALED:
        rows = LISTS[name].model.objects.filter(**over).exclude(words=b"").select_related("membership__team")
        for one in rows.order_by("on", "id")[: limit - erased]:
            org = one.membership.team.organisation_id
            seen = audit.newest_before(org, one.membership_id, ["membership.end"])
            # a day that a clock gone back gave to an ending is not believed
            if seen is None or seen.astimezone(clock.PHNOM_PENH).date() < before:
                _erase(one, org)
                erased += 1
    return erased


@transaction.atomic
def _erase(one: Any, org: UUID) -> None:
    one.words = b""
    one.save(update_fields=["words"])
    keys.erase_subject(one.id)
    audit.record(SYSTEM, "volunteer.erase", one.membership, org=org, day_only=True)
