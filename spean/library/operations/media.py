"""Pictures and readings of texts: kept on the disk, put beside a step as a draft, and thrown away when no version names them."""

import time
from copy import deepcopy
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from spean.accounts import access
from spean.accounts.access import Actor
from spean.kernel import clock
from spean.kernel.errors import Invalid, NotAllowed, NotYours
from spean.library import media, mediafiles, texts, wording
from spean.library.models import MediaFile, TextVersion
from spean.library.operations import texts as operations
from spean.library.operations.placing import subjects_by_key
from spean.library.queries.showing import Shelf
from spean.library.queries.texts import start

KILOBYTE = 1024
#: of what the workers made of it: a page on a slow network asks for it
LARGEST = {"picture": 400 * KILOBYTE, "reading": 3000 * KILOBYTE}
TOO_LARGE = {
    "picture": _("This picture stays too large for a telephone. Choose a simpler one."),
    "reading": _("This recording is too large for a telephone. Read it in less than three minutes, or record it in the page."),
}
ORPHANS_WAIT_DAYS, ORPHANS_WAIT_SECONDS = 3, 3600
#: said of a reading in the place of its mark: somebody has just recorded it, or heard it and found it right
NOW = "now"


def keep(actor: Actor, data: bytes, mime: str) -> str:
    """Bytes that a worker made harmless, on the disk and known by their name. Twice is once."""
    if not access.may(actor, "text.write"):
        raise NotAllowed
    kind = "picture" if mime == "image/jpeg" else "reading"
    if len(data) > LARGEST[kind]:
        raise Invalid({"": TOO_LARGE[kind]})
    return note(data, mime)


@transaction.atomic
def note(data: bytes, mime: str) -> str:
    """The file, then its row; chosen again, it is as new."""
    name = mediafiles.name_of(data, mime)
    known = MediaFile.objects.select_for_update().filter(name=name).exists()  # who sweeps it now comes first, or sees it is new
    mediafiles.store(data, mime)
    wide, high = mediafiles.size_of(data) if media.is_picture(name) else (0, 0)
    told = {"size": len(data), "wide": wide, "high": high, "kept_on": clock.today()}
    if known:
        MediaFile.objects.filter(name=name).update(**told)
    else:
        MediaFile.objects.update_or_create(name=name, defaults=told)
    return name


@transaction.atomic
def put(actor: Actor, text_id: UUID, number: int, given: media.Media, sent_id: UUID, *, seen: int | None = None) -> TextVersion:
    """What part `number` has (0 is the page, then its steps), as a draft of the whole text. NOW stands for a mark to be made."""
    begun = start(actor, text_id)
    body = deepcopy(begun.body)
    known: list[Any] = [part for _begin, part, _pairs in texts.parts(begun.kind, body)]
    if not 0 <= number < len(known):
        raise NotYours
    part, pairs = known[number], texts.read_of(begun.kind, number)
    part["media"] = {**given, **_marks(given, part, pairs)}
    try:
        return operations.write(actor, text_id, body, sent_id, seen=begun.seen if seen is None else seen)
    except Invalid as error:  # what is said of this part stands beside its own fields
        begin = f"step-{number - 1}-" if number else ""
        raise Invalid({name.removeprefix(begin): reason for name, reason in error.fields.items()}) from error


def _marks(given: media.Media, part: dict[str, Any], pairs: tuple[str, ...]) -> media.Media:
    """For each reading that was just recorded or confirmed, the mark of what is written."""
    wanted = [code for code in media.LANGUAGES if given.get(f"heard_{code}") == NOW]
    if not wanted:
        return {}
    subject_of = subjects_by_key()
    keys = {key for pair in pairs for code in wanted for key in wording.keys_in(part.get(f"{pair}_{code}", ""))}
    shelf = Shelf.of(subject_of[key] for key in keys if key in subject_of)
    return {f"heard_{code}": media.mark_of(part, pairs, code, shelf) for code in wanted}


@transaction.atomic
def sweep() -> int:
    """Throw away files that no version names, some days after somebody chose them; and what a stop left without a row."""
    before = clock.today() - timedelta(days=ORPHANS_WAIT_DAYS)
    # locked before versions are read: who writes one locks its files too, so either sees the other
    old = set(MediaFile.objects.select_for_update().filter(kept_on__lt=before).values_list("name", flat=True))
    named: set[str] = set()
    if old:
        for kind, body in TextVersion.objects.values_list("text__kind", "body").iterator():
            named.update(media.names_in(part for _begin, part, _pairs in texts.parts(kind, body)))
    swept = old - named
    MediaFile.objects.filter(name__in=swept).delete()
    for name in swept:
        mediafiles.path_of(name).unlink(missing_ok=True)
    return len(swept) + _sweep_disk()


def _sweep_disk() -> int:
    swept = 0
    known = set(MediaFile.objects.values_list("name", flat=True))
    for path in Path(settings.MEDIA_DIR).glob("*/*"):
        if path.name not in known and time.time() - path.stat().st_mtime > ORPHANS_WAIT_SECONDS:
            path.unlink(missing_ok=True)
            swept += 1
    return swept
