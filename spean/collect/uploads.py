"""Uploads, made harmless: size, magic bytes, allow-list, then a bounded parse and a re-encoding in a process of its own.

Nothing that somebody sent is kept as it came: a photo is drawn anew, a recording's sound is packed anew, both without
any tag. Nothing is written to a disk on the way.
"""

import os
import signal
import subprocess
import sys
import threading
from dataclasses import dataclass
from pathlib import Path

from django.core.files.uploadedfile import UploadedFile
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

import spean
from spean.collect.worker import IMAGES, LONGEST_EDGE
from spean.kernel.errors import Invalid, Unavailable

MEGABYTE = 1024 * 1024
LARGEST = 10 * MEGABYTE
WALL_SECONDS = 10
AT_ONCE, QUEUE_SECONDS = 2, 15
_workers = threading.BoundedSemaphore(AT_ONCE)
_WORKER = "spean.collect.worker"
_ROOT = Path(spean.__file__).resolve().parent.parent

#: what the worker answers when it refuses -> what the person reads
REASONS: dict[str, Promise] = {
    "kind": _(
        "We take photos (JPEG, PNG, WebP) and sound recordings (M4A, MP3, OGG, WebM, WAV, AMR). This is another kind of file."
    ),
    "empty": _("This file is empty. Choose it again, or send without it."),
    "large": _("This file is larger than 10 MB. Choose a smaller photo or a shorter recording."),
    "pixels": _("This photo has too many pixels. Choose a smaller one, or send a screenshot of it."),
    "long": _("This recording is longer than 10 minutes. Send a shorter one."),
    "silent": _("There is no sound in this file that we can read. Choose another recording."),
    "damaged": _("This file is damaged or not complete. Choose it again, or choose another one."),
    "cut": _(
        "The check of this file was cut short. Nothing is saved yet. Press Send again, or send your words without the file."
    ),
    "slow": _("This file takes too long to check. Choose a smaller photo or a shorter recording."),
}


@dataclass(frozen=True)
class CleanFile:
    """A file made anew: `kind` is "image" or "audio". The name it came with is gone."""

    kind: str
    mime: str
    data: bytes


def clean(upload: UploadedFile, *, edge: int = LONGEST_EDGE) -> CleanFile:
    """The upload, made harmless, a photo at most `edge` wide and high; Invalid when it is no photo and no recording."""
    if (upload.size or 0) > LARGEST:
        raise _refused("large")
    data = upload.read(LARGEST + 1)
    if len(data) > LARGEST:
        raise _refused("large")
    if not data:
        raise _refused("empty")
    container = container_of(data)
    if container is None:
        raise _refused("kind")
    mime, made = _in_a_worker(f"{container}:{edge}" if container in IMAGES else container, data)
    return CleanFile(mime.partition("/")[0], mime, made)


def container_of(data: bytes) -> str | None:
    """What the first bytes say it is; None for all that we do not take. The name and the declared type count for nothing."""
    head = data[:64]
    if head[:4] == b"RIFF":
        return {b"WEBP": "webp", b"WAVE": "wav"}.get(head[8:12])
    if head[4:8] == b"ftyp":
        return None if head[8:12] in {b"heic", b"heix", b"mif1", b"msf1", b"avif", b"avis"} else "mp4"
    for magic, container in _MAGIC:
        if head.startswith(magic):
            return container
    if head[:1] == b"\xff" and len(head) > 1 and head[1] & _LAYER_BITS == _LAYER_III:
        return "mp3"
    return None


#: in the second byte of a frame of MPEG audio: the sync, and layer III
_LAYER_BITS, _LAYER_III = 0xE6, 0xE2
_MAGIC = (
    (b"\xff\xd8\xff", "jpeg"),
    (b"\x89PNG\r\n\x1a\n", "png"),
    (b"OggS", "ogg"),
    (b"\x1aE\xdf\xa3", "webm"),
    (b"ID3", "mp3"),
    (b"#!AMR", "amr"),
)


def _in_a_worker(order: str, data: bytes) -> tuple[str, bytes]:
    """(MIME type, bytes) as the worker made them."""
    verdict, word, made = ask_worker(_WORKER, order, data)
    if verdict == "made" and made:
        return word, made
    raise _refused(word if verdict == "refused" and word in REASONS else "damaged")


def ask_worker(module: str, word: str, data: bytes, *, seconds: int = WALL_SECONDS) -> tuple[str, str, bytes]:
    """(verdict, word, bytes) that a process of its own says of foreign bytes. It shares nothing with this one but two pipes."""
    if not _workers.acquire(timeout=QUEUE_SECONDS):
        raise Unavailable
    try:
        done = subprocess.run(  # noqa: S603 - our own module, a word of our own, no shell
            [sys.executable, "-m", module, word],
            input=data,
            capture_output=True,
            timeout=seconds,
            check=False,
            env={"PYTHONPATH": str(_ROOT), "PATH": os.environ.get("PATH", ""), "PYTHONDONTWRITEBYTECODE": "1"},
        )
    except subprocess.TimeoutExpired:
        return "refused", "slow", b""
    finally:
        _workers.release()
    if done.returncode == -signal.SIGKILL:  # by the system, for want of memory or of time: that says nothing about the file
        return "refused", "cut", b""
    if done.returncode != 0:
        return "refused", "damaged", b""
    answer, _newline, made = done.stdout.partition(b"\n")
    verdict, _space, said = answer.decode("ascii", "replace").partition(" ")
    return verdict, said, made


def _refused(reason: str) -> Invalid:
    return Invalid({"files": REASONS[reason]})
