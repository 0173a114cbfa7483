"""What a sender sees of a reading: its place in the queue, how far it is, the pages that are read."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple
from uuid import UUID

from django.db.models import F

from spean.collect import operations, pagefiles
from spean.collect.models import Reading
from spean.collect.pages import Page
from spean.collect.uploads import CleanFile
from spean.kernel import clock
from spean.kernel.errors import NotYours
from spean.privacy.sealing import BrokenSeal


@dataclass(frozen=True)
class Progress:
    """How far it is."""

    id: UUID
    pages: int
    read: int
    place: int  # in the queue; 1 is who is read next or at this moment
    minutes: int  # until it is deleted

    @property
    def is_done(self) -> bool:
        """Whether every page is read."""
        return self.read == self.pages


class Sheet(NamedTuple):
    """A page that was read and has a picture, and the picture's size."""

    number: int
    wide: int
    high: int


def progress(token: str) -> Progress:
    """Of the reading that this token opens; NotYours where there is none, or no more."""
    row, _key = _opened(token)
    before = Reading.objects.filter(read__lt=F("pages"), queued_at__lt=row.queued_at).count() if row.read < row.pages else 0
    left = (row.until - clock.now()).total_seconds()
    return Progress(row.id, row.pages, row.read, before + 1, max(1, round(left / 60)))


def read_pages(token: str) -> list[Page]:
    """The pages that are read, in their order."""
    row, key = _opened(token)
    try:
        return [pagefiles.fetch_page(row.id, key, number) for number in range(row.read)]
    except BrokenSeal:
        raise NotYours from None


def picture(token: str, number: int) -> bytes:
    """A page upright, as JPEG."""
    row, key = _opened(token)
    try:
        made = pagefiles.fetch(row.id, key, "shown", number) if number < row.read else b""
    except BrokenSeal:
        raise NotYours from None
    if not made:
        raise NotYours
    return made


def sheets(token: str) -> list[Sheet]:
    """Of which pages there is a picture."""
    return [Sheet(number, page.wide, page.high) for number, page in enumerate(read_pages(token)) if page.wide]


def pictures(token: str, numbers: Iterable[int]) -> list[CleanFile]:
    """Pages upright, as files that can be sealed elsewhere: the reader has drawn each anew, without any tag."""
    return [CleanFile("image", "image/jpeg", picture(token, number)) for number in numbers]


def _opened(token: str) -> tuple[Reading, bytes]:
    row = Reading.objects.filter(locator=operations.locator_of(token), until__gt=clock.now()).first()
    key = operations.key_of(row, token) if row else None
    if row is None or key is None:
        raise NotYours
    return row, key
