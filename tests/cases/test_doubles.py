"""Whether somebody who comes has a case already: who is told, what is said to be alike, and that nothing is put together."""

from uuid import uuid4

import pytest
from django.urls import reverse

from spean.cases import naming
from spean.cases.models import Arrival, Case
from spean.cases.naming import Ear, Known
from spean.cases.operations import doubles, finding
from spean.cases.operations.opening import Facts, Person, open_case
from spean.cases.queries import cases
from spean.cases.queries.whole import whole
from spean.kernel import clock
from spean.kernel.errors import Conflict, Locked, NotAllowed, NotYours
from spean.privacy import audit


def known(km="", latin="", *aliases):
    return Known.of(Person(km, latin, aliases).content())


@pytest.mark.parametrize(
    ("one", "other"),
    [(("ចាន់ សុភា",), ("", "Chan Sophea")), (("", "Sophea CHAN"), ("", "Chan Sopheap")), (("", "Chan Sopha"), ("សុភា ចាន់",)),
     (("", "Keo Dara", "Chan Sophea"), ("ចាន់ សុភា",)), (("ចាន់ សុភា",), ("ចាន់ សុភាព",)), (("", "Ly Sreymom"), ("លី ស្រី មុំ",))],
)  # fmt: skip
def test_names_that_may_be_of_one_person(one, other):
    assert Ear().likeness(known(*one), known(*other)) >= naming.ALIKE


@pytest.mark.parametrize(
    ("one", "other"),
    [(("ចាន់ សុភា",), ("ចាន់ ដារ៉ា",)), (("", "Chan Sophea"), ("", "Chan Dara")), (("", "Sok"), ("", "Sok")), ((), ()),
     (("លី ម៉ាលី",), ("", "Heng Vichet"))],
)  # fmt: skip
def test_names_that_say_nothing(one, other):
    assert Ear().likeness(known(*one), known(*other)) == 0


def another(town, by="worker", name="Chan Sophea", phone="", sent=None):
    """What a comparison finds for somebody who comes now."""
    person = Person(name_latin=name, contact={"phone": phone} if phone else {})
    return doubles.look(town.actor(by), town.teams["team"].id, person, "man", sent or uuid4())


def test_who_may_open_the_other_case_is_shown_it_and_by_what_it_is_alike(town):
    case = town.case()
    phone = Person(contact={"phone": "+855 12 345 678"})
    called = open_case(town.actor("worker"), town.teams["team"].id, phone, Facts("self"), uuid4())

    assert another(town).found == (doubles.Alike(case.id, by_number=False),)
    assert another(town, phone="012345678").found == (
        doubles.Alike(called, by_number=True),
        doubles.Alike(case.id, by_number=False),
    )
    assert another(town, name="Keo Dara") == doubles.Looked()
    Case.objects.filter(pk=case.pk).update(sex="woman")
    assert another(town) == doubles.Looked()


def changed(town, pk, name, *, by="worker", another=False, contact=None):
    """What writing anew who the person is, gives."""
    person, case = Person(name_latin=name, contact=contact or {}), Case.objects.get(pk=pk)
    facts = Facts(case.source, case.sex, case.age, case.country, case.risk)
    return doubles.change_compared(town.actor(by), pk, person, facts, revision=case.revision, another=another)


def test_a_new_name_is_compared_when_it_is_written_and_the_same_name_is_not_asked_about_again(town):
    first = town.case()
    second = open_case(town.actor("worker"), town.teams["team"].id, Person(name_latin="Keo Dara"), Facts("self"), uuid4())

    assert changed(town, second, "Chan Sophea").found == (doubles.Alike(first.id, by_number=False),)
    assert Case.objects.get(pk=second).revision == 0
    assert changed(town, second, "Chan Sophea", another=True) == second
    assert changed(town, second, "Chan Sophea") == second  # decided once
    assert changed(town, second, "Chan Sophea", contact={"phone": "012345678"}).found  # a number is new
    assert Case.objects.get(pk=second).revision == 2


def test_who_is_taken_from_a_queue_is_compared_when_the_rest_is_written_down(town):
    from spean.cases.operations import border

    town.case("supervisor")
    first = town.case()
    arriving = border.Arriving("poipet", clock.today(), "man", "25-59")
    border.register(town.actor("worker"), town.teams["team"].id, Person(name_latin="Chan Sophea"), arriving, uuid4())
    taken = border.take(town.actor("worker"), Arrival.objects.get().id)

    assert changed(town, taken, "Chan Sophea") == doubles.Looked((doubles.Alike(first.id, by_number=False),), hidden=True)
    assert changed(town, taken, "Chan Sophea", another=True) == taken
    assert Case.objects.get(pk=taken).steps.filter(kind="alike").count() == 1  # supervisors are told of the other one
    assert changed(town, taken, "Chan Sophea") == taken


def test_of_a_case_that_another_looks_after_supervisors_alone_are_told(town):
    town.case("supervisor")
    looked = another(town)
    assert (looked.found, looked.hidden) == ((), True)
    client, sent = town.client("worker"), str(uuid4())
    typed = {"name_latin": "Chan Sophea", "source": "self", "sex": "man", "age": "25-59", "country": "TH", "risk": "some"}
    typed |= {"team": str(town.teams["team"].id), "sent_id": sent, "send": "1"}
    for _twice in range(2):
        answer = client.post(reverse("desk:case_new"), typed, follow=True)
    made = Case.objects.get(opened_by=town.users["worker"].id)

    course = {by: len(whole(town.actor(by), made.id, opened=False).course.rows) for by in ("worker", "supervisor")}
    assert course == {"worker": 1, "supervisor": 2}
    assert "alike" not in answer.content.decode()
    assert [t.count for t in cases.tiles(town.actor("supervisor")) if t.name == "cases_alike"] == [1]
    assert [t.name for t in cases.tiles(town.actor("worker")) if t.name == "cases_alike"] == []
    assert [e.verb for e in audit.entries(made.org_id, subject=made.id)][-2:] == ["case.alike", "case.open"]
    boss = town.client("supervisor")
    assert reverse("desk:case_alike", args=[made.id]) in boss.get(reverse("desk:cases_alike")).content.decode()
    held = boss.get(reverse("desk:case_alike", args=[made.id])).content.decode()
    assert reverse("desk:case", args=[Case.objects.exclude(pk=made.pk).get().id]) in held
    assert "Sophea" not in held
    boss.post(reverse("desk:case_alike", args=[made.id]))
    assert cases.cases_alike(town.actor("supervisor")).rows == ()


def test_a_human_decides_and_what_was_sent_twice_is_not_like_itself(town):
    case, client = town.case(), town.client("worker")
    typed = {"name_km": "ចាន់ សុភា", "source": "self", "sex": "man", "age": "25-59", "country": "TH", "risk": "some"}
    typed |= {"team": str(town.teams["team"].id), "sent_id": str(uuid4())}
    asked = client.post(reverse("desk:case_new"), {**typed, "send": "1"}).content.decode()

    assert (Case.objects.count(), reverse("desk:case", args=[case.id]) in asked) == (1, True)
    for _twice in range(2):
        assert client.post(reverse("desk:case_new"), {**typed, "send": "another"}).status_code == 302
    assert client.post(reverse("desk:case_new"), {**typed, "send": "1"}).status_code == 302
    assert Case.objects.count() == 2


def test_locked_keys_and_a_days_quota_keep_nobody_from_opening_a_case(town, monkeypatch):
    case = town.case()
    person = Person(name_latin="Chan Sophea")
    locked = town.actor("worker", locked=True)
    assert doubles.look(locked, town.teams["team"].id, person, "man", uuid4()) == doubles.Looked()
    monkeypatch.setattr(finding, "A_DAY", 0)
    assert another(town) == doubles.Looked()
    with pytest.raises(NotYours):
        doubles.look(town.actor("worker"), town.teams["partner"].id, person, "man", uuid4())
    for name, refusal in (("worker", NotAllowed), ("stranger", NotYours)):
        with pytest.raises(refusal):
            doubles.alike(town.actor(name), case.id)
    with pytest.raises(Locked):
        doubles.alike(town.actor("supervisor", locked=True), case.id)
    Case.objects.filter(pk=case.pk).update(state="closed")
    with pytest.raises(Conflict):
        doubles.compared(town.actor("supervisor"), case.id)
