"""The public door's side: open a packet with its link and code, once; then answer by code until its day.

A link that is nobody's, a wrong code and a packet that is gone say the same. Each try is counted before the code is looked at, so
that many at once are no more tries than one after another.
"""

from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext_lazy as _

from spean.handed.enums import CODES, LIVE, PACKET_MOVES, PacketState
from spean.handed.models import Packet
from spean.handed.operations.laying import close, context, locator
from spean.handed.signals import packet_moves
from spean.kernel import clock, ids
from spean.kernel.errors import Conflict, Invalid
from spean.privacy import receipts
from spean.privacy.keys import ReceiptRing
from spean.privacy.receipts import SECRET_DIGITS, Code, ReceiptKeys
from spean.privacy.sealing import open_sealed

MOST_TRIES = 5
INCOMPLETE = _("This code is not complete, or a digit is wrong. A code has 18 digits.")
UNKNOWN = _("This link and this code do not belong together, or what was here has ended. Telephone who sent it.")


@dataclass(frozen=True)
class Stands:
    """What who knows the code is shown: the words, the one time; after that, only how it stands."""

    state: str
    until: date
    opened_on: date | None
    answered_on: date | None
    content: dict[str, Any] | None = field(default=None, repr=False)


def open_once(link: str, typed: str) -> Stands:
    """Open it. Who comes again sees that it was opened, and no more. Invalid for every link and code that do not fit."""
    pk, ring = _tried(link, typed)
    if _now(pk).state != PacketState.WAITING:
        return _stands(_now(pk))
    with transaction.atomic():
        packet = _moved(pk, "open")
        content = open_sealed(ring.data_key(packet.id), bytes(packet.said), context(packet))
        packet.opened_on = clock.today()
        close(packet)
        return _stands(packet, content)


def answer(link: str, typed: str, move: str, code: str = "") -> Stands:
    """Say that they serve, that they cannot, or what came of it. The same said twice is once."""
    book = CODES.get(move, ())
    if move not in CODES or (book is not None and code not in book):
        raise Invalid
    pk, _ring = _tried(link, typed)
    if _now(pk).state == PACKET_MOVES[move][1]:
        return _stands(_now(pk))
    with transaction.atomic():
        packet = _moved(pk, move, code if book is not None else "")
        packet.answered_on = clock.today()
        packet.save()
        return _stands(packet)


def _tried(link: str, typed: str) -> tuple[UUID, ReceiptRing]:
    """The packet that this link and code open; the fifth wrong code since the last right one closes it."""
    digits, where = ids.only_digits(typed), locator(link)
    if len(digits) != SECRET_DIGITS + 1 or not ids.has_good_check_digit(digits):
        raise Invalid({"code": INCOMPLETE})
    code, row = Code(where, digits[:-1]), Packet.objects.filter(locator=where).first()
    counted = Packet.objects.filter(locator=where, tries__lt=MOST_TRIES).update(tries=F("tries") + 1)
    ring = receipts.open_receipt(code, _stored(row) if row and counted else receipts.decoy_row(where))
    if ring is None or row is None:
        _missed(row)
        raise Invalid({"code": UNKNOWN})
    Packet.objects.filter(pk=row.pk).update(tries=0)
    return row.pk, ring


def _missed(row: Packet | None) -> None:
    spent = {"tries__gte": MOST_TRIES, "state__in": LIVE, "until__gte": clock.today()}
    if row is None or not Packet.objects.filter(pk=row.pk, **spent).exists():
        return
    with suppress(Conflict), transaction.atomic():  # another try was faster
        close(_moved(row.pk, "shut"))


def _moved(pk: UUID, move: str, code: str = "") -> Packet:
    """The packet, locked after whatever its sender locks, in its next state. The caller saves."""
    packet_moves.send(sender=Packet, packet=pk, move=move, code=code)
    packet = Packet.objects.select_for_update().filter(pk=pk).first()
    leaves, to = PACKET_MOVES[move]
    if packet is None or packet.state not in leaves or packet.until < clock.today():
        raise Conflict
    packet.state = PacketState(to)
    return packet


def _now(pk: UUID) -> Packet:
    packet = Packet.objects.filter(pk=pk).first()
    if packet is None:  # erased between two looks
        raise Invalid({"code": UNKNOWN})
    if packet.state in LIVE and packet.until < clock.today():  # the daily round has not come by yet
        packet.state = PacketState.OVER
    return packet


def _stands(packet: Packet, content: dict[str, Any] | None = None) -> Stands:
    return Stands(packet.state, packet.until, packet.opened_on, packet.answered_on, content)


def _stored(row: Packet) -> ReceiptKeys:
    parts = (bytes.fromhex(text) for text in (row.salt, row.verifier, row.public_key, row.sealed_private))
    return ReceiptKeys(row.locator, *parts)
