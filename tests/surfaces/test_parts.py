"""Parts of a file, as players ask for them."""

import pytest
from django.test import RequestFactory

from spean.surfaces.parts import part_of

CONTENT = b"0123456789"


@pytest.mark.parametrize(
    ("asked", "status", "body", "told"),
    [
        ("", 200, CONTENT, None),
        ("bytes=0-", 206, CONTENT, "bytes 0-9/10"),
        ("bytes=2-4", 206, b"234", "bytes 2-4/10"),
        ("bytes=8-99", 206, b"89", "bytes 8-9/10"),
        ("bytes=-3", 206, b"789", "bytes 7-9/10"),
        ("bytes=-99", 206, CONTENT, "bytes 0-9/10"),
        ("bytes=10-", 416, b"", "bytes */10"),
        ("bytes=5-4", 416, b"", "bytes */10"),
        ("bytes=-0", 416, b"", "bytes */10"),
        ("bytes=-", 200, CONTENT, None),
        ("bytes=0-1,3-4", 200, CONTENT, None),
        ("lines=1-2", 200, CONTENT, None),
    ],
)
def test_a_part_is_what_was_asked_for(asked, status, body, told):
    request = RequestFactory().get("/", headers={"Range": asked} if asked else {})
    answer = part_of(request, CONTENT, "audio/ogg")
    assert (answer.status_code, answer.content, answer.headers.get("Content-Range")) == (status, body, told)
