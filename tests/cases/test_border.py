"""Many people at a crossing: a case for each at once, a number, who comes first, and who takes whom."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.urls import reverse

from spean.cases.models import Arrival, Case
from spean.cases.operations import border, people, reading
from spean.cases.operations.border import Arriving
from spean.cases.operations.opening import Person
from spean.cases.queries import border as queries
from spean.cases.queries import cases
from spean.kernel import clock
from spean.kernel.errors import Conflict, Invalid, NotAllowed, NotYours
from spean.privacy import audit


def come(town, by="worker", sent=None, *, age="25-59", on=None, crossing="poipet", name="សុខា", **marks):
    """One person is written down; their number."""
    team = {"stranger": "partner"}.get(by, "team")
    arriving = Arriving(crossing, on or clock.today(), "man", age, **marks)
    return border.register(town.actor(by), town.teams[team].id, Person(name_km=name), arriving, sent or uuid4())


def waiting(town, by="worker", **more):
    return [row.number for row in queries.queue(town.actor(by), "poipet", clock.today(), **more).rows]


def test_everybody_has_a_case_at_once_and_the_next_number_of_the_day_and_the_crossing(town):
    sent, yesterday = uuid4(), clock.today() - timedelta(1)
    given = [come(town), come(town, sent=sent), come(town, sent=sent), come(town, by="supervisor")]
    others = [come(town, crossing="bavet"), come(town, on=yesterday), come(town, by="stranger")]

    assert (given, others) == ([1, 2, 2, 3], [1, 1, 1])
    case = Case.objects.get(arrival__crossing="bavet")
    assert (case.source, case.country, case.assigned_to, case.state) == ("border", "VN", None, "open")
    assert "សុខា".encode() not in bytes(case.person)
    assert [e.verb for e in audit.entries(case.org_id, subject=case.id)] == ["case.register"]
    with pytest.raises(NotYours):
        come(town, by="supervisor", sent=sent)
    with pytest.raises(Invalid):
        come(town, on=clock.today() + timedelta(1))


def test_danger_and_children_come_first_then_who_is_sick(town):
    come(town)
    come(town, sick=True)
    come(town, age="0-17")
    come(town, child=True, sick=True)
    come(town, danger=True)

    assert waiting(town) == [3, 4, 5, 2, 1]
    assert queries.queue_counts(town.actor("worker"), "poipet", clock.today()) == {"waiting": 5, "gone": 0, "all": 5}
    assert [t.count for t in cases.tiles(town.actor("supervisor")) if t.name == "cases_danger"] == [1]


def test_who_takes_somebody_looks_after_them_and_nobody_else_can(town):
    come(town, name="ចាន់ ធូ")
    worker, arrival = town.actor("worker"), Arrival.objects.get()
    with pytest.raises(NotYours):
        reading.read(worker, arrival.case_id)  # who waits is nobody's yet: taking is on the course
    case = border.take(worker, arrival.id)

    assert reading.read(worker, case).person.name_km == "ចាន់ ធូ"
    assert (waiting(town), list(arrival.case.steps.values_list("kind", flat=True))) == ([], ["opened", "assigned"])
    for late in (border.take, border.gone):
        with pytest.raises(Conflict):
            late(town.actor("supervisor"), arrival.id)


def test_who_was_not_there_can_come_back_and_a_supervisor_can_give_the_case_to_somebody(town):
    come(town)
    come(town)
    first, second = Arrival.objects.order_by("number")
    border.gone(town.actor("worker"), first.id)
    assert (waiting(town), waiting(town, state="gone")) == ([2], [1])
    border.take(town.actor("worker"), first.id)
    people.assign(town.actor("supervisor"), second.case_id, town.users["worker"].id)

    assert (waiting(town), waiting(town, state="gone")) == ([], [])
    assert set(Arrival.objects.values_list("state", flat=True)) == {"taken"}


def test_another_team_sees_nothing_of_the_queue(town):
    come(town)
    arrival = Arrival.objects.get()

    assert waiting(town, by="stranger") == []
    with pytest.raises(NotYours):
        border.take(town.actor("stranger"), arrival.id)
    for name in ("volunteer", "manager", "analyst"):
        with pytest.raises(NotAllowed):
            come(town, by=name)
        with pytest.raises(NotYours):
            border.take(town.actor(name), arrival.id)


def test_the_queue_is_paged_by_rank_and_number(town, monkeypatch):
    monkeypatch.setattr(queries, "ROWS", 2)
    for n in range(5):
        come(town, danger=n == 4)
    page = queries.queue(town.actor("worker"), "poipet", clock.today())
    seen = [r.number for r in page.rows]
    while page.after:
        page = queries.queue(town.actor("worker"), "poipet", clock.today(), after=page.after)
        seen += [r.number for r in page.rows]

    assert seen == [5, 1, 2, 3, 4]
    for broken in ("1", "x.y", "1.", "99999.99999"):
        with pytest.raises(Invalid):
            queries.queue(town.actor("worker"), "poipet", clock.today(), after=broken)


def test_the_form_comes_back_with_the_crossing_and_the_day_and_the_queue_says_no_name(town):
    client, today = town.client("worker"), clock.today().isoformat()
    typed = {"crossing": "poipet", "on": today, "team": str(town.teams["team"].id), "name": "Zulo Quist", "phone": "012 345 678"}
    typed |= {"sex": "man", "age": "18-24", "sick": "on", "sent_id": str(uuid4())}
    for _twice in range(2):
        answer = client.post(reverse("desk:border"), typed, follow=True)

    held = answer.content.decode()
    assert f'value="{today}"' in held
    assert '<option value="poipet" selected>' in held
    assert "Zulo" not in held
    assert Arrival.objects.count() == 1
    listed = client.get(reverse("desk:border_queue"), {"crossing": "poipet", "on": today}).content.decode()
    assert "Zulo" not in listed
    assert reverse("desk:border_act", args=[Arrival.objects.get().id, "take"]) in listed
    nothing = client.post(reverse("desk:border"), {**typed, "name": "", "phone": "", "sent_id": str(uuid4())})
    assert nothing.status_code == 422


@pytest.mark.parametrize("many", [1, 3])
def test_the_queries_of_the_queue_do_not_grow(town, many, django_assert_num_queries):
    for _n in range(many):
        come(town)
    worker, today = town.actor("worker"), clock.today()
    with django_assert_num_queries(2):
        queries.queue(worker, "poipet", today)
        queries.queue_counts(worker, "poipet", today)
