"""A file of this page, whole or the part that a player asks for, so that a recording can be wound forward."""

import re

from django.http import HttpRequest, HttpResponse

_RANGE = re.compile(r"bytes=(\d{0,12})-(\d{0,12})")
HEADERS = {
    "Accept-Ranges": "bytes",
    "Content-Disposition": "inline",
    "Content-Security-Policy": "default-src 'none'; sandbox",
}


def part_of(request: HttpRequest, content: bytes, mime: str) -> HttpResponse:
    """200 with all of it; 206 with the one range that is asked for; 416 when it lies outside. Others are not understood."""
    asked = _RANGE.fullmatch(request.headers.get("Range", "").strip())
    if asked is None or not any(asked.groups()):
        return HttpResponse(content, content_type=mime, headers=HEADERS)
    first, last = asked.groups()
    size = len(content)
    start = int(first) if first else max(0, size - int(last))
    end = min(int(last), size - 1) if first and last else size - 1
    if start >= size or end < start:
        return HttpResponse(status=416, headers={**HEADERS, "Content-Range": f"bytes */{size}"})
    told = {**HEADERS, "Content-Range": f"bytes {start}-{end}/{size}"}
    return HttpResponse(content[start : end + 1], status=206, content_type=mime, headers=told)
