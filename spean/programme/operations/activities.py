"""Activities: written down, changed, moved along their table, counted by hand, and given the lines of their lists."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date, time
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q, Sum
from django.utils.translation import gettext_lazy as _

from spean.accounts import access
from spean.accounts.access import Actor
from spean.accounts.enums import MembershipState
from spean.accounts.models import Membership
from spean.kernel import clock
from spean.kernel.errors import Conflict, Invalid, NotAllowed, NotYours
from spean.kernel.ids import new_id
from spean.kernel.text import clean
from spean.places.queries import by_code
from spean.privacy import audit
from spean.programme import activity_enums as codes
from spean.programme.activity_enums import LEADS, MAKES
from spean.programme.lines import LISTS, TIES, List, lists_of
from spean.programme.models import Activity, ActivityTopic, Attendances, Project
from spean.programme.models.activities import MOST, WHOLE

STRANGE = _("Choose one of the answers.")
WORDS = ("name_km", "name_en", "about_km", "about_en", "venue_km", "venue_en", "presides_km", "presides_en")
LONGEST_DAYS = 366


@dataclass(frozen=True)
class Kept:
    """What is written down of an activity."""

    kind: str
    on: date
    until: date | None = None
    name_km: str = ""
    name_en: str = ""
    setting: str = ""
    audience: str = ""
    about_km: str = ""
    about_en: str = ""
    venue_km: str = ""
    venue_en: str = ""
    presides_km: str = ""
    presides_en: str = ""
    starts: time | None = None
    ends: time | None = None
    project: UUID | None = None
    part_of: UUID | None = None
    topics: tuple[str, ...] = ()


@transaction.atomic
def write(actor: Actor, kept: Kept, place: str, sent_id: UUID, state: str = codes.ActivityState.PLANNED) -> UUID:
    """A new one of the actor's organisation, as a draft or planned. A replay returns the first one's id."""
    if not access.may(actor, "activity.write"):
        raise NotAllowed
    known = Activity.objects.filter(sent_id=sent_id).first()
    if known:
        if known.written_by_id != actor.id:
            raise NotYours
        return known.id
    if kept.kind in codes.LARGE and not access.may(actor, "activity.write_large"):
        raise NotAllowed(_("An event or a campaign is made by a supervisor or a programme manager. Ask them for it."))
    if state not in (codes.ActivityState.DRAFT, codes.ActivityState.PLANNED):
        raise Invalid({"": STRANGE})
    seats = actor.having(LEADS) or actor.having(MAKES)
    made = Activity(id=new_id(), sent_id=sent_id, organisation_id=seats[0].org, written_by_id=actor.id, state=state)
    _keep(actor, made, kept, place)
    audit.record(actor, "activity.write", made, org=made.organisation_id, reason=kept.kind)
    return made.id


@transaction.atomic
def change(actor: Actor, activity_id: UUID, kept: Kept, place: str) -> None:
    """Another day, place or name. It stays of its kind, and a part of what it is a part of."""
    found = find(actor, activity_id, "change")
    _keep(actor, found, Kept(**{**asdict(kept), "kind": found.kind, "part_of": found.part_of_id}), place)
    audit.record(actor, "activity.change", found, org=found.organisation_id)


@transaction.atomic
def move(actor: Actor, activity_id: UUID, verb: str, why: str = "") -> None:
    """Plan, hold, report, cancel it, or open its report again."""
    found = find(actor, activity_id, verb)
    if verb == "cancel" and why not in codes.WhyCancelled:
        raise Invalid({"why": STRANGE})
    if verb == "hold" and found.on > clock.today():
        raise Conflict(_("This is still to come. Say that it was held on its day, or after it."))
    shares = found.shares.aggregate(sum=Sum("per_cent"))["sum"]
    if verb == "report" and shares is not None and shares != WHOLE:
        raise Conflict(_("Who bears the costs does not make 100 per cent yet."))
    if verb == "report" and not _is_counted(found):
        raise Conflict(_("Count first how many came; then report it."))
    found.state = codes.ACTIVITY_MOVES[verb][1]
    found.cancelled_for = why if verb == "cancel" else ""
    if verb == "cancel":
        found.public = False
        waiting = found.parts.filter(state__in=codes.ACTIVITY_MOVES[verb][0])
        waiting.update(state=found.state, cancelled_for=why)  # an event takes its places and days along
    found.save(update_fields=["state", "cancelled_for", "public"])
    audit.record(actor, f"activity.{verb}", found, org=found.organisation_id, reason=why)


def find(actor: Actor, activity_id: UUID, verb: str) -> Activity:
    """The activity, locked for the change `verb`, or the refusal that fits."""
    rows = Activity.objects.select_for_update(of=("self",))
    return access.get(actor, "activity.see", rows, activity_id, to=f"activity.{verb}")


def _is_counted(found: Activity) -> bool:
    """Whether somebody counted who came: by hand or at a gate, there or at a part of it."""
    own = Q(pk=found.pk) | Q(part_of=found.pk)
    return Activity.objects.filter(own).filter(Q(attended__isnull=False) | Q(check_ins__counts=True)).exists()


def _keep(actor: Actor, made: Activity, kept: Kept, place: str) -> None:
    at = by_code(place)
    wrong = _wrong(actor, made, kept)
    if at is None:
        wrong["place"] = _("Choose the place of the activity.")
    if wrong or at is None:
        raise Invalid(wrong)
    for name, value in asdict(kept).items():
        if name not in ("topics", "project", "part_of", "until"):
            setattr(made, name, clean(value) if name in WORDS else value)
    made.until = kept.until or kept.on
    made.project_id, made.part_of_id = kept.project, kept.part_of
    made.place_id, made.path = at.id, at.path
    made.save()
    made.topics.all().delete()
    ActivityTopic.objects.bulk_create(ActivityTopic(activity=made, topic=topic) for topic in dict.fromkeys(kept.topics))


def _wrong(actor: Actor, made: Activity, kept: Kept) -> dict[str, Any]:
    wrong: dict[str, Any] = {}
    if kept.kind not in codes.ActivityKind:
        wrong["kind"] = STRANGE
    if kept.kind == codes.ActivityKind.OUTREACH and kept.setting not in codes.Setting:
        wrong["setting"] = _("Choose where it meets people.")
    elif kept.setting and kept.setting not in codes.Setting:
        wrong["setting"] = STRANGE
    if kept.audience and kept.audience not in codes.Audience:
        wrong["audience"] = STRANGE
    if not clean(kept.name_km) and not clean(kept.name_en):
        wrong["name_km"] = _("Write what it is called, in Khmer or in English.")
    if not set(kept.topics) <= set(codes.Topic):
        wrong["topics"] = STRANGE
    return wrong | _wrong_days(kept) | _wrong_ties(actor, made, kept)


def _wrong_days(kept: Kept) -> dict[str, Any]:
    if kept.until and not 0 <= (kept.until - kept.on).days <= LONGEST_DAYS:
        return {"until": _("It cannot end before it begins, and lasts a year at most.")}
    if kept.starts and kept.ends and kept.ends <= kept.starts and (kept.until or kept.on) == kept.on:
        return {"ends": _("It cannot end before it begins.")}
    return {}


def _wrong_ties(actor: Actor, made: Activity, kept: Kept) -> dict[str, Any]:
    """The project and the event have to be of the organisation, and the day of a part one of the event's days."""
    wrong: dict[str, Any] = {}
    if kept.project and not Project.objects.filter(pk=kept.project, organisation=made.organisation_id).exists():
        wrong["project"] = STRANGE
    if kept.part_of:
        events = Activity.objects.filter(organisation=made.organisation_id, kind__in=codes.LARGE, part_of=None)
        if kept.part_of != made.part_of_id:
            events = access.visible(actor, "activity.change", events)
        event = events.filter(pk=kept.part_of).first()
        if event is None:
            wrong["part_of"] = STRANGE
        elif not event.on <= kept.on <= (kept.until or kept.on) <= event.until:
            wrong["on"] = _("Choose a day of the event.")
    return wrong


@transaction.atomic
def count(actor: Actor, activity_id: UUID, counts: Mapping[str, Mapping[str, int]], total: int) -> None:
    """How many came, by sex, age and kind; an axis that nobody counted stays empty. In the place of an earlier count."""
    found = find(actor, activity_id, "count")
    if found.on > clock.today():
        raise Conflict(_("This is still to come. Count on its day, or after it."))
    told = {axis: {code: n for code, n in counts.get(axis, {}).items() if n} for axis in codes.AXES}
    wrong = {
        axis: _bad_sum(axis, sum(told[axis].values()), total) for axis in told if told[axis] and sum(told[axis].values()) != total
    }
    if any(code not in codes.AXES[axis].values for axis in told for code in told[axis]):
        raise Invalid({"": STRANGE})
    if not 0 <= total <= MOST or wrong:
        raise Invalid(wrong or {"total": _("Write how many came, for example 48.")})
    found.attendances.all().delete()
    Attendances.objects.bulk_create(
        Attendances(activity=found, axis=axis, code=code, number=n) for axis, said in told.items() for code, n in said.items()
    )
    found.attended = total
    if found.state == codes.ActivityState.PLANNED:
        found.state = codes.ACTIVITY_MOVES["hold"][1]
    found.save(update_fields=["attended", "state"])
    audit.record(actor, "activity.count", found, org=found.organisation_id)


def _bad_sum(axis: str, made: int, total: int) -> Any:
    return _("%(part)s: these make %(sum)s together, but %(total)s came. Count again, or leave all of this part empty.") % {
        "part": codes.Axis(axis).label,
        "sum": made,
        "total": total,
    }


@transaction.atomic
def add(actor: Actor, activity_id: UUID, name: str, said: Mapping[str, Any], sent_id: UUID) -> UUID:
    """A new line of a list. A replay returns the first one's id."""
    found, kept = _list(actor, activity_id, name)
    known = kept.model.objects.filter(sent_id=sent_id).first()
    if known:
        if known.activity_id != found.id:
            raise NotYours
        return known.id
    line: Any = kept.model(id=new_id(), sent_id=sent_id)
    line.activity = found
    _fill(found, line, kept, said)
    line.save(force_insert=True)
    audit.record(actor, "activity.line_add", found, org=found.organisation_id, reason=name)
    return line.id


@transaction.atomic
def mend(actor: Actor, activity_id: UUID, name: str, line_id: UUID, said: Mapping[str, Any]) -> None:
    """Another line in the place of an earlier one."""
    found, kept = _list(actor, activity_id, name)
    line = _line(found, kept, line_id)
    _fill(found, line, kept, said)
    line.save()
    audit.record(actor, "activity.line_change", found, org=found.organisation_id, reason=name)


@transaction.atomic
def remove(actor: Actor, activity_id: UUID, name: str, line_id: UUID) -> None:
    """Take a line out of its list."""
    found, kept = _list(actor, activity_id, name)
    _line(found, kept, line_id).delete()
    audit.record(actor, "activity.line_remove", found, org=found.organisation_id, reason=name)


def _list(actor: Actor, activity_id: UUID, name: str) -> tuple[Activity, List]:
    found = find(actor, activity_id, "fill")
    if name not in lists_of(found.kind):
        raise NotYours
    return found, LISTS[name]


def _line(found: Activity, kept: List, line_id: UUID) -> Any:
    line = kept.model.objects.filter(activity=found, pk=line_id).first()
    if line is None:
        raise NotYours
    return line


def _fill(found: Activity, line: Any, kept: List, said: Mapping[str, Any]) -> None:
    """What a line says, judged by its own table; a member has to be one of the organisation."""
    for name, value in said.items():
        if name in kept.fields:
            setattr(line, f"{name}_id" if name in TIES else name, clean(value) if isinstance(value, str) else value)
    if said.get("member") and not members(found.organisation_id).filter(user=said["member"]).exists():
        raise Invalid({"member": STRANGE})
    try:
        line.full_clean(exclude=["id", "sent_id", "activity", "member"], validate_unique=False, validate_constraints=False)
    except ValidationError as error:
        raise Invalid({name: messages[0] for name, messages in error.message_dict.items()}) from error


def members(organisation: UUID) -> Any:
    """Who works in an organisation now."""
    return Membership.objects.filter(team__organisation=organisation, state=MembershipState.ACTIVE)
