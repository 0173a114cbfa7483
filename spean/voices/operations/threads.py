"""The thread of a concern: opened by its receipt number, read, added to. Each message is sealed before it is written."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db import transaction

from spean.accounts.access import PUBLIC
from spean.collect import room
from spean.collect.uploads import CleanFile
from spean.kernel import clock, ids
from spean.kernel.errors import Invalid
from spean.kernel.trouble import told
from spean.privacy import audit
from spean.privacy.sealing import open_sealed, seal
from spean.voices import enums
from spean.voices.contexts import THREAD_MESSAGE, message_context
from spean.voices.models import Concern, Message
from spean.voices.operations import codes, unfolding
from spean.voices.operations.intake import UNSURE, attach, sent_hash


@dataclass(frozen=True)
class OpenThread:
    """A thread opened by its receipt; the key lives as long as the request."""

    concern: Concern
    key: bytes


@transaction.atomic
def open_thread(typed: str) -> OpenThread:
    """Open a thread with its receipt number. A wrong number costs the same time, and says the same, as an unknown one."""
    opened = codes.open_code(typed)
    concern = opened.receipt.concern
    if concern is None:
        raise Invalid({"code": codes.UNKNOWN})
    audit.record(PUBLIC, "concern.thread", concern, org=concern.org_id, day_only=True)
    return OpenThread(concern, opened.ring.data_key(concern.thread_id))


@dataclass(frozen=True)
class ThreadLine:
    """One message as its receipt shows it: the person's own words are not shown again, in case another found the number."""

    from_team: bool
    kind: str
    kind_label: str
    on: date
    text: str


@dataclass(frozen=True)
class ThreadView:
    """What a receipt number shows."""

    state: str
    received_on: date
    lines: tuple[ThreadLine, ...]
    offer: unfolding.Offer | None = None  # to whom the person's page may seal what it adds


@transaction.atomic
def thread_view(typed: str) -> ThreadView:
    """The thread as plain values: the team's words, the days of the person's own."""
    thread = open_thread(typed)
    lines = tuple(_line(thread, message) for message in thread.concern.messages.order_by("position"))
    return ThreadView(thread.concern.state, thread.concern.received_on, lines, unfolding.offer_if_any(thread.concern.team))


def _line(thread: OpenThread, message: Message) -> ThreadLine:
    from_team = message.direction == enums.Direction.TO_REPORTER
    text = text_of(thread.concern, thread.key, message) if from_team else ""
    return ThreadLine(from_team, message.kind, str(enums.MessageKind(message.kind).label), message.on, text)


def add_to_thread(typed: str, text: str, sent_id: UUID, files: Sequence[CleanFile] = (), *, envelope: bytes = b"") -> None:
    """The person adds something, in clear or in an envelope. A replay adds nothing."""
    room.need(files=bool(files))
    with told(UNSURE):
        _add_to_thread(typed, text, sent_id, files, envelope)


@transaction.atomic
def _add_to_thread(typed: str, text: str, sent_id: UUID, files: Sequence[CleanFile], envelope: bytes) -> None:
    thread = open_thread(typed)
    concern = Concern.objects.select_for_update().get(pk=thread.concern.pk)
    if concern.messages.filter(sent_hash=sent_hash(sent_id)).exists():
        return
    folded = unfolding.fold(envelope, concern.team, sent_id, THREAD_MESSAGE) if envelope else None
    say(concern, thread.key, text, sent_id, kind=enums.MessageKind.ADDED, author=None, folded=folded)
    for clean in files:
        attach(concern, thread.key, clean, in_thread=True)
    verb = "insist" if concern.state == enums.ConcernState.SET_ASIDE else "add"
    states, to = enums.CONCERN_MOVES[verb]
    if concern.state in states:
        concern.state = to
    concern.moved_on = clock.today()
    concern.save(update_fields=["state", "moved_on"])
    audit.record(PUBLIC, f"concern.{verb}", concern, org=concern.org_id, day_only=True)


def say(
    concern: Concern,
    key: bytes,
    text: str,
    sent_id: UUID,
    *,
    kind: str,
    author: UUID | None,
    folded: dict[str, Any] | None = None,
) -> Message:
    """Append one sealed message to a thread. Inside an operation only."""
    direction = enums.Direction.TO_REPORTER if author else enums.Direction.FROM_REPORTER
    message = Message(
        id=ids.new_id(),
        concern=concern,
        position=concern.messages.count(),
        direction=direction,
        kind=kind,
        on=clock.today(),
        author_id=author,
        sent_hash=sent_hash(sent_id),
    )
    message.said = seal(key, folded or {"text": text}, message_context(concern, message.id))
    message.save(force_insert=True)
    return message


def text_of(concern: Concern, key: bytes, message: Message) -> str:
    """The words of a message."""
    return str(open_sealed(key, bytes(message.said), message_context(concern, message.id))["text"])
