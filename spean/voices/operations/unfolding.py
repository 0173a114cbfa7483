"""Envelopes that people's own pages sealed: checked when they come, opened when the team first reads them."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _
from nacl.public import PrivateKey

from spean.accounts.models import Team
from spean.kernel import text
from spean.kernel.errors import Conflict, Unavailable
from spean.privacy import envelopes, keys
from spean.privacy.envelopes import Address
from spean.privacy.keys import KeyRing
from spean.privacy.sealing import BrokenSeal, Context, open_sealed, seal
from spean.voices.contexts import context_of, message_context
from spean.voices.models import Concern, Message

CONTACT = ("phone", "hours", "how")
LONGEST_CONTACT = 200
_OTHER_KEY = _("The team that reads this, or its key, has changed while you wrote. Nothing is lost: press Send again.")


@dataclass(frozen=True)
class Offer:
    """To whom a page may seal: the team, and its certified key."""

    org: UUID
    team: UUID
    key: bytes


@dataclass(frozen=True)
class Words:
    """What somebody wrote, for the moment of a page; `broken` when their envelope does not open."""

    told: str
    contact: Mapping[str, str]
    broken: bool = False


def offer_of(team: Team) -> Offer:
    """The newest certified key of a team; Unavailable when it has none."""
    row = keys.usable_team_key(team.organisation_id, team.id)
    return Offer(team.organisation_id, team.id, bytes(row.public_box))


def offer_if_any(team: Team) -> Offer | None:
    """As `offer_of`; None when nobody could open what is sealed to the team now."""
    try:
        return offer_of(team)
    except Unavailable:
        return None


def fold(blob: bytes, team: Team, sent_id: UUID, cls: str) -> dict[str, Any]:
    """An envelope as it is kept inside the seal; Conflict when it was sealed to another key than the team's own."""
    offer = offer_of(team)
    if not envelopes.parse(blob).is_for(offer.key):
        raise Conflict(_OTHER_KEY)
    return envelopes.kept(blob, Address(cls, offer.org, offer.team, envelopes.mark_of(sent_id)))


def content_of(ring: KeyRing, concern: Concern, key: bytes) -> tuple[dict[str, Any], bool]:
    """What was told in clear, and whether its envelope is broken. Inside an operation only: an opened one is sealed anew."""
    context = context_of(concern)
    content = open_sealed(key, bytes(concern.told), context)
    words = _words(ring, content, context)
    if words is None:
        return content, False
    rest = {name: content[name] for name in ("place", "language")}
    found = {"told": words.told, "contact": dict(words.contact), **rest}
    if not words.broken:
        concern.told = seal(key, found, context)
        concern.save(update_fields=["told"])
    return found, words.broken


def text_of(ring: KeyRing, concern: Concern, key: bytes, message: Message) -> tuple[str, bool]:
    """The words of a message, and whether its envelope is broken; as `content_of`."""
    context = message_context(concern, message.id)
    content = open_sealed(key, bytes(message.said), context)
    words = _words(ring, content, context)
    if words is None:
        return str(content["text"]), False
    if not words.broken:
        message.said = seal(key, {"text": words.told}, context)
        message.save(update_fields=["said"])
    return words.told, words.broken


def unfolded(privates: Callable[[UUID], Iterable[PrivateKey]], content: dict[str, Any], context: Context) -> dict[str, Any]:
    """The content of a sealed record, opened from its envelope if it still is in one, and not sealed anew; or BrokenSeal."""
    if not envelopes.is_kept(content):
        return content
    words = _made_harmless(envelopes.opened_by(privates, content, context.cls))
    return {"told": words.told, "contact": dict(words.contact), "place": content.get("place")}


def unfold(ring: KeyRing, concern: Concern) -> None:
    """Open every envelope of a concern before another team gets it, for they are sealed to this team only."""
    if concern.told:
        content_of(ring, concern, ring.data_key(concern.id))
    thread_key = ring.data_key(concern.thread_id)
    for message in concern.messages.order_by("position"):
        text_of(ring, concern, thread_key, message)


def _words(ring: KeyRing, content: dict[str, Any], context: Context) -> Words | None:
    """What an envelope says, made harmless as the form makes it; None when the content is no envelope."""
    if not envelopes.is_kept(content):
        return None
    try:
        said = envelopes.opened(ring, content, context.cls)
    except BrokenSeal:
        return Words("", {}, broken=True)
    return _made_harmless(said)


def _made_harmless(said: dict[str, Any]) -> Words:
    contact = said.get("contact")
    given = contact if isinstance(contact, dict) else {}
    lines = {name: harmless(given.get(name))[:LONGEST_CONTACT] for name in CONTACT}
    return Words(harmless(said.get("told")), {name: line for name, line in lines.items() if line})


def harmless(given: Any) -> str:
    """Text without half letters, marks that turn its direction, and what cannot be seen."""
    if not isinstance(given, str):
        return ""
    whole = given.encode("utf-8", "ignore").decode("utf-8")
    return text.clean(text.BIDI.sub("", whole))
