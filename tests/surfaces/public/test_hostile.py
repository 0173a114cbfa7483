"""Whatever is thrown at the door: a reason in the reader's language, never a 500, never a row."""

import uuid

import pytest
from django.test import Client

from spean.voices.models import Concern
from tests.surfaces.public.reading import Page

FORM = "application/x-www-form-urlencoded"
ID = b"sent_id=6b0c3c1e-7b1e-4b5e-9d7e-2d6a6f0e9c11"

BODIES = {
    "10 MB of text": (ID + b"&told=" + b"x" * 10 * 1024 * 1024, FORM, 413),
    "13 MB of text": (ID + b"&told=" + b"x" * 13 * 1024 * 1024, FORM, 413),
    "70,000 letters": (ID + b"&told=" + b"x" * 70_000, FORM, 413),
    "half characters": (ID + b"&told=%ed%a0%80%ed%b0%80&told=", FORM, 422),
    "bytes of no encoding": (ID + b"&kind=\xff\xfe\x00", FORM, 422),
    "utf-16": ("told=\ud83d\ude00".encode("utf-16", "surrogatepass"), f"{FORM}; charset=utf-16", 415),
    "utf-7": (ID + b"&told=+2AA-", f"{FORM}; charset=utf-7", 415),
    "codec that is no text": (ID + b"&told=uryyb", f"{FORM}; charset=rot13", 415),
    "json": (b'{"told": "x"}', "application/json", 422),
    "xml with an entity": (b'<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><a>&b;</a>', "text/xml", 422),
    "many fields": (b"&".join(b"f%d=1" % n for n in range(1000)), FORM, 400),
    "form without its edge": (b"--x\r\n", "multipart/form-data", 400),
    "form cut in the middle": (
        b'--x\r\nContent-Disposition: form-data; name="told"\r\n\r\nabc',
        "multipart/form-data; boundary=x",
        422,
    ),
    "form in utf-7": (
        b'--x\r\nContent-Disposition: form-data; name="told"\r\n\r\n+2AA-\r\n--x--',
        "multipart/form-data; boundary=x; charset=utf-7",
        415,
    ),
    "base64 that is none": (
        b'--x\r\nContent-Disposition: form-data; name="told"\r\nContent-Transfer-Encoding: base64\r\n\r\n!!!\r\n--x--\r\n',
        "multipart/form-data; boundary=x",
        422,
    ),
    "nothing at all": (b"", FORM, 422),
}


@pytest.mark.parametrize("language", ["km", "en"])
@pytest.mark.parametrize("name", BODIES)
def test_a_body_that_is_none_is_refused(readers, visitor, name, language):
    body, kind, status = BODIES[name]
    for path in ("report/", "receipt/add/"):
        response = visitor.generic("POST", f"/{language}/{path}", body, content_type=kind)
        page = Page(response)
        assert response.status_code in ({status, 422} if path != "report/" else {status})
        assert page.lang == language
        assert page.forbidden == []
        assert not response.cookies
    assert Concern.objects.count() == 0


TEXTS = [
    "\x00",
    "a\x00b",
    "\u202eabc",
    "\ufeffx",
    "🇰🇭" * 500,
    "a" + "\u0301" * 4000,
    "{{ 7*7 }}",
    "<script>alert(1)</script>",
    "'; DROP TABLE",
    "%s%n",
    "\ufdd0\U0010ffff",
]


@pytest.mark.parametrize("text", TEXTS, ids=range(len(TEXTS)))
def test_strange_words_are_saved_or_refused(send, text):
    response = send(told=text, how=text[:100], **{"place-search": text[:60]})
    assert response.status_code in {200, 422}
    assert Page(response).forbidden == []
    assert "<script>alert" not in response.content.decode()


ADDRESSES = [
    "/km/said/99999999999999999999999/", "/km/said/0/", "/en/said/?place=%00&kind=%00",
    "/en/said/?place=KH/14/%27--", "/en/said/?kind=gold", "/km/places/children/?parent=%00", "/km/places/children/?parent=../..",
    "/km/places/search/?q=%00%ed%a0%80",
    "/km/places/search/?q=" + "x" * 5000, "/km/%ff%fe/", "/km/said/%F0%9F/", "/km/..%2f..%2fetc/passwd", "/xx/",
    "/km/report/?told=%ff",
]  # fmt: skip


@pytest.mark.parametrize("address", ADDRESSES)
def test_strange_addresses_are_answered(visitor, places, address):
    response = visitor.get(address)
    assert response.status_code in {200, 404}
    assert not response.cookies


def test_a_broken_link_to_the_next_page_says_so(visitor, places):
    for after in ("2026-13-45.1", "%00", "x.y.z"):
        response = visitor.get(f"/en/said/?after={after}")
        assert response.status_code == 422
    assert "This link to the next page is broken." in Page(response).text


def test_a_form_sent_from_another_website_is_refused(readers, visitor):
    data = {"sent_id": str(uuid.uuid4()), "told": "x"}
    for headers in ({"Sec-Fetch-Site": "cross-site"}, {"Origin": "https://elsewhere.example"}):
        response = visitor.post("/en/report/", data, headers=headers)
        assert (response.status_code, Concern.objects.count()) == (403, 0)
    for headers in ({"Sec-Fetch-Site": "same-origin", "Origin": "null"}, {"Origin": "http://testserver"}, {}):
        assert visitor.post("/en/report/", data, headers=headers).status_code == 200


def test_a_forged_host_gets_a_page_and_not_a_fault(places):
    response = Client(raise_request_exception=False).get("/km/", headers={"Host": "evil.example"})
    assert response.status_code == 400
    assert Page(response).lang == "km"
