"""Search what people told: open the seals that one may open, look, and forget. The trail is written and kept before that.

What is looked for is in no address, log, table or trail, and nothing that was opened outlives the search.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import batched
from typing import Any, NamedTuple
from uuid import UUID

from django.db.models import Count, QuerySet
from django.utils.translation import gettext_lazy as _
from nacl.public import PrivateKey

from spean.accounts import access, often
from spean.accounts.access import Actor
from spean.kernel.errors import Invalid, NotAllowed
from spean.privacy.keys import KeyRing
from spean.privacy.sealing import BrokenSeal, Context, open_sealed
from spean.voices import matching
from spean.voices.contexts import THREAD_MESSAGE
from spean.voices.models import Concern, Message
from spean.voices.operations import unfolding
from spean.voices.operations.triage import ring_of

#: seals that one search opens; of concerns alone, or of fewer concerns and of their messages
MOST_SEALS = 10_000
MOST_WITH_MESSAGES = 3_000
MOST_HITS = 50
A_DAY = 60
_AT_ONCE = 500
_READ = ("told", "text", "contact", "place")
SEARCH, OFTEN = "concern.search", "concern.search_often"
_TOO_OFTEN = _(
    "You have searched %(n)d times today. Your supervisor and the data protection officer are told."
    " Tomorrow you can search again."
)


@dataclass(frozen=True)
class Asked:
    """What to look for, and among which concerns: of a place, of a time, with their messages."""

    text: str
    place: str = ""  # a path
    since: date | None = None
    until: date | None = None
    messages: bool = False


@dataclass(frozen=True)
class Outcome:
    """Which concerns have it, the newest first, and how much was opened. `older` when more lie beyond the bound."""

    found: tuple[UUID, ...]
    opened: int
    shut: int  # seals that these keys do not open
    older: bool
    more: bool  # more were found than are shown


class _Sealed(NamedTuple):
    """One seal: whose it is, its context and its content."""

    concern: UUID
    subject: UUID
    context: Context
    blob: bytes


class _Header(NamedTuple):
    """One concern: its thread, its organisation, its own seal."""

    thread: UUID
    org: UUID
    sealed: _Sealed


def search(actor: Actor, asked: Asked) -> Outcome:
    """Which of the concerns that this actor may open have every word and number of the text."""
    if not access.may(actor, SEARCH):
        raise NotAllowed
    ring = ring_of(actor)
    wanted = matching.wanted(asked.text)
    if not wanted:
        raise Invalid({"text": _("Write a name, a telephone number or a word.")})
    most = MOST_WITH_MESSAGES if asked.messages else MOST_SEALS
    newest = _among(actor, asked).order_by("-received_on", "-id")[: most + 1]
    counted = _write_down(actor, newest[:most], messages=asked.messages)
    older = counted == most and newest.count() > most
    return _look(ring, newest[: min(counted, most)], wanted, messages=asked.messages, older=older)


def _among(actor: Actor, asked: Asked) -> QuerySet[Concern]:
    found = access.visible(actor, SEARCH, Concern.objects.exclude(told=b""))
    if asked.place:
        found = found.filter(place__path__startswith=asked.place)
    if asked.since:
        found = found.filter(received_on__gte=asked.since)
    if asked.until:
        found = found.filter(received_on__lte=asked.until)
    return found


def _write_down(actor: Actor, chosen: QuerySet[Concern], *, messages: bool) -> int:
    """One line for each organisation whose seals are opened, kept before the first of them is: how many, never the words.

    Returns how many concerns were counted: no more are opened.
    """
    concerns = _by_org(Concern.objects.filter(pk__in=chosen.values("pk")), "team__organisation")
    said = Message.objects.filter(concern__in=chosen.values("pk")) if messages else Message.objects.none()
    seals = _by_org(said, "concern__team__organisation")
    opened = {org: concerns.get(org, 0) + seals.get(org, 0) for org in {*concerns, *seals}}
    often.count_search(actor, SEARCH, OFTEN, opened, most=A_DAY, told=_TOO_OFTEN)
    return sum(concerns.values())


def _by_org(rows: QuerySet[Any], org: str) -> dict[UUID, int]:
    return dict(rows.order_by().values_list(org).annotate(number=Count("pk")))


# -- opening ---------------------------------------------------------------------------------------------
def _look(ring: KeyRing, chosen: QuerySet[Concern], wanted: matching.Wanted, *, messages: bool, older: bool) -> Outcome:
    privates: dict[UUID, list[PrivateKey]] = {}
    for (team, _epoch), secret in ring.team_secrets().items():
        privates.setdefault(team, []).append(secret.private)
    found: list[UUID] = []
    opened = shut = 0
    for some in batched(_headers(chosen), _AT_ONCE):
        said, closed = _texts(ring, privates, [h.sealed for h in some] + (_messages(some) if messages else []))
        opened, shut = opened + len(said), shut + closed
        by_concern: dict[UUID, list[str]] = {}
        for concern, text in said:
            by_concern.setdefault(concern, []).append(text)
        texts = ((h.sealed.concern, by_concern.get(h.sealed.concern)) for h in some)
        found += [concern for concern, lines in texts if lines and matching.says("\n".join(lines), wanted)]
    return Outcome(tuple(found[:MOST_HITS]), opened, shut, older, len(found) > MOST_HITS)


def _headers(chosen: QuerySet[Concern]) -> Iterator[_Header]:
    """The concerns in their order, asked by the rule once; no more of them are in memory than are looked at."""
    for pk, thread, org, told in chosen.values_list("id", "thread_id", "org_id", "told").iterator(chunk_size=_AT_ONCE):
        yield _Header(thread, org, _Sealed(pk, pk, Context(org, pk, pk, "concern.told"), bytes(told)))


def _messages(some: Sequence[_Header]) -> list[_Sealed]:
    of = {h.sealed.concern: h for h in some}
    rows = Message.objects.filter(concern__in=of).order_by().values_list("id", "concern", "said")
    return [
        _Sealed(concern, of[concern].thread, Context(of[concern].org, of[concern].thread, pk, THREAD_MESSAGE), bytes(said))
        for pk, concern, said in rows
    ]


def _texts(ring: KeyRing, privates: dict[UUID, list[PrivateKey]], seals: list[_Sealed]) -> tuple[list[tuple[UUID, str]], int]:
    """(concern, what it says) of each seal that opens, and how many do not."""
    data_keys, said, shut = ring.data_keys(dict.fromkeys(s.subject for s in seals)), [], 0
    for sealed in seals:
        key = data_keys.get(sealed.subject)
        if key is None:
            shut += 1
            continue
        try:
            content = open_sealed(key, sealed.blob, sealed.context)
            content = unfolding.unfolded(lambda team: privates.get(team, ()), content, sealed.context)
        except BrokenSeal:
            shut += 1
            continue
        said.append((sealed.concern, "\n".join(_strings(content))))
    return said, shut


def _strings(content: dict[str, Any]) -> Iterator[str]:
    """What was told or written, how to reach the person, and the village."""
    for name in _READ:
        value = content.get(name)
        yield from (v for v in (value.values() if isinstance(value, dict) else [value]) if isinstance(v, str))
