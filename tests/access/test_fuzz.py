# ruff: noqa: E501 - lists of what an attacker types
"""A-14, B-08: made-up addresses, queries, headers and bodies, to every address as everybody: an answer in words, never a bug.

A few hundred examples by default; `--hypothesis-profile=many` makes thousands.
"""

import json
import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import quote, urlsplit

from django.db import transaction
from django.http import HttpResponse
from django.test import RequestFactory
from django.utils import translation
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from spean.config.wsgi import Request

from . import table
from .bodies import arguments, body
from .machine import LANGUAGES, METHODS, _forget_how_often, application, path_of
from .world import World, names

#: in everything that is sent: it must not come back as an element, an attribute or a header
MARK = "\"'></title></textarea><zq7 onclick=go()>"
ECHO, LANG = re.compile(r"<zq7|[\"']{2}></title", re.IGNORECASE), re.compile(r'<html[^>]* lang="(\w\w)"')
TRACES = ("Traceback (most recent", 'File "/', "spean/surfaces/", "django.core", "sqlite3.", "psycopg.")
PAGE_FROM = 300
BUG = 500

QUERIES = (
    "", f"next={quote(MARK)}&after={quote(MARK)}&view={quote(MARK)}&q={quote(MARK)}", "after=%00&place=%00&kind=%00&org=%00&view=%00",
    "after=" + "9" * 3000, "view=a&view=b&view=c&after=1&after=2", "%ff%fe=%ff&=&&&;;=%", "after=%ed%a0%80&q=%ed%a0%80",
    "q=" + quote("e\u0301") + "&q=" + quote("\u00e9"), "after=NaN&before=Infinity&before=-0&page=1e999", "&".join(f"f{n}=1" for n in range(2000)),
    "next=//elsewhere.example&next=javascript:go()", "after[$gt]=1&__proto__[x]=1", "before=" + "១" * 40, "parent=../../../../etc/passwd",
    "after=0.2026-02-30.00000000-0000-4000-8000-000000000000", "q=" + quote("🏳️‍⚧️\u202e" * 40),
)  # fmt: skip
HEADERS: tuple[dict[str, str], ...] = (
    {}, {"Accept-Language": MARK}, {"Accept-Language": "xx-" + "a" * 5000}, {"Accept-Language": "km;q=NaN,en;q=1e999,*;q=-1"},
    {"Range": "bytes=0-0,1-1,-99999999999999999999"}, {"Range": "bytes=" + "1-2," * 2000}, {"Cookie": f"sessionid={MARK}; csrftoken=\x7f"},
    {"Cookie": "; ".join(f"c{n}=1" for n in range(400))}, {"Cookie": '=;;;"=";sessionid=' + "x" * 4000}, {"Accept": "application/json;q=x"},
    {"Content-Encoding": "gzip"}, {"Content-Length": "-1"}, {"Content-Length": "99999999999999999999"}, {"X-HTTP-Method-Override": "DELETE"},
    {"X-Forwarded-For": "1.2.3.4, " * 500 + MARK}, {"X-Forwarded-Proto": "https, javascript"}, {"If-Modified-Since": "yesterday"},
    {"If-None-Match": '*", W/"' + MARK}, {"Referer": "http://elsewhere.example/" + MARK}, {"Origin": "null"}, {"User-Agent": "\x01" * 300},
    {"Sec-Fetch-Site": MARK}, {"Upgrade": "websocket", "Connection": "Upgrade"}, {"Transfer-Encoding": "chunked"},
)  # fmt: skip
URLENCODED, JSON = "application/x-www-form-urlencoded", "application/json"
EDGE = "edge-of-a-part"
MULTIPART = f"multipart/form-data; boundary={EDGE}"


def part(name: str, value: bytes, more: str = "") -> bytes:
    """One part of a multipart body."""
    return (
        f'--{EDGE}\r\nContent-Disposition: form-data; name="{name}"{more}\r\n\r\n'.encode("utf-8", "surrogatepass")
        + value
        + b"\r\n"
    )


END = f"--{EDGE}--\r\n".encode()
BODIES = (
    (b"", URLENCODED), (b"\x00\xff" * 500, URLENCODED), (b"[" * 100_000, JSON), (b'{"a":' * 100_000, JSON), (b'{"a":1,"a":2,"a":NaN}', JSON),
    (b'{"n":' + b"9" * 100_000 + b"}", JSON), (b'"\\ud800"', JSON), (b"<a>" * 50_000, "text/xml"), (b"a=1&a=2&" * 40, URLENCODED),
    (b"sent_id=" + b"9" * 1_000_000, URLENCODED), (part("sent_id", b"x" * 1_000_000) + END, MULTIPART),
    (part('a"; filename="b', b"x") + END, MULTIPART), (part("files", b"\xff\xd8\xff", '; filename="\u202egnp.exe\x00"') + END, MULTIPART),
    (part("files", b"", "; filename*=UTF-8''%2e%2e%2fetc%2fpasswd") + END, MULTIPART), (part("e\u0301", b"1") + part("\u00e9", b"2") + END, MULTIPART),
    (part("\ud800", b"1") + END, MULTIPART), (part("a", b"1", "\r\nContent-Type: text/plain; charset=no-such") + END, MULTIPART),
    (b"a=%u0041&b=%&c=%0", URLENCODED + "; charset=utf-8; charset=utf-7"), (b"x", "multipart/form-data; boundary=\xe9"), (b"x", "/;=" * 100),
    (b"sent_id=1", URLENCODED + "; charset=\x00"), (b"a=1", "text/plain; x=" + "a" * 20_000), (b"csrfmiddlewaretoken=" + b"a" * 64, URLENCODED),
)  # fmt: skip


class Factory(RequestFactory):
    """Makes requests as the server does."""

    def request(self, **more: Any) -> Request:
        """One of ours."""
        return Request(self._base_environ(**more))


def send(world: World, name: str, method: str, path: str, sent: tuple[bytes, str], headers: dict[str, str]) -> HttpResponse:
    """The answer of the whole application; whatever it changed is undone."""
    _forget_how_often()
    factory = Factory()
    factory.cookies.load(world.people[name].cookies)
    given = {f"HTTP_{key.upper().replace('-', '_')}": value for key, value in headers.items() if key != "Content-Length"}
    given |= {"CONTENT_LENGTH": headers["Content-Length"]} if "Content-Length" in headers else {}
    if "HTTP_COOKIE" in given:
        given["HTTP_COOKIE"] = f"{factory.cookies.output(attrs=[], header='', sep=';')};{given['HTTP_COOKIE']}"
    request = factory.generic(method, path, sent[0], content_type=sent[1], **given)
    request._dont_enforce_csrf_checks = True
    with transaction.atomic():
        answer = application().get_response(request)
        transaction.set_rollback(True)
    translation.deactivate()
    return answer


def wrong_with(answer: HttpResponse, path: str) -> list[str]:
    """A bug, a trace, an echo, another language than the address asks for, somewhere else to go."""
    found = [f"{answer.status_code}"] if answer.status_code >= BUG else []
    text = "" if answer.streaming else answer.content.decode("utf-8", "replace")
    if answer.get("Content-Type", "").startswith("text/html"):
        found += ["echo"] if ECHO.search(text) else []
        language = LANG.search(text)
        asked = path[1:3] if path[1:4] in {"km/", "en/"} else ""
        if text and (language is None or asked not in {"", language[1]}):
            found.append(f"language {language and language[1]}, asked for {asked}")
    found += [f"trace: {trace}" for trace in TRACES if trace in text]
    found += ["leads elsewhere"] if urlsplit(answer.get("Location", "")).netloc else []
    return found + (["header"] if any("zq7" in value and "\n" in value for value in answer.headers.values()) else [])


def lines() -> list[tuple[str, str]]:
    """(address, variant) of everything."""
    return sorted({(line.url, line.variant) for line in table.lines()})


def planned() -> Iterator[tuple[str, str, str, str, str]]:
    """(address, variant, name, method, language): over all addresses everybody, every method, both languages."""
    everybody = names()
    for at, (url, variant) in enumerate(lines()):
        for n in range(0, len(everybody), 5 if variant else 2):
            yield url, variant, everybody[(n + at) % len(everybody)], METHODS[n % len(METHODS)], LANGUAGES[(n + n // 14) % 2]


def test_every_address_as_everybody_answers_in_words(world, record_property):
    wrong, statuses = [], {}
    for n, (url, variant, name, method, language) in enumerate(planned()):
        query, headers, sent = QUERIES[n % len(QUERIES)], HEADERS[n % len(HEADERS)], BODIES[n % len(BODIES)]
        path = f"{path_of(url, arguments(world, url, variant), language)}?{query}"
        answer = send(world, name, method, path, sent, headers)
        statuses[answer.status_code] = statuses.get(answer.status_code, 0) + 1
        wrong += [f"{method} {path[:120]} as {name}, {headers}, {sent[1]}: {what}" for what in wrong_with(answer, path)]

    record_property("fuzzed requests", sum(statuses.values()))
    assert wrong == []
    assert {200, 302, 400, 403, 404, 405, 422} <= statuses.keys()


# -- made up -------------------------------------------------------------------------------------------------------

anything = st.text(max_size=60) | st.sampled_from(
    [MARK, "\x00", "\ud800", "e\u0301", "NaN", "-0", "9" * 400, "១២", "../..", "a\r\nx: zq7"]
)
name_of_field = st.sampled_from(
    ["after", "view", "q", "kind", "place", "org", "before", "person", "subject", "verb", "next", "parent", "told", "text", "code", "sent_id", "danger", "answer_wish", "place-pick", "choice", "reason", "what", "office", "until", "why_not", "outcome", "women", "men", "title_km", "on", "committee", "concerns", "envelope", "proof", "held", "username", "password", "fingerprint"]
) | st.text(max_size=12)  # fmt: skip
fields = st.lists(st.tuples(name_of_field, anything), max_size=8)
form_types = st.sampled_from(
    [URLENCODED, MULTIPART, JSON, "", "text/plain", f"{URLENCODED}; charset=utf-16", "multipart/form-data"]
)


def urlencoded(given: list[tuple[str, str]]) -> str:
    """As a browser would write it, half letters too."""
    return "&".join(f"{quote(k, errors='surrogatepass')}={quote(v, errors='surrogatepass')}" for k, v in given)


def written(given: list[tuple[str, str]], kind: str) -> bytes:
    """The fields as a body of this type."""
    if kind == MULTIPART:
        return b"".join(part(k, v.encode("utf-8", "surrogatepass")) for k, v in given) + END
    if kind == JSON:
        return json.dumps(dict(given)).encode()
    return urlencoded(given).encode()


@st.composite
def requests(draw: st.DrawFn) -> dict[str, Any]:
    """Somebody asks for something that was made up."""
    kind = draw(form_types)
    return {
        "where": draw(st.sampled_from(lines())), "name": draw(st.sampled_from(names())), "method": draw(st.sampled_from(METHODS)),
        "language": draw(st.sampled_from(LANGUAGES)), "tail": quote(draw(st.one_of(st.just(""), anything)), errors="surrogatepass"),
        "query": urlencoded(draw(fields)), "typed": draw(fields), "kind": kind, "headers": draw(st.sampled_from(HEADERS)),
        "well_filled": draw(st.booleans()),
    }  # fmt: skip


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow, HealthCheck.data_too_large])
@given(requests())
def test_what_is_made_up_is_answered_in_words(world, made):
    url, variant = made["where"]
    begun = [(k, str(v)) for k, v in body(world, url, variant).items()] if made["well_filled"] else []
    path = f"{path_of(url, arguments(world, url, variant), made['language'])}{made['tail']}?{made['query']}"
    sent = written(begun + made["typed"], made["kind"]), made["kind"]

    assert wrong_with(send(world, made["name"], made["method"], path, sent, made["headers"]), path) == []


def test_the_look_finds_each_thing_that_must_not_be():
    bad = {
        "500": HttpResponse("<html lang='km'>", status=500),
        "echo": HttpResponse(f'<html lang="km"><p>{MARK}</p>'),
        "language en, asked for km": HttpResponse('<html lang="en">'),
        "trace: Traceback (most recent": HttpResponse('<html lang="km">Traceback (most recent call last)'),
        "leads elsewhere": HttpResponse('<html lang="km">', headers={"Location": "//elsewhere.example/"}),
    }
    for what, answer in bad.items():
        assert what in wrong_with(answer, "/km/")
    assert (
        wrong_with(
            HttpResponse('<html class="a" lang="km"><p>&quot;&#x27;&gt;&lt;/title&gt;&lt;zq7 onclick=go()&gt;</p>'), "/km/"
        )
        == []
    )
