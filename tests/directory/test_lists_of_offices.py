"""A list of an office: nothing changes before somebody confirms; then proposals, and a second person publishes."""

from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.utils import translation

from spean.directory.models import LicenceClaim, ListedRow, Recruiter, RecruiterList, RecruiterVersion
from spean.directory.operations import listed, registering
from spean.directory.operations.registering import RECRUITERS
from spean.directory.queries import lists
from spean.directory.queries import recruiters as public
from spean.kernel import clock
from spean.kernel.errors import Conflict, Invalid, NotAllowed, NotYours

HEADING = ("ឈ្មោះ", "លេខអាជ្ញាបណ្ណ", "ទូរស័ព្ទ")
STAR, MOON, SUN = ("ទីភ្នាក់ងារផ្កាយ (Demo Star)", "១/២០២៥", "012 311 112"), ("Demo Moon", "2/2025", ""), ("Demo Sun", "3/2025", "")
DAY = date(2026, 1, 1)


@pytest.fixture(autouse=True)
def in_english():
    with translation.override("en"):
        yield


@pytest.fixture
def upload(manager):
    """Uploads a list with these lines as the manager."""

    def uploading(*rows, actor=None, on=DAY, **more):
        sheets = [("2026", list(enumerate((HEADING, *rows), 1)))]
        said = {"claimant": "ministry", "source": "List of agencies", "says": "licensed", "sent_id": uuid4(), **more}
        return listed.upload(actor or manager, sheets, listed_on=on, **said)

    return uploading


def confirm(actor, pk):
    """Confirm and make all proposals."""
    listed.start(actor, pk)
    while (at := lists.list_page(actor, pk).next_part) is not None:
        listed.go_on(actor, pk, at)


@pytest.fixture
def bring(upload, manager, coordinator):
    """Uploads, confirms; the coordinator publishes everything."""

    def bringing(*rows, **more):
        pk = upload(*rows, **more)
        confirm(manager, pk)
        listed.publish(coordinator, pk, [row.position for row in ListedRow.objects.filter(sheet=pk)])
        return pk

    return bringing


def verdicts(pk):
    return dict(ListedRow.objects.filter(sheet=pk).values_list("name", "verdict"))


def state_of(name):
    recruiter = Recruiter.objects.get(title_en=name)
    return public.one(recruiter.pk).verdict


def everything():
    return [(m.__name__, list(m.objects.order_by("pk").values())) for m in (Recruiter, RecruiterVersion, LicenceClaim)]


def test_nothing_changes_before_somebody_confirms(upload, manager, coordinator):
    pk = upload(STAR, MOON)
    assert verdicts(pk) == {"ទីភ្នាក់ងារផ្កាយ · Demo Star": "new", "Demo Moon": "new"}
    assert Recruiter.objects.count() == 0
    confirm(manager, pk)
    assert public.search("Demo Star").rows == ()
    assert set(LicenceClaim.objects.values_list("state", "source", "as_of")) == {("unverified", "List of agencies", DAY)}
    with pytest.raises(NotYours):
        listed.publish(manager, pk, [0, 1])
    assert listed.publish(coordinator, pk, [0]) == 1
    (known,) = public.search("ផ្កាយ").rows
    assert (known.verdict, known.licences[0].licence_number, known.licences[0].as_of) == ("licensed", "១/២០២៥", DAY)
    assert public.search("Demo Moon").rows == ()


def test_the_same_file_twice_does_nothing(bring, upload, manager):
    bring(STAR, MOON)
    before = everything()
    second = upload(STAR, MOON)
    assert set(verdicts(second).values()) == {"same"}
    with pytest.raises(Conflict):
        listed.start(manager, second)
    assert everything() == before


def test_the_same_file_twice_before_anybody_published_does_nothing_either(upload, manager):
    confirm(manager, upload(STAR, MOON))
    before = everything()
    assert set(verdicts(upload(STAR, MOON)).values()) == {"same"}
    assert everything() == before


def test_the_same_sending_makes_one_list(upload, coordinator):
    sent = uuid4()
    assert upload(STAR, sent_id=sent) == upload(STAR, sent_id=sent)
    with pytest.raises(NotYours):
        upload(STAR, sent_id=sent, actor=coordinator)
    assert RecruiterList.objects.count() == 1


def test_a_newer_list_tells_what_changed_field_by_field_and_who_is_gone(bring, upload, manager, coordinator):
    bring(STAR, MOON, SUN)
    second = upload((STAR[0], "១/២០២៥", "077 455 516"), ("Demo Moon", "9/2026", ""), on=DAY + timedelta(days=90))
    assert verdicts(second) == {"ទីភ្នាក់ងារផ្កាយ · Demo Star": "changed", "Demo Moon": "doubtful", "Demo Sun": "gone"}
    changed = ListedRow.objects.get(sheet=second, verdict="changed")
    assert changed.changes == [
        ["numbers", "+855 12 311 112", "+855 12 311 112\n+855 77 455 516"],
        ["as_of", "2026-01-01", "2026-04-01"],
    ]
    moon = ListedRow.objects.get(sheet=second, verdict="doubtful")
    with pytest.raises(Conflict):
        listed.start(manager, second)
    listed.decide(manager, second, {moon.position: moon.candidates[0][0]})
    confirm(manager, second)
    assert state_of("Demo Sun") == "licensed"
    listed.publish(coordinator, second, list(range(3)))
    assert (state_of("Demo Sun"), state_of("Demo Moon")) == ("delisted", "licensed")
    assert Recruiter.objects.count() == 3
    numbers = {c.licence_number for known in public.search("Demo Moon").rows for c in known.licences}
    assert numbers == {"9/2026"}


def test_who_comes_back_on_the_list_is_licensed_again(bring):
    bring(STAR, SUN)
    bring(STAR, on=DAY + timedelta(days=10))
    assert state_of("Demo Sun") == "delisted"
    bring(STAR, SUN, on=DAY + timedelta(days=20))
    assert state_of("Demo Sun") == "licensed"


def test_a_list_of_another_name_makes_nobody_gone(bring, upload):
    bring(STAR, SUN)
    pk = upload(MOON, source="Suspended agencies", says="suspended")
    assert verdicts(pk) == {"Demo Moon": "new"}


def test_an_older_list_is_refused(bring, upload):
    bring(STAR)
    with pytest.raises(Invalid) as refused:
        upload(STAR, on=DAY - timedelta(days=1))
    assert list(refused.value.fields) == ["listed_on"]


@pytest.mark.parametrize(
    ("more", "field"),
    [
        ({"claimant": "me"}, "claimant"),
        ({"says": "safe"}, "says"),
        ({"source": " "}, "source"),
        ({"source": "a" * 161}, "source"),
    ],
)
def test_a_list_without_its_name_is_refused(upload, more, field):
    with pytest.raises(Invalid) as refused:
        upload(STAR, **more)
    assert list(refused.value.fields) == [field]
    assert RecruiterList.objects.count() == 0


def test_a_list_without_headings_is_refused(manager):
    with pytest.raises(Invalid) as refused:
        listed.upload(
            manager, [("", [(1, ("a", "b"))])], claimant="ministry", source="A", listed_on=DAY, says="licensed", sent_id=uuid4()
        )
    assert list(refused.value.fields) == ["sheet"]


def test_who_is_doubtful_may_be_another_one_or_left_out(bring, upload, manager):
    bring(STAR, SUN)
    pk = upload(STAR, ("Demo Sunn", "8/2026", ""), ("Demo Starr", "7/2026", ""), on=DAY + timedelta(days=5))
    rows = {row.name: row for row in ListedRow.objects.filter(sheet=pk, verdict="doubtful")}
    assert {name: row.candidates[0][2] for name, row in rows.items()} == {"Demo Sunn": "alike", "Demo Starr": "alike"}
    assert "gone" not in verdicts(pk).values()  # whoever may be meant is not gone
    with pytest.raises(Invalid):
        listed.decide(manager, pk, {rows["Demo Sunn"].position: str(uuid4())})
    listed.decide(manager, pk, {rows["Demo Sunn"].position: "new", rows["Demo Starr"].position: "out"})
    confirm(manager, pk)
    assert set(Recruiter.objects.values_list("title_en", flat=True)) == {"Demo Star", "Demo Sun", "Demo Sunn"}


def test_what_was_withdrawn_is_a_persons_to_decide(bring, upload, coordinator):
    bring(STAR)
    RECRUITERS.withdraw(coordinator, Recruiter.objects.get().pk)
    pk = upload(STAR, on=DAY + timedelta(days=5))
    assert [row.candidates[0][2] for row in ListedRow.objects.filter(sheet=pk)] == ["withdrawn"]


def test_it_goes_on_where_it_stopped_and_a_part_sent_twice_does_nothing(upload, manager, coordinator, monkeypatch):
    monkeypatch.setattr(listed, "PART", 2)
    pk = upload(*((f"Invented Office {chr(65 + n) * 5}", f"{n}/2025", "") for n in range(5)))
    listed.start(manager, pk)
    listed.go_on(manager, pk, 0)
    assert Recruiter.objects.count() == 2
    listed.go_on(manager, pk, 0)
    listed.go_on(manager, pk, 4)
    assert Recruiter.objects.count() == 2
    listed.go_on(coordinator, pk, 2)
    listed.go_on(manager, pk, 4)
    assert (Recruiter.objects.count(), lists.list_page(manager, pk).row.state) == (5, "done")


def test_the_register_may_change_between_the_look_and_the_confirming(upload, manager, coordinator):
    first, second = upload(STAR), upload(STAR)
    confirm(manager, first)
    before = everything()
    confirm(manager, second)
    assert everything() == before


def test_a_list_thrown_away_changes_nothing(upload, manager):
    pk = upload(STAR)
    listed.discard(manager, pk)
    with pytest.raises(Conflict):
        listed.start(manager, pk)
    assert (Recruiter.objects.count(), ListedRow.objects.count()) == (0, 0)


def test_the_older_word_waits_and_the_newer_one_wins(upload, manager, coordinator):
    """The second list comes before anybody published the first."""
    first = upload(STAR)
    confirm(manager, first)
    second = upload((STAR[0], "១/២០២៥", ""), on=DAY + timedelta(days=5), says="suspended")
    confirm(manager, second)
    recruiter = Recruiter.objects.get()
    RECRUITERS.publish(coordinator, recruiter.pk, 1)
    for claim in LicenceClaim.objects.order_by("-as_of"):
        registering.publish(coordinator, claim.pk)
    assert public.one(recruiter.pk).verdict == "suspended"


def test_nobody_else_brings_a_list_in(upload, town, manager):
    worker, pk = town.actor("worker"), upload(STAR)
    with pytest.raises(NotAllowed):
        upload(STAR, actor=worker)
    for run in (lambda: lists.list_page(worker, pk), lambda: listed.start(worker, pk), lambda: listed.discard(worker, pk)):
        with pytest.raises(NotYours):
            run()
    assert lists.lists(worker).rows == ()


@pytest.mark.parametrize("number", [1, 3])
def test_always_the_same_number_of_queries(upload, manager, number, django_assert_num_queries):
    for n in range(number):
        pk = upload(*((f"Invented Office {chr(65 + n) * 5}", f"{n}/2025", "") for n in range(number)), source=f"List {n}")
    with django_assert_num_queries(1):
        lists.lists(manager)
    with django_assert_num_queries(10):
        lists.list_page(manager, pk)


def test_a_hundred_lines_against_five_hundred_recruiters_take_a_few_queries(upload, manager, django_assert_max_num_queries):
    names = [f"Invented {chr(65 + n % 26) * 3}{chr(65 + n // 26) * 3} Office" for n in range(100)]
    with django_assert_max_num_queries(40):
        upload(*((name, f"{n}/2025", "") for n, name in enumerate(names)))
    assert clock.today() >= DAY
