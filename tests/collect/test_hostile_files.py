# ruff: noqa: E501 - files byte by byte
"""B-01, B-02: sixty hostile files with those of test_uploads, none kept as it came; thirty photos that lose every tag."""

import gzip
import io
import struct
import zipfile
import zlib

import pytest
from PIL import Image

from tests.collect import files
from tests.collect.test_uploads import HOSTILE, cleaned, opened, reason

EICAR = b"X5O!P%@AP[4\\PZX54(P^)7CC)7}$EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"
SCRIPT, PHP = b"<script>alert(1)</script>", b"<?php system($_GET['c']); ?>"
#: what a file that is kept must not hold any more
POISON = (EICAR, SCRIPT, PHP, b"PK\x03\x04", b"%PDF", b"/JavaScript", b"<svg", b"\x7fELF", b"MZ\x90", b"RIDERS-ON-THE-TAIL")


def zipped(name: str, data: bytes, times: int = 1) -> bytes:
    """An archive, in an archive, in an archive."""
    for _n in range(times):
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
            made.writestr(name, data)
        data, name = out.getvalue(), "inner.zip"
    return data


def segment(marker: int, data: bytes) -> bytes:
    """A part of a JPEG."""
    return bytes((0xFF, marker)) + struct.pack(">H", len(data) + 2) + data


def jpeg_with(*parts: bytes, size: tuple[int, int] = (64, 48), **more: object) -> bytes:
    """A photo with these parts right after its beginning."""
    plain = files.picture("JPEG", size, **more)
    return plain[:2] + b"".join(parts) + plain[2:]


def chunk(name: bytes, data: bytes) -> bytes:
    """A part of a PNG."""
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))


def png_with(*parts: bytes) -> bytes:
    """A picture with these parts after its header."""
    plain = files.picture("PNG", (64, 48))
    return plain[:33] + b"".join(parts) + plain[33:]


def many_frames() -> bytes:
    """A GIF of many frames, each as large as a wall."""
    frame = b"\x2c" + struct.pack("<HHHH", 0, 0, 60_000, 60_000) + b"\0\x02\x02\x44\x01\0"
    return b"GIF89a" + struct.pack("<HH", 60_000, 60_000) + b"\x80\0\0\0\0\0\xff\xff\xff" + frame * 500 + b";"


#: no photo and no recording at all
REFUSED = {
    "a bomb in an archive": zipped("a", bytes(5 * 1024 * 1024)),
    "a bomb in six archives": zipped("a", bytes(5 * 1024 * 1024), 6),
    "gzip": gzip.compress(bytes(1024 * 1024)),
    "a gif of many walls": many_frames(),
    "a document with a macro": zipped("word/vbaProject.bin", b"\xd0\xcf\x11\xe0"),
    "a sheet": zipped("xl/workbook.xml", b"<workbook/>"),
    "a path in an archive": zipped("../../etc/cron.d/x", b"x"),
    "pdf with a script": b"%PDF-1.7\n1 0 obj<</OpenAction<</S/JavaScript/JS(app.alert(1))>>>>",
    "pdf behind a line": b"\n%PDF-1.4",
    "svg": b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>",
    "svg in gzip": gzip.compress(b"<svg onload='alert(1)'/>"),
    "svg in utf-16": "<svg onload='alert(1)'/>".encode("utf-16"),
    "xml with an entity": b'<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><a>&b;</a>',
    "a billion laughs": b'<!DOCTYPE l [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]><l>&b;</l>',
    "a shell script": b"#!/bin/sh\nrm -rf /\n",
    "php": PHP,
    "a windows program": b"MZ\x90\0" + bytes(200),
    "a mac program": b"\xcf\xfa\xed\xfe" + bytes(200),
    "a class of java": b"\xca\xfe\xba\xbe" + bytes(100),
    "postscript": b"%!PS-Adobe-3.0\n(/etc/passwd) (r) file",
    "an icon": b"\0\0\1\0\1\0" + bytes(60),
    "a bitmap": b"BM" + struct.pack("<I", 0xFFFFFFFF) + bytes(50),
    "an svg that claims to be a font": b"wOFF" + bytes(60),
    "a playlist of an address": b"ffconcat version 1.0\nfile http://169.254.169.254/\n",
    "avif": b"\0\0\0\x1cftypavif" + bytes(60),
    "rar": b"Rar!\x1a\x07\x01\0" + bytes(60),
    "nothing but nulls": bytes(5000),
}
#: begin as a photo or a recording, and are refused, or made anew without what they carry
CARRIERS = {
    "eicar behind a photo": files.picture("JPEG", (64, 48)) + EICAR,
    "eicar in a comment": jpeg_with(segment(0xFE, EICAR)),
    "php in a tag": jpeg_with(segment(0xE1, b"Exif\0\0" + PHP)),
    "a script in a comment": jpeg_with(segment(0xFE, SCRIPT)),
    "an archive behind a picture": files.picture("PNG", (64, 48)) + zipped("a", SCRIPT),
    "a pdf behind a photo": files.picture("JPEG", (64, 48)) + b"%PDF-1.7 /JavaScript",
    "a page in a text of a picture": png_with(chunk(b"tEXt", b"Comment\0" + SCRIPT)),
    "svg in a text of a picture": png_with(chunk(b"iTXt", b"XML\0\0\0\0\0<svg onload=alert(1)>")),
    "a program in a profile": png_with(chunk(b"iCCP", b"x\0\0" + zlib.compress(b"\x7fELF" + bytes(500)))),
    "a chunk that lies about its length": png_with(struct.pack(">I", 0x7FFFFFFF) + b"tEXt" + SCRIPT),
    "a segment that lies about its length": jpeg_with(b"\xff\xe1\xff\xff" + PHP),
    "riders on the tail": files.picture("WEBP", (64, 48)) + b"RIDERS-ON-THE-TAIL" * 100,
}


def test_there_are_sixty():
    assert len(REFUSED) + len(CARRIERS) + len(HOSTILE) >= 60


@pytest.mark.parametrize("name", REFUSED)
def test_what_is_no_photo_and_no_recording_is_refused_unread(name):
    assert reason(REFUSED[name]) == "kind"


def test_what_a_photo_carries_is_left_behind_or_the_photo_is_refused(record_property):
    from spean.kernel.errors import Invalid

    kept = []
    for name, data in CARRIERS.items():
        try:
            found = cleaned(data, f"../../{name}\x00.php.jpg")
        except Invalid:
            continue
        kept.append(name)
        assert (found.mime, [p for p in POISON if p in found.data]) == ("image/jpeg", []), name
        assert opened(found).format == "JPEG"
    record_property("hostile files, made harmless", len(kept))
    record_property("hostile files, all", len(REFUSED) + len(CARRIERS) + len(HOSTILE))
    assert "eicar behind a photo" in kept


# -- B-02 --------------------------------------------------------------------------------------------------------------


def iptc() -> bytes:
    """What a newsroom writes into a photo: who, where."""
    said = b"".join(
        b"\x1c\x02" + bytes((field,)) + struct.pack(">H", len(t)) + t
        for field, t in ((80, files.NAME_MARK.encode()), (90, files.GPS_MARK.encode()))
    )
    block = b"8BIM\x04\x04\0\0" + struct.pack(">I", len(said)) + said + b"\0" * (len(said) % 2)
    return segment(0xED, b"Photoshop 3.0\0" + block)


def with_thumbnail(turn: int) -> bytes:
    """EXIF with a place, an owner, a turn, a time, and the whole picture again, small."""
    tags = files.exif()
    tags[0x0112] = turn
    tags[0x0132], tags[0x010F], tags[0x0110] = "2026:01:02 03:04:05", files.NAME_MARK, files.GPS_MARK
    tags.get_ifd(0x8769).update({0x9003: "2026:01:02 03:04:05", 0xA431: files.NAME_MARK, 0x927C: files.GPS_MARK.encode()})
    return tags.tobytes() + files.picture("JPEG", (16, 12), comment=files.GPS_MARK.encode())


def photos() -> dict[str, bytes]:
    """Thirty photos as telephones, cameras and newsrooms make them."""
    mark = files.GPS_MARK.encode()
    xmp = f"<x:xmpmeta xmlns:x='adobe:ns:meta/'><exif:GPSLatitude>{files.GPS_MARK}</exif:GPSLatitude></x:xmpmeta>".encode()
    found: dict[str, bytes] = {}
    for turn in range(1, 9):
        found[f"jpeg, turn {turn}"] = jpeg_with(iptc(), exif=with_thumbnail(turn), xmp=xmp, comment=mark)
        found[f"webp, turn {turn}"] = files.picture("WEBP", (64, 48), exif=with_thumbnail(turn), xmp=xmp)
    for n, parts in enumerate(((chunk(b"tEXt", b"GPS\0" + mark),), (chunk(b"zTXt", b"GPS\0\0" + zlib.compress(mark)),),
                               (chunk(b"iTXt", b"XML:com.adobe.xmp\0\0\0\0\0" + xmp),), (chunk(b"eXIf", files.exif().tobytes()[6:]),),
                               (chunk(b"tIME", b"\x07\xea\1\2\3\4\5"), chunk(b"prIv", mark)), (chunk(b"iCCP", b"a\0\0" + zlib.compress(mark * 9)),))):  # fmt: skip
        found[f"png {n}"] = png_with(*parts)
    for quality in (30, 60, 90):
        found[f"progressive {quality}"] = jpeg_with(
            iptc(), segment(0xFE, mark), exif=with_thumbnail(6), quality=quality, progressive=True
        )
    found["two photos in one"] = jpeg_with(segment(0xE2, b"MPF\0" + mark), exif=with_thumbnail(1)) + files.tagged_jpeg()
    found["xmp in two parts"] = jpeg_with(segment(0xE1, b"http://ns.adobe.com/xmp/extension/\0" + mark), xmp=xmp)
    found["a profile that names"] = jpeg_with(icc_profile=mark * 20)
    found["comments without end"] = jpeg_with(*[segment(0xFE, mark)] * 200)
    found["a long telling tail"] = files.tagged_jpeg() + mark * 500
    return found


def test_thirty_photos_come_back_without_a_tag(record_property):
    told = {}
    made = photos()
    for name, data in made.items():
        found = cleaned(data)
        image = Image.open(io.BytesIO(found.data))
        left = {
            "exif": dict(image.getexif()),
            "marks": [m for m in (files.GPS_MARK, files.NAME_MARK) if m.encode() in found.data],
        }
        left["info"] = sorted(set(image.info) - {"jfif", "jfif_version", "jfif_unit", "jfif_density"})
        left["parts"] = [m for m in (b"\xff\xe1", b"\xff\xe2", b"\xff\xed", b"\xff\xfe") if m in found.data[:200]]
        told |= {name: left} if any(left.values()) else {}
    record_property("tagged photos", len(made))
    assert len(made) >= 30
    assert told == {}
    assert all(files.GPS_MARK.encode() in data for name, data in made.items() if name.startswith("jpeg"))
