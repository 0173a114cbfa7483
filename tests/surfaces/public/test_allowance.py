"""A flood is saved in a lane of its own; nobody is refused or locked out, nothing typed is lost, no address is kept."""

import uuid
from ipaddress import ip_address
from pathlib import Path

import pytest
from django.test import RequestFactory

from spean.collect import flood, toll
from spean.kernel.memory import memory
from spean.kernel.neighbours import neighbourhood
from spean.surfaces.public import allowance
from spean.voices.models import Concern
from tests.collect import files
from tests.reading import file_bytes, files_in
from tests.surfaces.public.reading import Page, receipt_of

asked = RequestFactory()
HERE, THERE = "203.0.113.1", "198.51.100.1"


@pytest.fixture
def flooded(readers):
    """A flood is going on."""
    memory().count(*[(flood.ALL, b"")] * (flood.CALM + 1))
    flood.arrive(flood.Comer(b"elsewhere", b"other words", pressing=False, short=False, comparable=True))


def from_(address: str, **headers: str) -> str:
    return neighbourhood(asked.get("/", REMOTE_ADDR=address, headers=headers))


def fill_up(what, most, address=HERE):
    """Count so many for the neighbourhood of an address."""
    memory().count(*[(what, allowance.mark(asked.get("/", REMOTE_ADDR=address)))] * most)


def report(visitor, address=HERE, **fields):
    """Sends a report from an address; the concern that it became."""
    data = {
        "sent_id": str(uuid.uuid4()),
        "told": f"My passport was taken by {uuid.uuid4().hex} at the river",
        "send": "1",
        **fields,
    }
    before = set(Concern.objects.values_list("pk", flat=True))
    response = visitor.post("/en/report/", data, REMOTE_ADDR=address)
    assert response.status_code == 200
    return Concern.objects.exclude(pk__in=before).get()


def proof(visitor, address=HERE, bits=None):
    """What a page of that address finds."""
    offer = visitor.get("/en/report/toll/", REMOTE_ADDR=address).json()
    return solve(offer["token"], offer["bits"] if bits is None else bits)


def solve(token, bits):
    salt = bytes.fromhex(token.split(".")[3])
    tries = (f"{token}.{n}" for n in range(100_000))
    return next(t for t in tries if toll.zeros(toll.argon2id(t.encode(), salt, 1, 1024)) >= bits)


def test_a_neighbourhood_is_a_part_of_the_network():
    assert from_("203.0.113.77") == "203.0.113.0/24"
    assert from_("2001:db8:1:2::3") == "2001:db8:1::/48"
    assert from_("127.0.0.1", **{"X-Forwarded-For": "1.1.1.1, 203.0.113.9"}) == "203.0.113.0/24"
    assert from_("203.0.113.9", **{"X-Forwarded-For": "1.1.1.1"}) == "203.0.113.0/24"
    assert from_("127.0.0.1", **{"X-Forwarded-For": "nonsense"}) == "unknown"
    assert from_("") == "unknown"


def test_what_comes_after_the_thirtieth_of_a_minute_is_saved_under_review(visitor, readers):
    fill_up(flood.NEAR, flood.NEAR_FREE)
    fill_up(flood.NEAR_QUIET, flood.NEAR_QUIET_MOST)
    assert (report(visitor).state, report(visitor, THERE).state) == ("held", "new")


def test_under_review_the_person_gets_the_number_and_is_told(send, flooded):
    for _n in range(flood.NEAR_QUIET_MOST):
        send(told=f"one {uuid.uuid4().hex}")
    response = send(told="another story from the river, told at length")
    assert "Yours is saved like all others" in Page(response).text
    assert len(receipt_of(response)) == 24
    assert Concern.objects.filter(state="held").count() == 1


def test_in_a_flood_a_page_that_did_its_work_goes_straight_to_the_team(visitor, flooded):
    fill_up(flood.NEAR_QUIET, flood.NEAR_QUIET_MOST)
    assert report(visitor).state == "held"
    assert report(visitor, proof=proof(visitor)).state == "new"


def test_in_a_flood_the_first_few_of_a_neighbourhood_go_to_the_team_without_a_script(visitor, flooded):
    states = [report(visitor).state for _n in range(4)]
    assert states == ["new", "new", "new", "held"]
    assert report(visitor, THERE).state == "new"


def test_too_many_neighbourhoods_without_a_proof_are_a_flood_too(visitor, flooded):
    memory().count(*[(flood.Counter("quiet-first", flood.MINUTE), b"")] * (flood.FIRST_MOST - 1))
    assert report(visitor, "10.0.97.1").state == "new"
    assert report(visitor, "10.0.99.1").state == "held"
    assert report(visitor, "10.0.98.1", danger="now").state == "new"


def test_danger_passes_the_limit_of_a_neighbourhood(visitor, readers):
    fill_up(flood.NEAR, 500)
    fill_up(flood.NEAR_QUIET, flood.NEAR_QUIET_MOST)
    states = [report(visitor, **more).state for more in ({"danger": "now"}, {"told": "ជួយផង គេឃុំឃាំងយើង"}, {})]
    assert states == ["new", "new", "held"]


def test_a_flood_that_claims_danger_waits_too_and_a_page_that_worked_does_not(visitor, flooded):
    states = [report(visitor, danger="now").state for _n in range(4)]
    assert states == ["new", "new", "new", "held"]
    assert report(visitor, danger="now", proof=proof(visitor)).state == "new"


def test_equal_words_wait_after_the_third_whoever_sends_them(visitor, readers):
    told = ["Win a prize, call {} now", "win a prize - call {} NOW!"]
    states = [report(visitor, f"10.1.{n}.1", told=told[n % 2].format(n)).state for n in range(5)]
    assert states == ["new", "new", "new", "held", "held"]
    assert Concern.objects.values("alike").distinct().count() == 1


def test_the_same_few_words_for_help_are_not_taken_for_a_flood(visitor, readers):
    assert {report(visitor, f"10.2.{n}.1", told="help me", danger="now").state for n in range(6)} == {"new"}


def test_words_sealed_in_the_page_are_never_called_equal(visitor, readers):
    comer = flood.Comer(b"near", b"same", pressing=False, short=False, comparable=False)
    load = flood.Load(1, 1, flood=False)
    assert not flood.is_held(comer, load, same=99, paid=False)


# -- R-06 ----------------------------------------------------------------------------------------------------


def near(address=HERE):
    return allowance.mark(asked.get("/", REMOTE_ADDR=address))


def test_a_proof_is_taken_once(visitor, readers):
    found = proof(visitor, bits=3)
    assert [toll.is_paid(found, near()) for _n in range(5)] == [True, False, False, False, False]


def test_a_proof_of_one_neighbourhood_is_none_in_another(visitor, readers):
    found = proof(visitor)
    assert [toll.is_paid(found, near(a)) for a in (THERE, "2001:db8::1", "")] == [False] * 3
    assert toll.is_paid(found, near("203.0.113.200"))


def test_a_proof_ends_with_its_minute(visitor, readers, monkeypatch):
    found, real = proof(visitor), toll.time.monotonic
    for later in (toll.LIFE + 1, 3600, 1e9, -toll.LIFE - 2):
        monkeypatch.setattr(toll.time, "monotonic", lambda later=later: real() + later)
        assert not toll.is_paid(found, near())


def test_too_little_work_and_a_token_of_ones_own_are_no_proof(visitor, readers):
    token = toll.issue(near(), 5, chance=bytes(16))
    salt = bytes(16)
    weak = next(t for t in (f"{token}.{n}" for n in range(99)) if toll.zeros(toll.argon2id(t.encode(), salt, 1, 1024)) < 5)
    parts = token.split(".")
    forged = [
        ".".join([parts[0], "0", *parts[2:]]),
        ".".join([*parts[:2], "9999999999", *parts[3:]]),
        "t1.0.1.00.ff",
        "",
        "....",
        "១.1",
    ]
    tried = [weak, *(f"{t}.1" for t in forged), token, f"{token}.", f"{token}.-1", f"{token}.1e3", f"{token}.{'1' * 300}"]
    assert [toll.is_paid(t, near()) for t in tried] == [False] * len(tried)


def test_a_report_with_a_used_proof_is_saved_all_the_same(visitor, flooded):
    fill_up(flood.NEAR_QUIET, flood.NEAR_QUIET_MOST)
    found = proof(visitor)
    assert [report(visitor, proof=found).state for _n in range(3)] == ["new", "held", "held"]


def test_the_work_is_none_on_an_ordinary_day_and_rises_with_the_load(visitor, readers):
    assert visitor.get("/en/report/toll/").json()["bits"] == 0
    levels = [0, 30, 120, 121, 240, 480, 960, 5_000, 10**9]
    assert [flood.bits_for(0, n) for n in levels] == [0, 0, 0, 1, 2, 3, 4, 6, 7]
    assert flood.bits_for(flood.NEAR_FREE * 4, 1) == 3


# -- what still waits -------------------------------------------------------------------------------------------


def test_many_files_wait_and_their_words_do_not(visitor, send):
    from django.core.files.uploadedfile import SimpleUploadedFile

    memory().count(*[(allowance.FILES, allowance.mark(asked.get("/")))] * allowance.MOST_FILES)
    photo = SimpleUploadedFile("a.jpg", files.tagged_jpeg(), "image/jpeg")
    response = send(told="kept words", kind="fees", files=photo)
    page = Page(response)
    assert (response.status_code, page.values["told"], page.values["kind"]) == (429, "kept words", "fees")
    assert 0 < int(response.headers["Retry-After"]) <= 60
    assert "Send your words without the file now" in page.text
    assert send(told="kept words").status_code == 200


def test_the_twenty_first_look_up_of_a_minute_waits_unless_its_page_worked(visitor, readers):
    answers = [visitor.post("/en/receipt/", {"code": "9" * 24}) for _n in range(21)]
    assert [a.status_code for a in answers] == [422] * 20 + [429]
    assert answers[-1].headers["Retry-After"]
    found = proof(visitor, "127.0.0.1")
    assert [visitor.post("/en/receipt/", {"code": "9" * 24, "proof": found}).status_code for _n in range(2)] == [422, 429]


def test_words_to_add_survive_the_wait(visitor, readers):
    for _n in range(20):
        visitor.post("/en/receipt/", {"code": "9" * 24})
    sent = {"code": "9" * 24, "text": "kept words", "sent_id": str(uuid.uuid4())}
    page = Page(visitor.post("/en/receipt/add/", sent))
    assert {name: page.values[name] for name in sent} == sent


# -- R-07 ------------------------------------------------------------------------------------------------------


def test_no_address_and_no_moment_is_kept_anywhere(visitor, readers, settings, caplog):
    from tests.surfaces.public.test_report import everything_stored

    agent = "Opera/9.80 (J2ME/MIDP; Opera Mini/planted-agent)"
    wide = "2001:db8:4c3f:91a2::7"
    with caplog.at_level("DEBUG"):
        for address, told in ((HERE, "planted words"), (wide, "planted words again and again")):
            visitor.post("/en/report/", {"sent_id": str(uuid.uuid4()), "told": told}, REMOTE_ADDR=address, HTTP_USER_AGENT=agent)
    stored = everything_stored() + file_bytes(*files_in(Path(settings.DATA_DIR)))
    remembered = file_bytes(*files_in(memory()._folder)) if memory().is_shared else b""
    packed = (ip_address(HERE).packed, ip_address(wide).packed[:6])  # three bytes would stand in a megabyte of seals by chance
    for planted in (b"203.0.113", b"2001:db8:4c3f", *packed, b"planted-agent"):
        assert [planted in place for place in (stored, remembered, caplog.text.encode())] == [False] * 3
    times = [e for e in _trail() if e.at.timetuple()[3:6] != _trail()[0].at.timetuple()[3:6]]
    assert times == []


def _trail():
    from spean.privacy.models import AuditEntry

    return list(AuditEntry.objects.filter(actor="public"))
