"""Reads of the audit trail for the data protection officer: who did what to what, and whether the trail is whole."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from uuid import UUID

from django.core.cache import cache

from spean.accounts import access
from spean.accounts.access import Actor
from spean.accounts.enums import Role
from spean.accounts.models import Invitation, Membership, Organisation, Team, User
from spean.kernel import clock
from spean.privacy import audit

PAGE = 50
#: a trail up to this size is verified when its page is opened; a longer one when its reader asks
VERIFIED_AT_ONCE = 2000
_VERDICT_SECONDS = 3600


@dataclass(frozen=True)
class TrailRow:
    """One line of the trail, ready to show."""

    index: int
    at: datetime
    day_only: bool
    who: str
    meaning: str
    kind: str
    subject: str
    name: str
    reason: str


@dataclass(frozen=True)
class Verdict:
    """What the last verification found."""

    at: datetime
    ok: bool
    size: int
    checkpoints: int
    problems: tuple[str, ...]


@dataclass(frozen=True)
class TrailPage:
    """A page of the trail; `older` is where the next page begins."""

    org: UUID
    rows: tuple[TrailRow, ...]
    older: int | None
    verdict: Verdict | None


def organisations(actor: Actor) -> list[tuple[UUID, str]]:
    """(id, name) of those whose trail the actor reads."""
    return [(o.id, o.name) for o in access.visible(actor, "audit.see", Organisation.objects.order_by("name_en"))]


def people(actor: Actor, org: UUID) -> list[tuple[UUID, str]]:
    """(id, name) of everybody who is or was in the organisation."""
    found = access.get(actor, "audit.see", Organisation.objects.all(), org)
    users = User.objects.filter(memberships__team__organisation=found).distinct().order_by("name")
    return [(u.id, u.name) for u in users]


def page(
    actor: Actor,
    org: UUID,
    *,
    verb: str | None = None,
    person: str | None = None,
    subject: UUID | None = None,
    day: date | None = None,
    before: int | None = None,
) -> TrailPage:
    """The newest lines first, of one verb, person, subject or day (in Phnom Penh) if they are given."""
    found = access.get(actor, "audit.see", Organisation.objects.all(), org)
    since = datetime.combine(day, time.min, clock.PHNOM_PENH) if day else None
    until = since + timedelta(days=1) if since else None
    entries = audit.entries(
        found.id, verb=verb, actor=person, subject=subject, before=before, since=since, until=until, limit=PAGE + 1
    )
    shown = entries[:PAGE]
    names = _names(shown)
    return TrailPage(
        org=found.id,
        rows=tuple(_row(e, names) for e in shown),
        older=shown[-1].index if len(entries) > PAGE else None,
        verdict=_last_verdict(found.id),
    )


def verify(actor: Actor, org: UUID) -> Verdict:
    """Recompute the whole tree now."""
    found = access.get(actor, "audit.see", Organisation.objects.all(), org)
    return _verify(found.id)


def _last_verdict(org: UUID) -> Verdict | None:
    known = cache.get(_cache_key(org))
    if known is None:
        newest = audit.entries(org, limit=1)
        if not newest or newest[0].index < VERIFIED_AT_ONCE:
            return _verify(org)
    return known


def _verify(org: UUID) -> Verdict:
    report = audit.verify(org)
    verdict = Verdict(clock.now(), report.ok, report.size, report.checkpoints, tuple(report.problems[:20]))
    cache.set(_cache_key(org), verdict, _VERDICT_SECONDS if verdict.size >= VERIFIED_AT_ONCE else 1)
    return verdict


def _cache_key(org: UUID) -> str:
    return f"trail-verdict-{org}"


def _row(entry: audit.Entry, names: dict[str, str]) -> TrailRow:
    role = str(Role(entry.reason).label) if entry.reason in Role.values else ""
    return TrailRow(
        index=entry.index,
        at=entry.at,
        day_only=entry.at.astimezone(UTC).time() == time.min,
        who=names.get(entry.actor, entry.actor),
        meaning=str(audit.VERBS.get(entry.verb, entry.verb)),
        kind=entry.subject_type,
        subject=entry.subject_id,
        name=names.get(entry.subject_id, ""),
        reason=role or names.get(entry.reason, entry.reason),
    )


def _names(entries: list[audit.Entry]) -> dict[str, str]:
    """The names of the people and teams in these lines, by id, in four queries however many there are."""
    ids = {text for e in entries for text in (e.actor, e.subject_id, e.reason) if len(text) == len(str(UUID(int=0)))}
    names = {str(t.id): t.name for t in Team.objects.filter(pk__in=_of(entries, "accounts.team"))}
    invited = Invitation.objects.filter(pk__in=_of(entries, "accounts.invitation")).select_related("team")
    names |= {str(i.id): f"{i.team.name}: {Role(i.role).label}" for i in invited}
    members = Membership.objects.filter(pk__in=_of(entries, "accounts.membership")).select_related("user")
    names |= {str(m.id): f"{m.user.name}: {Role(m.role).label}" for m in members}
    return names | {str(u.id): u.name for u in User.objects.filter(pk__in=ids)}


def _of(entries: list[audit.Entry], kind: str) -> list[str]:
    return [e.subject_id for e in entries if e.subject_type == kind]
