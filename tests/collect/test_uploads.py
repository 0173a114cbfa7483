"""Photos lose their tags, recordings theirs; everything that is neither is refused with its reason."""

import io

import av
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from spean.collect.uploads import REASONS, CleanFile, clean, container_of
from spean.kernel.errors import Invalid
from tests.collect import files

MARKS = (files.GPS_MARK.encode(), files.NAME_MARK.encode(), b"Exif", b"GPS", b"xmpmeta", b"PK\x03\x04", b"<script")


def cleaned(data: bytes, name: str = "photo.jpg", mime: str = "image/jpeg") -> CleanFile:
    return clean(SimpleUploadedFile(name, data, mime))


def reason(data: bytes, name: str = "photo.jpg") -> str:
    with pytest.raises(Invalid) as refused:
        cleaned(data, name)
    return next(word for word, text in REASONS.items() if text is refused.value.fields["files"])


def opened(found: CleanFile) -> Image.Image:
    image = Image.open(io.BytesIO(found.data))
    image.load()
    return image


@pytest.mark.parametrize("make", [files.tagged_jpeg, files.tagged_png, lambda: files.picture("WEBP", exif=files.exif())])
def test_a_photo_keeps_its_picture_and_loses_every_tag(make):
    found = cleaned(make())
    image = opened(found)
    assert (found.kind, found.mime, image.format) == ("image", "image/jpeg", "JPEG")
    assert dict(image.getexif()) == {}
    assert set(image.info) <= {"jfif", "jfif_version", "jfif_unit", "jfif_density"}
    assert [mark for mark in MARKS if mark in found.data] == []


def test_a_photo_taken_sideways_stands_upright():
    image = opened(cleaned(files.tagged_jpeg()))
    assert image.size == (400, 640)
    top, bottom = image.getpixel((200, 100)), image.getpixel((200, 600))
    assert (top[0] > 200, top[2] < 50) == (True, True)
    assert (bottom[2] > 200, bottom[0] < 50) == (True, True)


def test_a_large_photo_becomes_small_enough():
    assert max(opened(cleaned(files.picture("JPEG", (5200, 3900)))).size) == 2000


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGBA", "I;16", "CMYK"])
def test_every_kind_of_pixel_is_drawn(mode):
    out = io.BytesIO()
    Image.new(mode, (50, 50)).save(out, "JPEG" if mode == "CMYK" else "PNG")
    assert opened(cleaned(out.getvalue())).size == (50, 50)


def test_what_hides_behind_a_photo_vanishes():
    found = cleaned(files.tagged_jpeg() + files.archive())
    assert [mark for mark in MARKS if mark in found.data] == []


def test_the_name_and_the_declared_type_count_for_nothing():
    assert cleaned(files.picture("PNG"), "voice.mp3", "audio/mpeg").kind == "image"


HOSTILE = {
    "svg": (b'<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>', "kind"),
    "html": (b"<!doctype html><script>alert(1)</script>", "kind"),
    "pdf": (b"%PDF-1.7\n1 0 obj<</OpenAction 2 0 R>>", "kind"),
    "zip": (files.archive(), "kind"),
    "office": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "kind"),
    "gif": (b"GIF89a" + b"\xff\xff\xff\xff" + bytes(100), "kind"),
    "heic": (b"\0\0\0\x18ftypheic" + bytes(50), "kind"),
    "tiff": (b"II*\0" + bytes(100), "kind"),
    "text": (b"X5O!P%@AP[4\\PZX54(P^)7CC)7}$EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*", "kind"),
    "program": (b"\x7fELF" + bytes(100), "kind"),
    "playlist": (b"#EXTM3U\n#EXTINF:1,\nfile:///etc/passwd\n", "kind"),
    "empty": (b"", "empty"),
    "one byte": (b"\xff", "kind"),
    "cut": (files.picture("JPEG")[:900], "damaged"),
    "cut png": (files.picture("PNG")[:300], "damaged"),
    "only magic": (b"\x89PNG\r\n\x1a\n", "damaged"),
    "jpeg magic before a page": (b"\xff\xd8\xff<html><script>alert(1)</script>", "damaged"),
    "enormous header": (files.png_of(50_000, 50_000), "pixels"),
    "just too many": (files.png_of(8_000, 5_001), "pixels"),
    "text that unfolds": (files.png_text_bomb(), "damaged"),
    "flac under an id3 tag": (b"ID3\x04\0\0\0\0\0\0" + b"fLaC" + bytes(200), "damaged"),
    "ogg of nothing": (b"OggS" + bytes(300), "damaged"),
    "webm of nothing": (b"\x1aE\xdf\xa3" + bytes(300), "damaged"),
    "mp4 of nothing": (b"\0\0\0\x18ftypisom" + bytes(300), "damaged"),
    "wav of nothing": (b"RIFF\xff\xff\xff\x7fWAVE" + bytes(300), "damaged"),
    "large": (files.picture("JPEG") + bytes(11 * 1024 * 1024), "large"),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_file_is_refused_with_its_reason(name):
    data, expected = HOSTILE[name]
    assert reason(data) == expected


SOUNDS = {
    "webm": ("webm", "libopus", "audio/ogg", "opus"),
    "ogg": ("ogg", "libopus", "audio/ogg", "opus"),
    "m4a": ("ipod", "aac", "audio/mp4", "aac"),
    "mp3": ("mp3", "libmp3lame", "audio/mpeg", "mp3"),
    "wav": ("wav", "pcm_s16le", "audio/ogg", "opus"),
}


@pytest.mark.parametrize("name", SOUNDS)
def test_a_recording_keeps_its_sound_and_loses_its_tags(name):
    container, codec, mime, kept = SOUNDS[name]
    data = files.sound(container, codec)
    assert files.GPS_MARK.encode() in data
    found = cleaned(data)
    assert (found.kind, found.mime) == ("audio", mime)
    assert [mark for mark in MARKS if mark in found.data] == []
    with av.open(io.BytesIO(found.data)) as again:
        assert [s.type for s in again.streams] == ["audio"]
        assert again.streams.audio[0].codec_context.name.startswith(kept)
        seconds = sum(f.samples / f.sample_rate for f in again.decode(audio=0))
        tags = {**again.metadata, **again.streams.audio[0].metadata}
    assert 0.9 < seconds < 1.2
    assert {k.lower() for k in tags} <= {
        "major_brand",
        "minor_version",
        "compatible_brands",
        "language",
        "handler_name",
        "vendor_id",
    }


def test_a_picture_inside_a_recording_is_left_behind():
    found = cleaned(files.sound("mp4", "aac", cover=True))
    with av.open(io.BytesIO(found.data)) as again:
        assert [s.type for s in again.streams] == ["audio"]


def test_a_film_without_sound_is_no_recording():
    out = io.BytesIO()
    with av.open(out, "w", format="mp4") as made:
        stream = made.add_stream("mpeg4", rate=1)
        stream.width, stream.height, stream.pix_fmt = 64, 64, "yuv420p"
        made.mux(stream.encode(av.VideoFrame(64, 64, "yuv420p")))
        made.mux(stream.encode(None))
    assert reason(out.getvalue()) == "silent"


def test_a_recording_of_more_than_ten_minutes_is_refused():
    assert reason(files.sound("ogg", "libopus", seconds=605, rate=8_000)) == "long"


def test_what_hides_behind_a_recording_vanishes():
    for container, codec in (("mp3", "libmp3lame"), ("ogg", "libopus"), ("ipod", "aac")):
        found = cleaned(files.sound(container, codec) + files.archive())
        assert [mark for mark in MARKS if mark in found.data] == []


def test_magic_bytes_decide():
    assert container_of(b"#!AMR\n") == "amr"
    assert container_of(b"\xff\xfb\x90\x00") == "mp3"
    assert container_of(b"") is None
