"""Room on the disk: files are no longer taken before words are, and words before the system itself has none."""

import shutil
from pathlib import Path

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from spean.kernel.errors import Unavailable

GIGABYTE = 1024**3
#: what stays free: this share of the disk, but of a large disk no more than so many bytes
FILES_SHARE, FILES_BYTES = 0.15, 10 * GIGABYTE
WORDS_SHARE, WORDS_BYTES = 0.03, 2 * GIGABYTE
NO_FILES = _(
    "There is little room left for photos and recordings. Nothing is saved yet. Send your words without the file: words are "
    "still taken."
)
NO_WORDS = _(
    "There is no room left to save anything. Nothing was saved. Try again in an hour. If someone is in danger, call for help."
)


def need(*, files: bool) -> None:
    """Unavailable, with what can be done instead, where the disk is nearly full."""
    if not has_room_for_words():
        raise Unavailable(NO_WORDS)
    if files and not _is_free(FILES_SHARE, FILES_BYTES):
        raise Unavailable(NO_FILES)


def has_room_for_words() -> bool:
    """Whether reports are taken in at all."""
    return _is_free(WORDS_SHARE, WORDS_BYTES)


def has_room_for_files() -> bool:
    """Whether files are taken in with them."""
    return _is_free(FILES_SHARE, FILES_BYTES)


def _is_free(share: float, most: int) -> bool:
    """On the disk of the data and on that of the keystore. What PostgreSQL has elsewhere, it refuses by itself."""
    usages = [shutil.disk_usage(folder) for folder in _folders()]
    return all(usage.free >= min(usage.total * share, most) for usage in usages)


def _folders() -> list[Path]:
    return [folder for folder in (Path(settings.DATA_DIR), Path(settings.KEYSTORE_DIR)) if folder.exists()]
