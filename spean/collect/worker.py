r"""The process that opens one foreign file: bytes in on stdin, harmless bytes out on stdout, then it ends.

`python -m spean.collect.worker CONTAINER`, or `CONTAINER:EDGE` for a picture of at most so many pixels. It imports nothing
of Django, has no key, no database, no network where the system lets it give that up, 512 MB and
10 seconds. Answers "made MIME\\n" and the bytes, or "refused REASON\\n".
"""

import contextlib
import os
import resource
import sys
from io import BytesIO

MEMORY = 512 * 1024 * 1024
CPU_SECONDS = 10
PIXELS = 40_000_000
LONGEST_EDGE = 2000
JPEG_QUALITY = 82
LONGEST_SOUND = 600  # seconds
IMAGES = {"jpeg": "JPEG", "png": "PNG", "webp": "WEBP"}
#: container -> the one demuxer that may open it
SOUNDS = {"ogg": "ogg", "webm": "matroska", "mp4": "mov", "mp3": "mp3", "wav": "wav", "amr": "amr"}
#: codec -> (container, MIME type) it is copied into; every other codec of SPEECH is encoded anew as Opus
KEPT = {
    "opus": ("ogg", "audio/ogg"),
    "aac": ("mp4", "audio/mp4"),
    "mp3": ("mp3", "audio/mpeg"),
    "mp3float": ("mp3", "audio/mpeg"),
}
SPEECH = ("pcm_", "amr", "vorbis")
RATE, BITS = 48_000, 32_000
#: EXIF orientation -> the turn that puts the picture upright
_UPRIGHT = {
    2: "FLIP_LEFT_RIGHT",
    3: "ROTATE_180",
    4: "FLIP_TOP_BOTTOM",
    5: "TRANSPOSE",
    6: "ROTATE_270",
    7: "TRANSVERSE",
    8: "ROTATE_90",
}
EXACT = {"fflags": "+bitexact"}  # no name or version of the software in the file


class Refused(Exception):
    """The file is not taken; the word is one of `uploads.REASONS`."""


def confine(memory: int = MEMORY, seconds: int = CPU_SECONDS) -> None:
    """Give up what is not needed: memory (bytes), the processor (seconds), files, the network; each system what it allows."""
    limits = {"RLIMIT_AS": memory, "RLIMIT_CPU": seconds, "RLIMIT_FSIZE": 0, "RLIMIT_CORE": 0}
    for name, limit in limits.items():
        with contextlib.suppress(AttributeError, ValueError, OSError):
            resource.setrlimit(getattr(resource, name), (limit, limit))
    with contextlib.suppress(AttributeError, OSError):
        os.unshare(os.CLONE_NEWUSER | os.CLONE_NEWNET)


# -- images -------------------------------------------------------------------------------------------
def image(data: bytes, container: str, edge: int = LONGEST_EDGE) -> tuple[str, bytes]:
    """The first picture of the file, upright, at most `edge` wide and high, as a JPEG that holds nothing else."""
    from PIL import Image, UnidentifiedImageError

    Image.MAX_IMAGE_PIXELS = PIXELS
    try:
        with Image.open(BytesIO(data), formats=[IMAGES[container]]) as opened:
            if opened.width * opened.height > PIXELS:
                raise Refused("pixels")
            opened.draft("RGB", (LONGEST_EDGE, LONGEST_EDGE))
            turn = opened.getexif().get(0x0112)
            opened.load()
            plain = _plain(opened)
    except (Image.DecompressionBombError, Image.DecompressionBombWarning, MemoryError):
        raise Refused("pixels") from None
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, IndexError, KeyError, EOFError):
        raise Refused("damaged") from None
    plain.thumbnail((edge, edge), reducing_gap=2.0)
    if turn in _UPRIGHT:
        plain = plain.transpose(getattr(Image.Transpose, _UPRIGHT[turn]))
    sheet = Image.new("RGB", plain.size)  # a new sheet: comments, profiles and tags of the old one stay behind
    sheet.paste(plain)
    made = BytesIO()
    sheet.save(made, "JPEG", quality=JPEG_QUALITY, optimize=True)
    return "image/jpeg", made.getvalue()


def _plain(opened):  # noqa: ANN001, ANN202 - Pillow is imported late, so that no other kind of file pays for it
    """In RGB, on white paper where it was transparent."""
    from PIL import Image

    if opened.mode.startswith("I"):
        return opened.point(lambda v: v / 256).convert("L").convert("RGB")
    if opened.mode in {"RGBA", "LA", "PA"} or "transparency" in opened.info:
        clear = opened.convert("RGBA")
        clear.thumbnail((LONGEST_EDGE, LONGEST_EDGE), reducing_gap=2.0)
        paper = Image.new("RGB", clear.size, "white")
        paper.paste(clear, mask=clear.getchannel("A"))
        return paper
    return opened.convert("RGB")


# -- sound --------------------------------------------------------------------------------------------
def sound(data: bytes, container: str) -> tuple[str, bytes]:
    """The first sound stream, packed anew: no tags, no pictures, no other streams, no bytes that are not sound."""
    import av

    try:
        with av.open(BytesIO(data), format=SOUNDS[container], options={"protocol_whitelist": ""}) as source:
            stream = next(iter(source.streams.audio), None)
            if stream is None:
                raise Refused("silent")
            codec = stream.codec_context.name
            if codec not in KEPT and not codec.startswith(SPEECH):
                raise Refused("kind")
            stream.thread_type = "NONE"
            return _copied(source, stream, *KEPT[codec]) if codec in KEPT else _as_opus(source, stream)
    except MemoryError:
        raise Refused("large") from None
    except (av.FFmpegError, OSError, ValueError, EOFError):
        raise Refused("damaged") from None


def _heard(source, stream):  # noqa: ANN001, ANN202
    """(packet, its frames) of all that really decodes; bytes that are no sound are left behind."""
    import av

    seconds = 0.0
    for packet in source.demux(stream):
        try:
            frames = packet.decode()
        except av.FFmpegError:
            continue
        seconds += sum(frame.samples / (frame.sample_rate or RATE) for frame in frames)
        if seconds > LONGEST_SOUND:
            raise Refused("long")
        yield packet, frames
    if not seconds:
        raise Refused("silent")


def _copied(source, stream, container: str, mime: str) -> tuple[str, bytes]:  # noqa: ANN001
    """The same compressed sound in a clean container."""
    import av

    made = BytesIO()
    options = {**EXACT, "id3v2_version": "0", "write_xing": "0", "write_id3v1": "0"} if container == "mp3" else EXACT
    with av.open(made, "w", format=container, options=options) as target:
        out = target.add_stream_from_template(stream)
        out.metadata.clear()
        target.metadata.clear()
        for packet, _frames in _heard(source, stream):
            if packet.dts is not None and packet.size:
                packet.stream = out
                target.mux(packet)
    return mime, made.getvalue()


def _as_opus(source, stream) -> tuple[str, bytes]:  # noqa: ANN001
    """Encoded anew as Opus, in mono, for a voice."""
    import av

    made = BytesIO()
    with av.open(made, "w", format="ogg", options=EXACT) as target:
        out = target.add_stream("libopus", rate=RATE, layout="mono", options={"flags": "+bitexact"})
        out.bit_rate = BITS
        resampler = av.AudioResampler(format="s16", layout="mono", rate=RATE, frame_size=960)
        for _packet, frames in _heard(source, stream):
            for frame in frames:
                frame.pts = None
                for ready in resampler.resample(frame):
                    target.mux(out.encode(ready))
        for ready in resampler.resample(None):
            target.mux(out.encode(ready))
        target.mux(out.encode(None))
    return "audio/ogg", made.getvalue()


def main(order: str) -> int:
    """Read, make, answer."""
    container, _colon, edge = order.partition(":")
    data = sys.stdin.buffer.read()
    _import_for(container)  # before the limits: a library may look at the system
    confine()
    try:
        mime, made = image(data, container, int(edge or LONGEST_EDGE)) if container in IMAGES else sound(data, container)
    except Refused as refusal:
        sys.stdout.buffer.write(f"refused {refusal}\n".encode("ascii"))
        return 0
    sys.stdout.buffer.write(f"made {mime}\n".encode("ascii") + made)
    return 0


def _import_for(container: str) -> None:
    if container in IMAGES:
        import PIL.Image
        import PIL.JpegImagePlugin
        import PIL.PngImagePlugin
        import PIL.WebPImagePlugin  # noqa: F401
    else:
        import av  # noqa: F401


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
