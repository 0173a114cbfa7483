"""The page of a packet: no cookie, nothing kept, the same for a link that is nobody's, no words without the code."""

import re
from datetime import timedelta
from uuid import uuid4

import pytest

from spean.kernel import clock
from spean.kernel.memory import memory

TOLD, CALL = "The invented words of a packet", "Dara, 012 000 111"
CONTENT = {
    "about": {"km": [["ពី", "ក្រុម"]], "en": [["From", "A team"]]},
    "told": {"km": [["ឈ្មោះ", TOLD]], "en": [["Name", TOLD]]},
    "call": CALL,
}


@pytest.fixture
def laid(db):
    from spean.handed.operations import laying

    memory().forget()
    return laying.lay(uuid4(), uuid4(), CONTENT, clock.today() + timedelta(days=9), uuid4())


def send(visitor, link, code, language="en", **more):
    return visitor.post(f"/{language}/packet/{link}/", {"code": code, **more})


def plain(response):
    """The page without what changes by itself."""
    return re.sub(r'(nonce|value)="[^"]*"', "", response.content.decode())


def wrong(code):
    from spean.kernel.ids import with_check_digit

    return with_check_digit(f"{(int(code[:-1]) + 7) % 10**17:017d}")


def test_it_opens_once_in_both_languages_and_says_what_is_owed(visitor, laid):
    first, again = (send(visitor, laid.link, laid.code) for _turn in range(2))

    page = first.content.decode()
    assert [first.status_code, again.status_code] == [200, 200]
    assert (page.count(TOLD), page.count(CALL)) == (2, 1)
    for said in ("destroy it", "take it back at any time", "shown once"):
        assert said in page
    assert TOLD not in again.content.decode()
    assert (first.headers["Cache-Control"], dict(first.cookies)) == ("no-store", {})
    assert 'content="noindex' in page


def test_a_link_that_is_nobodys_and_a_wrong_code_are_one_page(visitor, laid):
    asked = [visitor.get(f"/en/packet/{link}/") for link in (laid.link, "y" * 43)]
    refused = [send(visitor, link, code) for link, code in ((laid.link, wrong(laid.code)), ("y" * 43, laid.code))]

    assert {page.status_code for page in asked} == {200}
    assert plain(asked[0]).replace(laid.link, "") == plain(asked[1]).replace("y" * 43, "")
    assert {page.status_code for page in refused} == {422}
    assert plain(refused[0]).replace(laid.link, "") == plain(refused[1]).replace("y" * 43, "")
    assert TOLD not in plain(asked[0]) + plain(refused[0])


def test_after_five_wrong_codes_the_right_one_is_wrong(visitor, laid):
    pages = [send(visitor, laid.link, wrong(laid.code)) for _try in range(5)]
    late = send(visitor, laid.link, laid.code)

    assert {plain(page) for page in pages} == {plain(late)}


def test_it_is_answered_with_the_code_and_the_code_is_in_no_address(visitor, laid):
    early = send(visitor, laid.link, laid.code, answer="serve")
    opened = send(visitor, laid.link, laid.code)
    bad = send(visitor, laid.link, laid.code, answer="finish", outcome="nonsense")
    stands = [
        send(visitor, laid.link, laid.code, **more) for more in ({"answer": "serve"}, {"answer": "refuse", "reason": "full"})
    ]

    assert (early.status_code, bad.status_code, [page.status_code for page in stands]) == (409, 422, [200, 200])
    assert laid.code not in re.findall(r'(?:href|action)="([^"]*)"', opened.content.decode())
    assert "do not look for the person" in stands[1].content.decode()


def test_one_neighbourhood_asks_so_often_and_no_more(visitor, laid):
    from spean.surfaces.public import allowance

    pages = [send(visitor, "z" * 43, laid.code).status_code for _try in range(allowance.MOST_LOOKUPS + 1)]

    assert (pages[0], pages[-1]) == (422, 429)
