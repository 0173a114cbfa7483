"""Files as people and attackers send them, made on the spot."""

import io
import math
import struct
import zipfile
import zlib

import av
from PIL import Image, PngImagePlugin

GPS_MARK = "11.4875N-PREYVENG"
NAME_MARK = "Sokha-Camera-Owner"


def exif() -> Image.Exif:
    """Tags with a place, an owner and a turn."""
    tags = Image.Exif()
    tags[0x010E] = GPS_MARK
    tags[0x013B] = NAME_MARK
    tags[0x0112] = 6
    tags.get_ifd(0x8825).update({1: "N", 2: (11.0, 29.0, 15.0), 3: "E", 4: (105.0, 19.0, 30.0)})
    return tags


def picture(kind: str = "JPEG", size: tuple[int, int] = (640, 400), **more: object) -> bytes:
    """A picture whose left half is red and right half blue."""
    image = Image.new("RGB", size, "red")
    image.paste("blue", (size[0] // 2, 0, *size))
    out = io.BytesIO()
    image.save(out, kind, **more)
    return out.getvalue()


def tagged_jpeg() -> bytes:
    """A photo as a telephone takes it: EXIF with GPS, XMP, a comment."""
    xmp = f"<x:xmpmeta>{GPS_MARK}</x:xmpmeta>".encode()
    return picture("JPEG", exif=exif(), xmp=xmp, comment=NAME_MARK.encode())


def tagged_png() -> bytes:
    """A PNG with text chunks."""
    text = PngImagePlugin.PngInfo()
    text.add_text("Location", GPS_MARK)
    text.add_itxt("Author", NAME_MARK, zip=True)
    return picture("PNG", pnginfo=text, exif=exif())


def _chunk(name: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))


def png_of(width: int, height: int) -> bytes:
    """A tiny PNG whose header claims to be enormous, and whose data begins to keep the promise."""
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    pixels = zlib.compress(bytes(3 * 1024 * 1024), 9)
    return b"\x89PNG\r\n\x1a\n" + _chunk(b"IHDR", header) + _chunk(b"IDAT", pixels) + _chunk(b"IEND", b"")


def png_text_bomb() -> bytes:
    """A compressed text chunk that would unfold to 200 MB."""
    bomb = b"k\0\0" + zlib.compress(bytes(200 * 1024 * 1024), 9)
    plain = picture("PNG")
    return plain[:33] + _chunk(b"zTXt", bomb) + plain[33:]


def archive() -> bytes:
    """A ZIP that holds a page."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as made:
        made.writestr("index.html", "<script>alert(1)</script>")
    return out.getvalue()


def sound(
    container: str, codec: str, seconds: float = 1.0, rate: int = 48_000, *, cover: bool = False, tags: bool = True
) -> bytes:
    """A tone in this container, with tags that name somebody, and a cover picture if wanted."""
    out = io.BytesIO()
    with av.open(out, "w", format=container) as made:
        if tags:
            made.metadata.update({"title": GPS_MARK, "artist": NAME_MARK, "comment": GPS_MARK})
        stream = made.add_stream(codec, rate=rate, layout="mono")
        if tags:
            stream.metadata["title"] = GPS_MARK
        picture_stream = made.add_stream("mjpeg", rate=1) if cover else None
        if picture_stream is not None:
            picture_stream.width, picture_stream.height, picture_stream.pix_fmt = 64, 64, "yuvj420p"
            frame = av.VideoFrame(64, 64, "yuvj420p")
            for packet in picture_stream.encode(frame):
                made.mux(packet)
        resampler = av.AudioResampler(format=stream.format, layout="mono", rate=rate, frame_size=stream.frame_size or 1024)
        for at in range(0, int(seconds * rate), 4800):
            frame = av.AudioFrame(format="s16", layout="mono", samples=4800)
            frame.sample_rate, frame.pts = rate, at
            wave = (int(8000 * math.sin(2 * math.pi * 440 * (at + n) / rate)) for n in range(4800))
            frame.planes[0].update(struct.pack("<4800h", *wave).ljust(frame.planes[0].buffer_size, b"\0"))
            for ready in resampler.resample(frame):
                made.mux(stream.encode(ready))
        for ready in resampler.resample(None):
            made.mux(stream.encode(ready))
        made.mux(stream.encode(None))
    return out.getvalue()
