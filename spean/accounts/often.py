"""More often than a day allows: one alarm a day in the trail, and on the Today of supervisors and data protection officers."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.db import transaction

from spean.accounts import access
from spean.accounts.access import Actor
from spean.accounts.enums import Role
from spean.accounts.models import User
from spean.accounts.today import Tile
from spean.kernel import clock
from spean.kernel.errors import TooMany
from spean.privacy import audit


def tell(actor: Actor, verb: str, org: UUID, most: int) -> None:
    """Write one alarm a day about this person, in a transaction of its own: what was asked is refused and undone."""
    with transaction.atomic():
        if not audit.count([org], verb, since=clock.midnight(), actor=actor.id):
            audit.record(actor, verb, ("accounts.user", actor.id), org=org, reason=str(most))


def count_search(actor: Actor, verb: str, alarm: str, seals: Mapping[UUID, int], *, most: int, told: Any) -> None:
    """One line for each organisation whose seals a search opens, kept before the first of them is: how many, never the words.

    Beyond `most` searches a day it is TooMany, with `told`, and `alarm` is written.
    """
    own = {s.org for s in actor.having({role for rule in access.RULES[verb] for role in rule.roles})}
    try:
        with transaction.atomic():
            for org in sorted(own | set(seals), key=str):
                audit.record(actor, verb, ("accounts.user", actor.id), org=org, reason=str(seals.get(org, 0)))
                _require_quota(actor, verb, org, most)
    except _Often as too:
        tell(actor, alarm, too.org, most)
        raise TooMany(clock.until_tomorrow(), told % {"n": most}) from None


class _Often(Exception):
    def __init__(self, org: UUID) -> None:
        self.org = org


def _require_quota(actor: Actor, verb: str, org: UUID, most: int) -> None:
    if audit.count([org], verb, since=clock.midnight(), actor=actor.id) > most:
        raise _Often(org)


def tile(actor: Actor, verb: str, name: str, told: Any) -> list[Tile]:
    """Today's alarms of one verb by the names of those they are about, for who looks after them; none where there is none."""
    seats = actor.having([Role.SUPERVISOR, Role.DATA_PROTECTION_OFFICER])
    midnight, orgs = clock.midnight(), {s.org for s in seats}
    if not orgs or not audit.count(orgs, verb, since=midnight):
        return []
    who = {e.actor for org in orgs for e in audit.entries(org, verb=verb, since=midnight)}
    names = ", ".join(User.objects.filter(pk__in=who).order_by("name").values_list("name", flat=True))
    trail = ("desk:trail", f"verb={verb}&day={clock.today().isoformat()}")
    url = trail if actor.has(Role.DATA_PROTECTION_OFFICER) else ("desk:people", "")
    return [Tile(name, f"{told}: {names}", len(who), "urgent", *url)]
