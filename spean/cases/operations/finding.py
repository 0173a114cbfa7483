"""Search a person among the cases: open the seals that one may open, look, and forget. The trail is written before that.

What is looked for is in no address, log, table or trail, and nothing that was opened outlives the search.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import batched
from typing import NamedTuple
from uuid import UUID

from django.db.models import Count, QuerySet
from django.utils.translation import gettext_lazy as _

from spean.accounts import access, often
from spean.accounts.access import Actor
from spean.cases import naming
from spean.cases.models import Case
from spean.cases.naming import Ear, Found, Known
from spean.kernel import clock
from spean.kernel.errors import Invalid, NotAllowed
from spean.kernel.text import clean, latin_digits
from spean.privacy import audit
from spean.privacy.keys import KeyRing
from spean.privacy.sealing import BrokenSeal, Context, open_sealed
from spean.voices.operations.triage import ring_of

#: seals that one search opens, the cases that moved last first
MOST_SEALS = 10_000
MOST_HITS = 50
A_DAY = 60
SEARCH, OFTEN = "case.search", "case.search_often"
_AT_ONCE = 500
_NUMBER = re.compile(r"c?[\s-]*0*([1-9]\d{0,5})")
_TOO_OFTEN = _(
    "You have searched %(n)d times today. Your supervisor and the data protection officer are told."
    " Tomorrow you can search again."
)


@dataclass(frozen=True)
class Asked:
    """Whom to look for, and among the cases of which place (a path)."""

    text: str
    place: str = ""


@dataclass(frozen=True)
class Outcome:
    """Which cases are this person's, the surest first. `older` when more lie beyond the bound."""

    found: tuple[UUID, ...]
    opened: int = 0
    shut: int = 0  # seals that these keys do not open
    older: bool = False
    more: bool = False  # more were found than are shown


class Sealed(NamedTuple):
    """Who the person of a case is, still sealed; with the fact that a comparison needs."""

    case: UUID
    org: UUID
    sex: str
    blob: bytes


def search(actor: Actor, asked: Asked) -> Outcome:
    """Which of the cases that this actor may open are those of this name, telephone number or number of a case."""
    if not access.may(actor, SEARCH):
        raise NotAllowed
    ring = ring_of(actor)
    named = _number_of(asked.text)
    if named is not None:  # counted: it opens no seal
        return Outcome(tuple(_among(actor, asked).filter(number=named).order_by("id").values_list("pk", flat=True)[:MOST_HITS]))
    wanted = naming.wanted(asked.text)
    if not wanted:
        raise Invalid({"text": _("Write a name, a telephone number or the number of a case.")})
    newest = _among(actor, asked).order_by("-moved_on", "-id")
    chosen, counted = write_down(actor, newest)
    ear, ranked, shut = Ear(wanted), [], 0
    for sealed, known in opened(ring, chosen):
        if known is None:
            shut += 1
        elif rank := ear.rank(known):
            ranked.append((rank, sealed.case))
    ranked.sort(key=lambda hit: hit[0] != Found.AS_WRITTEN)  # else the order stays: what moved last comes first
    found, older = tuple(case for _rank, case in ranked), counted == MOST_SEALS and newest.count() > MOST_SEALS
    return Outcome(found[:MOST_HITS], counted - shut, shut, older, len(found) > MOST_HITS)


def _among(actor: Actor, asked: Asked) -> QuerySet[Case]:
    found = access.visible(actor, SEARCH, Case.objects.exclude(person=b""))
    return found.filter(place__path__startswith=asked.place) if asked.place else found


def _number_of(text: str) -> int | None:
    """The number of a case that somebody typed as C-0012, c12 or ០០១២; a telephone number is longer."""
    said = _NUMBER.fullmatch(latin_digits(clean(text)).casefold())
    return int(said.group(1)) if said else None


def used(actor: Actor) -> int:
    """How many searches of today stand in the trail."""
    return audit.count(actor.orgs, SEARCH, since=clock.midnight(), actor=actor.id)


def write_down(actor: Actor, among: QuerySet[Case], most: int | None = None) -> tuple[QuerySet[Case], int]:
    """Count in the trail the seals that are opened next, no more than `most` of these, or MOST_SEALS: (which, how many).

    TooMany beyond A_DAY searches a day, and supervisors are told.
    """
    chosen = Case.objects.filter(pk__in=among.values("pk")[: most or MOST_SEALS])
    seals = dict(chosen.order_by().values_list("org_id").annotate(number=Count("pk")))
    often.count_search(actor, SEARCH, OFTEN, seals, most=A_DAY, told=_TOO_OFTEN)
    counted = sum(seals.values())
    return among[:counted], counted


def opened(ring: KeyRing, chosen: QuerySet[Case]) -> Iterator[tuple[Sealed, Known | None]]:
    """Each with who the person is, None where these keys do not open it; no more are in memory than are looked at."""
    rows = chosen.values_list("id", "org_id", "sex", "person").iterator(chunk_size=_AT_ONCE)
    for some in batched((Sealed(pk, org, sex, bytes(blob)) for pk, org, sex, blob in rows), _AT_ONCE):
        data_keys = ring.data_keys(sealed.case for sealed in some)
        for sealed in some:
            yield sealed, _known(data_keys.get(sealed.case), sealed)


def _known(key: bytes | None, sealed: Sealed) -> Known | None:
    if key is None:
        return None
    context = Context(sealed.org, sealed.case, sealed.case, "case.person")
    try:
        return Known.of(open_sealed(key, sealed.blob, context))
    except BrokenSeal:
        return None
