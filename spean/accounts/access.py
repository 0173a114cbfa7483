"""The one decision function: who may do what, to which things. Lists and doors ask the same rule."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.db.models import Case, Model, Q, QuerySet, When

from spean.accounts.enums import EDITORS, Role
from spean.kernel.errors import Conflict, NotAllowed, NotYours
from spean.privacy.keys import KeyRing


@dataclass(frozen=True)
class Seat:
    """One active membership, as plain values."""

    team: UUID
    org: UUID
    role: str
    place_path: str  # a volunteer's village; "" for none
    org_kind: str
    org_path: str  # the place of the organisation, a committee's; "" for none


@dataclass(frozen=True)
class Actor:
    """Who acts: a person with seats and, while unlocked, a ring of keys."""

    id: UUID
    name: str
    seats: tuple[Seat, ...] = ()
    ring: KeyRing | None = field(default=None, compare=False, repr=False)

    @property
    def audit_id(self) -> UUID:
        """What the audit trail writes."""
        return self.id

    def having(self, roles: Iterable[str]) -> tuple[Seat, ...]:
        """The seats with one of `roles`."""
        wanted = frozenset(roles)
        return tuple(s for s in self.seats if s.role in wanted)

    def has(self, *roles: str) -> bool:
        """Whether any seat has one of `roles`."""
        return bool(self.having(roles))

    @property
    def orgs(self) -> frozenset[UUID]:
        """The organisations of all seats."""
        return frozenset(s.org for s in self.seats)


@dataclass(frozen=True)
class Named:
    """An actor that is no person: the public door, or the system itself."""

    audit_id: str
    seats: tuple[Seat, ...] = ()


PUBLIC = Named("public")
SYSTEM = Named("system")

NONE = Q(pk__in=[])
#: what a rule selects; it must not multiply rows, so a join to many is an Exists
Where = Callable[[Actor, tuple[Seat, ...]], Q]


@dataclass(frozen=True)
class Rule:
    """`roles` may do `action` to what `where` selects, in `states` if they are given."""

    action: str
    roles: frozenset[str]
    where: Where
    states: frozenset[str] | None = None


@dataclass(frozen=True)
class Decision:
    """The answer: whether, and the reason in one word for the log."""

    allowed: bool
    reason: str


RULES: dict[str, tuple[Rule, ...]] = {}


def allow(action: str, roles: Iterable[Role], where: Where, states: Iterable[str] | None = None) -> None:
    """Add a rule. Several rules of one action are alternatives; no rule means no."""
    rule = Rule(action, frozenset(roles), where, frozenset(states) if states is not None else None)
    RULES[action] = (*RULES.get(action, ()), rule)


def _scope(actor: Any, action: str, *, with_states: bool) -> Q:
    scope = NONE
    for rule in RULES[action]:
        seats = actor.having(rule.roles) if isinstance(actor, Actor) else ()
        if seats:
            where = rule.where(actor, seats)
            if with_states and rule.states is not None:
                where &= Q(state__in=rule.states)
            scope |= where
    return scope


def visible[M: Model](actor: Any, action: str, things: QuerySet[M]) -> QuerySet[M]:
    """Those of `things` that `actor` may do `action` to."""
    return things.filter(_scope(actor, action, with_states=True))


def decide(actor: Any, action: str, thing: Model) -> Decision:
    """Whether `actor` may do `action` to `thing`, by the very rule that makes the lists."""
    if not isinstance(actor, Actor) or not any(actor.having(r.roles) for r in RULES[action]):
        return Decision(allowed=False, reason="role")
    kind = type(thing)._default_manager.filter(pk=thing.pk)  # noqa: SLF001 - Django's documented name
    if kind.filter(_scope(actor, action, with_states=True)).exists():
        return Decision(allowed=True, reason="rule")
    reached = kind.filter(_scope(actor, action, with_states=False)).exists()
    return Decision(allowed=False, reason="state" if reached else "place")


def verbs(kind: str) -> tuple[str, ...]:
    """Everything that some rule lets somebody do to this kind of thing."""
    return tuple(action.removeprefix(f"{kind}.") for action in RULES if action.startswith(f"{kind}."))


def allowed(actor: Any, kind: str, wanted: Iterable[str], thing: Model) -> frozenset[str]:
    """Those verbs of `wanted` that `actor` may do to `thing`, each by the rule that `decide` asks; one query for all of them.

    Verbs under the same rule are asked about once.
    """
    scopes: dict[Q, list[str]] = {}
    for verb in wanted:
        if may(actor, f"{kind}.{verb}"):
            scopes.setdefault(_scope(actor, f"{kind}.{verb}", with_states=True), []).append(verb)
    if not scopes:
        return frozenset()
    asked = {f"may_{at}": Case(When(scope, then=True), default=False) for at, scope in enumerate(scopes)}
    row = type(thing)._default_manager.filter(pk=thing.pk).values(**asked).first() or {}  # noqa: SLF001 - as in `decide`
    return frozenset(verb for at, same in enumerate(scopes.values()) if row.get(f"may_{at}") for verb in same)


def may(actor: Any, action: str) -> bool:
    """Whether some role of `actor` can ever do `action`: for menus, never for doors."""
    return isinstance(actor, Actor) and any(actor.having(r.roles) for r in RULES[action])


def require(actor: Any, action: str, thing: Model) -> None:
    """Raise the refusal that fits, unless `actor` may do `action` to `thing`."""
    decision = decide(actor, action, thing)
    if not decision.allowed:
        raise {"role": NotAllowed, "state": Conflict}.get(decision.reason, NotYours)


def get[M: Model](actor: Any, see: str, things: QuerySet[M], pk: Any, *, to: str | None = None) -> M:
    """The one of `things` with this key that `actor` may `see`, and may do `to`; missing and forbidden are the same 404."""
    thing = visible(actor, see, things).filter(pk=pk).first()
    if thing is None:
        raise NotYours
    if to is not None:
        require(actor, to, thing)
    return thing


def everything(_actor: Actor, _seats: tuple[Seat, ...]) -> Q:
    """Things that belong to no organisation."""
    return Q(pk__isnull=False)


def nothing_yet(_actor: Actor, _seats: tuple[Seat, ...]) -> Q:
    """For what is made: there is no thing to choose."""
    return NONE


def editor_org(actor: Actor) -> UUID:
    """For which organisation somebody keeps what everybody is told: in whose trail it stands. NotAllowed for others."""
    seats = actor.having(EDITORS)
    if not seats:
        raise NotAllowed
    return seats[0].org


def same_team(field_name: str = "team") -> Where:
    """Things of a team in which the actor has a seat."""
    return lambda _actor, seats: Q(**{f"{field_name}__in": [s.team for s in seats]})


def same_org(field_name: str = "organisation") -> Where:
    """Things of an organisation in which the actor has a seat."""
    return lambda _actor, seats: Q(**{f"{field_name}__in": [s.org for s in seats]})
