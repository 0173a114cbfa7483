"""The sender's side: lay a packet, take it away. Who laid it cannot open it: it has no wrap but the code's."""

import base64
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from hashlib import sha256
from typing import Any
from uuid import UUID

from django.db import transaction

from spean.handed.enums import PACKET_MOVES, PacketState
from spean.handed.models import Packet
from spean.kernel import clock, ids
from spean.privacy import keys, receipts
from spean.privacy.derivation import hkdf
from spean.privacy.keystore import keystore
from spean.privacy.receipts import SECRET_DIGITS, Code, ReceiptKeys
from spean.privacy.sealing import Context, seal


@dataclass(frozen=True)
class Laid:
    """What the sender is shown, once: the link goes by whatever way, the code by telephone."""

    link: str = field(repr=False)
    code: str = field(repr=False)


def signs(sent_id: UUID) -> Laid:
    """The link and the code for what was sent, the same each time. Who has the pepper and the id can make them: keep no id."""

    def made(label: str) -> bytes:
        return hkdf(keystore().pepper(), f"handed-{label}-v1|{sent_id}".encode())

    secret = f"{int.from_bytes(made('code')) % 10**SECRET_DIGITS:0{SECRET_DIGITS}d}"
    return Laid(base64.urlsafe_b64encode(made("link")).decode().rstrip("="), ids.with_check_digit(secret))


def locator(link: str) -> str:
    """What is kept of a link."""
    return sha256(link.encode("utf-8", "replace")).hexdigest()


def context(packet: Packet) -> Context:
    """What the words of a packet are bound to."""
    return Context(org=packet.org_id, subject=packet.id, record=packet.id, cls="handed.packet")


@transaction.atomic
def lay(pk: UUID, org: UUID, content: Mapping[str, Any], until: date, sent_id: UUID) -> Laid:
    """Seal `content` under a key that only the code opens. A replay gives the same link and code."""
    made = signs(sent_id)
    where = locator(made.link)
    if Packet.objects.filter(pk=pk, locator=where).exists():
        return made
    given = receipts.seal_receipt(Code(where, made.code[:-1]))
    packet = Packet(id=pk, org_id=org, laid_on=clock.today(), until=until, **_kept(given))
    key = keys.new_subject(pk, org=org, teams=[], receipt_key=given.public_key)
    packet.said = seal(key, dict(content), context(packet))
    packet.save(force_insert=True)
    return made


def _kept(given: ReceiptKeys) -> dict[str, str]:
    parts = {name: getattr(given, name).hex() for name in ("salt", "verifier", "public_key", "sealed_private")}
    return {"locator": given.locator, **parts}


@transaction.atomic
def stop(pk: UUID, move: str) -> None:
    """`call_back` or `end` it: from this moment no code opens it. What is not there, or has ended, stays as it is."""
    packet = Packet.objects.select_for_update().filter(pk=pk).first()
    leaves, to = PACKET_MOVES[move]
    if packet is None or packet.state not in leaves:
        return
    packet.state = PacketState(to)
    close(packet)


def close(packet: Packet) -> None:
    """Nothing of it opens again, in no backup: the words go now, the key with the transaction. Inside an operation only."""
    packet.said = b""
    packet.save()
    keys.erase_subject(packet.id)


@transaction.atomic
def forget(pk: UUID) -> None:
    """The thing for which it was laid is erased: no trace of it stays."""
    Packet.objects.filter(pk=pk).delete()
    keys.erase_subject(pk)
