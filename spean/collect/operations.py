"""Reading what was photographed: taken in, read page by page in turn, and gone. Decision 19 says who holds the key.

No entry of the trail: there is no organisation whose trail it could be, and nothing is kept that somebody could look at.
"""

import base64
import hashlib
import os
import shutil
from collections.abc import Sequence
from datetime import timedelta
from functools import partial
from uuid import UUID

from django.conf import settings
from django.db import IntegrityError, transaction
from django.db.models import F
from django.tasks import default_task_backend
from django.utils.translation import gettext_lazy as _

from spean.collect import pagefiles, pages, room
from spean.collect.models import Reading
from spean.collect.pages import Page, Sent
from spean.kernel import clock
from spean.kernel.errors import Invalid, TooMany
from spean.privacy.derivation import hkdf
from spean.privacy.keystore import keystore
from spean.privacy.sealing import BrokenSeal, open_bytes, seal_bytes

MOST_WAITING = 60  # readings in the queue: more would wait longer than anybody does
MOST_TRIES = 3  # of one page: what ends the worker each time is left unread
TOKEN_BYTES = 16
LATER = _("Very many people are waiting for their photos to be read. Try again in some minutes, or type the text.")


# -- taking in ----------------------------------------------------------------------------------------
def take(sent: Sequence[Sent], sent_id: UUID) -> str:
    """Seal what was sent and put it in the queue; the token for the sender's address, which alone opens the answer.

    Sent twice is once: the same id gives the same token.
    """
    many = sum(each.pages for each in sent)
    if many > settings.PHOTO_PAGES:
        words = _("These are %(n)d pages. We read %(most)d at a time. Send the first ones, then the rest.")
        raise Invalid({"photos": words % {"n": many, "most": settings.PHOTO_PAGES}})
    forget_old()
    token = token_for(sent_id)
    if Reading.objects.filter(locator=locator_of(token)).exists():
        return token
    if Reading.objects.filter(read__lt=F("pages")).count() >= MOST_WAITING:
        raise TooMany(wait=300, message=LATER)
    room.need(files=True)
    _queue(sent, many, token)
    return token


def _queue(sent: Sequence[Sent], many: int, token: str) -> None:
    from spean.collect import tasks

    row, key = Reading(), os.urandom(32)
    row.locator, row.files, row.pages = locator_of(token), [[each.kind, each.pages] for each in sent], many
    row.queued_at = clock.now()
    row.until = row.queued_at + timedelta(minutes=settings.PHOTO_MINUTES)
    row.for_sender = seal_bytes(_sender_key(token), key, _aad(row.id))
    row.for_worker = seal_bytes(_worker_key(row.id, keystore().put_token(row.id)), key, _aad(row.id))
    try:
        for number, each in enumerate(sent):
            pagefiles.store(row.id, key, "sent", number, each.data)
        with transaction.atomic():
            row.save(force_insert=True)
            tasks.read_page.enqueue(str(row.id))
            if default_task_backend.supports_defer:
                tasks.forget.using(run_after=row.until).enqueue(str(row.id))
    except IntegrityError:  # the same was sent twice at once: the other one is it
        _drop(row.id)
    except BaseException:
        _drop(row.id)
        raise


# -- reading ------------------------------------------------------------------------------------------
def read_next(reading: UUID) -> None:
    """Read the next page and go to the end of the queue; with the last page the worker's key is destroyed."""
    row = _claimed(reading)
    if row is None:
        return
    entry = keystore().token(row.id)
    if entry is None:  # the answer is gone
        return
    key = open_bytes(_worker_key(row.id, entry), bytes(row.for_worker), _aad(row.id))
    file, number = _where(row.files, row.read)
    page, picture = Page(trouble="damaged"), b""
    if row.tries <= MOST_TRIES:
        page, picture = pages.read(pagefiles.fetch(row.id, key, "sent", file), row.files[file][0], number)
    if not Reading.objects.filter(pk=row.id).exists():  # ended by its sender while it was read
        return
    pagefiles.store(row.id, key, "shown", row.read, picture)
    pagefiles.store_page(row.id, key, row.read, page)
    _went_on(row)


def _claimed(reading: UUID) -> Reading | None:
    Reading.objects.filter(pk=reading, read__lt=F("pages")).update(tries=F("tries") + 1)
    return Reading.objects.filter(pk=reading, read__lt=F("pages"), until__gt=clock.now()).first()


@transaction.atomic
def _went_on(row: Reading) -> None:
    from spean.collect import tasks

    done = row.read + 1
    moved = Reading.objects.filter(pk=row.id, read=row.read).update(read=done, tries=0, queued_at=clock.now())
    if not moved:  # another worker was faster, or it is gone
        return
    last = sum(n for _kind, n in row.files[: _where(row.files, row.read)[0] + 1]) == done
    if last:
        transaction.on_commit(partial(pagefiles.drop, row.id, "sent", _where(row.files, row.read)[0]))
    if done < row.pages:
        tasks.read_page.enqueue(str(row.id))
    else:
        Reading.objects.filter(pk=row.id).update(for_worker=b"")
        transaction.on_commit(partial(keystore().drop_token, row.id))


def _where(files: Sequence[Sequence[object]], page: int) -> tuple[int, int]:
    """(file, page of it) of a page of the whole."""
    for number, (_kind, many) in enumerate(files):
        if page < int(str(many)):
            return number, page
        page -= int(str(many))
    raise ValueError("no such page")


# -- opening and ending -------------------------------------------------------------------------------
def key_of(row: Reading, token: str) -> bytes | None:
    """What opens the answer, with the token of its address; None with another one."""
    try:
        return open_bytes(_sender_key(token), bytes(row.for_sender), _aad(row.id))
    except BrokenSeal:
        return None


def end(reading: UUID) -> None:
    """Everything goes: the row, the files, the keys."""
    Reading.objects.filter(pk=reading).delete()
    _drop(reading)


def forget_old() -> int:
    """End what is older than it may be, and what a stop left behind; returns how many."""
    over = list(Reading.objects.filter(until__lte=clock.now()).values_list("pk", flat=True))
    for reading in over:
        end(reading)
    known = {str(pk) for pk in Reading.objects.values_list("pk", flat=True)}
    left = pagefiles.orphans(known)
    for path in left:
        shutil.rmtree(path, ignore_errors=True)
    return len(over) + len(left)


def _drop(reading: UUID) -> None:
    keystore().drop_token(reading)
    pagefiles.drop_all(reading)


# -- keys ---------------------------------------------------------------------------------------------
def token_for(sent_id: UUID) -> str:
    """22 letters, the same each time for the same id; who does not have the pepper cannot make them."""
    made = hkdf(keystore().pepper(), f"reading-token-v1|{sent_id}".encode())[:TOKEN_BYTES]
    return base64.urlsafe_b64encode(made).rstrip(b"=").decode("ascii")


def locator_of(token: str) -> str:
    """What finds the row, and opens nothing."""
    return hashlib.sha256(b"reading-locator-v1|" + token.encode("utf-8", "replace")).hexdigest()


def _sender_key(token: str) -> bytes:
    return hkdf(token.encode("utf-8", "replace"), b"reading-sender-v1")


def _worker_key(reading: UUID, lent: bytes) -> bytes:
    return hkdf(lent, f"reading-worker-v1|{reading}".encode(), keystore().pepper())


def _aad(reading: UUID) -> bytes:
    return f"rd1|{reading}".encode()
