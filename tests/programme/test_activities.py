"""Activities: written down once, moved along their table, counted with sums that agree, seen by whom they concern."""

from datetime import date, datetime, time, timedelta
from decimal import Decimal
from uuid import uuid4
from zoneinfo import ZoneInfo

import pytest

from spean.kernel import clock
from spean.kernel.errors import Conflict, Invalid, NotAllowed, NotYours

NOON = datetime(2014, 12, 11, 12, 0, tzinfo=ZoneInfo("Asia/Phnom_Penh"))
TODAY = date(2014, 12, 11)
VILLAGE = "14010101"


def kept(**more):
    from spean.programme.operations.activities import Kept

    return Kept(**{"kind": "outreach", "setting": "village", "name_en": "Before you go", "on": TODAY, **more})


@pytest.fixture(autouse=True)
def at_noon():
    with clock.at(NOON):
        yield


def write(town, by="volunteer", state="planned", **more):
    from spean.programme.models import Activity
    from spean.programme.operations import activities

    return Activity.objects.get(pk=activities.write(town.actor(by), kept(**more), VILLAGE, uuid4(), state))


def states(town, by, pk, *verbs):
    from spean.programme.models import Activity
    from spean.programme.operations import activities

    for verb in verbs:
        activities.move(town.actor(by), pk, verb, "weather" if verb == "cancel" else "")
    return Activity.objects.get(pk=pk).state


def test_a_session_goes_from_draft_to_report(town):
    from spean.programme.operations import activities

    made = write(town, state="draft", topics=("papers", "help"))
    assert states(town, "volunteer", made.pk, "plan") == "planned"
    activities.count(town.actor("volunteer"), made.pk, {"sex": {"women": 30, "men": 18}}, 48)
    assert states(town, "volunteer", made.pk, "report") == "reported"
    with pytest.raises(Conflict):
        activities.count(town.actor("volunteer"), made.pk, {}, 50)
    with pytest.raises(NotAllowed):
        states(town, "volunteer", made.pk, "reopen")
    assert states(town, "supervisor", made.pk, "reopen") == "held"


def test_sent_twice_is_written_once_and_nobody_takes_anothers_id(town):
    from spean.programme.models import Activity
    from spean.programme.operations import activities

    sent = uuid4()
    first, again = (activities.write(town.actor("volunteer"), kept(), VILLAGE, sent) for _twice in range(2))
    assert (first, Activity.objects.count()) == (again, 1)
    with pytest.raises(NotYours):
        activities.write(town.actor("worker"), kept(), VILLAGE, sent)


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"setting": ""}, "setting"),
        ({"name_en": " "}, "name_km"),
        ({"topics": ("gossip",)}, "topics"),
        ({"until": TODAY - timedelta(days=1)}, "until"),
        ({"starts": time(9), "ends": time(8)}, "ends"),
        ({"project": uuid4()}, "project"),
        ({"part_of": uuid4()}, "part_of"),
    ],
)
def test_what_is_wrong_is_told_by_its_field(town, wrong, field):
    with pytest.raises(Invalid) as refused:
        write(town, by="supervisor", **wrong)
    assert list(refused.value.fields) == [field]


@pytest.mark.parametrize(
    "counts", [{"sex": {"women": 40}}, {"age": {"0-14": 49}}, {"sex": {"women": 48}, "kind": {"student": 1}}]
)
def test_a_sum_that_is_not_the_total_is_told(town, counts):
    from spean.programme.operations import activities

    made = write(town)
    with pytest.raises(Invalid) as refused:
        activities.count(town.actor("volunteer"), made.pk, counts, 48)
    assert list(refused.value.fields) == [list(counts)[-1]]
    made.refresh_from_db()
    assert (made.attended, made.attendances.count()) == (None, 0)


def test_what_is_still_to_come_is_neither_held_nor_counted(town):
    from spean.programme.operations import activities

    made = write(town, on=TODAY + timedelta(days=1))
    for act in (
        lambda: states(town, "volunteer", made.pk, "hold"),
        lambda: activities.count(town.actor("volunteer"), made.pk, {}, 3),
    ):
        with pytest.raises(Conflict):
            act()


def test_nothing_is_reported_before_somebody_counted(town):
    made = write(town)
    with pytest.raises(Conflict):
        states(town, "volunteer", made.pk, "hold", "report")


def test_it_is_cancelled_with_a_reason(town):
    from spean.programme.operations import activities

    made = write(town)
    with pytest.raises(Invalid):
        activities.move(town.actor("volunteer"), made.pk, "cancel", "no idea")
    assert states(town, "volunteer", made.pk, "cancel") == "cancelled"


def test_an_event_that_is_cancelled_takes_its_parts_along_but_not_what_was_held(town):
    from spean.programme.models import Activity

    event = write(town, by="manager", kind="event", setting="")
    held, waiting = (write(town, by="manager", kind="event", setting="", part_of=event.pk) for _twice in range(2))
    states(town, "manager", held.pk, "hold")
    states(town, "manager", event.pk, "cancel")
    assert [Activity.objects.get(pk=one.pk).state for one in (event, held, waiting)] == ["cancelled", "held", "cancelled"]


def test_who_sees_a_session(town):
    from spean.programme.queries.activities import activities

    write(town)
    seen = {
        name: len(activities(town.actor(name)).rows)
        for name in ("volunteer", "faraway", "worker", "supervisor", "manager", "stranger")
    }
    assert seen == {"volunteer": 1, "faraway": 0, "worker": 0, "supervisor": 1, "manager": 1, "stranger": 0}


def test_who_is_named_as_its_leader_sees_and_counts_it(town):
    from spean.programme.operations import activities as operations

    made = write(town, by="supervisor")
    with pytest.raises(NotYours):
        operations.count(town.actor("faraway"), made.pk, {}, 9)
    said = {"role": "volunteer", "member": town.users["faraway"].pk}
    operations.add(town.actor("supervisor"), made.pk, "leaders", said, uuid4())
    operations.count(town.actor("faraway"), made.pk, {}, 9)
    made.refresh_from_db()
    assert (made.state, made.attended) == ("held", 9)
    with pytest.raises(Invalid):
        operations.add(
            town.actor("supervisor"), made.pk, "leaders", {"role": "volunteer", "member": town.users["stranger"].pk}, uuid4()
        )


def test_an_event_is_a_leaders_and_who_helps_sees_it_once_it_is_planned(town):
    from spean.programme.queries.activities import activities

    with pytest.raises(NotAllowed):
        write(town, kind="event")
    made = write(town, by="manager", state="draft", kind="event", setting="")
    assert activities(town.actor("volunteer")).rows == ()
    states(town, "manager", made.pk, "plan")
    assert len(activities(town.actor("volunteer")).rows) == 1
    with pytest.raises(NotYours):
        states(town, "volunteer", made.pk, "hold")


def test_an_event_has_parts_on_its_days_and_its_count_is_theirs(town):
    from spean.programme.operations import activities as operations
    from spean.programme.queries.activities import activities

    event = write(town, by="manager", kind="event", setting="", until=TODAY + timedelta(days=1))
    with pytest.raises(Invalid):
        write(town, by="manager", kind="event", setting="", part_of=event.pk, on=TODAY + timedelta(days=2))
    for number in (700, 800):
        part = write(town, by="manager", kind="event", setting="", part_of=event.pk)
        operations.count(town.actor("manager"), part.pk, {}, number)
    rows = activities(town.actor("manager")).rows
    assert [(r.id, r.attended) for r in rows] == [(event.pk, 1500)]


LINES = [
    ("items", {"on": TODAY, "starts": time(7), "minutes": 45, "what_en": "Parade"}),
    ("questions", {"topic": "papers", "words": "Where is a passport made?", "answered": True}),
    (
        "quizzes",
        {"topic": "law", "words": "May a broker keep it?", "before": 40, "right_before": 9, "after": 40, "right_after": 33},
    ),
    ("costs", {"kind": "sound", "currency": "USD", "planned": Decimal(300), "spent": Decimal(280)}),
    ("invitations", {"whom": "District hall", "kind": "official", "number": 12, "reply": "coming", "coming": 8}),
    ("shifts", {"on": TODAY, "starts": time(6), "ends": time(9), "task": "Gate 1", "number": 3, "member": None}),
]


@pytest.mark.parametrize(("name", "said"), LINES)
def test_a_line_is_added_once_changed_and_taken_out(town, name, said):
    from spean.programme.operations import activities as operations
    from spean.programme.queries.activities import listed

    event, actor, sent = write(town, by="manager", kind="event", setting=""), town.actor("manager"), uuid4()
    pk, again = (operations.add(actor, event.pk, name, said, sent) for _twice in range(2))
    (line,) = listed(actor, event.pk, name).lines
    assert (line.id, {k: v for k, v in line.said.items() if k in said}) == (again, said)
    operations.mend(actor, event.pk, name, pk, said)
    operations.remove(actor, event.pk, name, pk)
    assert listed(actor, event.pk, name).lines == ()


@pytest.mark.parametrize(
    ("name", "wrong"),
    [
        ("items", {**LINES[0][1], "on": TODAY + timedelta(days=9)}),
        ("items", {**LINES[0][1], "what_en": ""}),
        ("quizzes", {**LINES[2][1], "right_after": 41}),
        ("invitations", {**LINES[4][1], "reply": "waiting"}),
        ("shifts", {**LINES[5][1], "ends": time(5)}),
        ("costs", {**LINES[3][1], "kind": "bribes"}),
    ],
)
def test_a_line_that_cannot_be_is_refused(town, name, wrong):
    from spean.programme.operations import activities as operations

    event = write(town, by="manager", kind="event", setting="")
    with pytest.raises(Invalid):
        operations.add(town.actor("manager"), event.pk, name, wrong, uuid4())


def test_a_line_is_reached_through_its_own_activity_only(town):
    from spean.programme.operations import activities as operations

    actor = town.actor("manager")
    one, other = (write(town, by="manager", kind="event", setting="") for _twice in range(2))
    pk = operations.add(actor, one.pk, *LINES[0], uuid4())
    for act in (operations.remove, lambda *given: operations.mend(*given, LINES[0][1])):
        with pytest.raises(NotYours):
            act(actor, other.pk, "items", pk)
    with pytest.raises(NotYours):
        operations.add(town.actor("volunteer"), write(town).pk, *LINES[0], uuid4())


def test_the_list_is_asked_by_kind_place_and_month(town):
    from spean.programme.queries.activities import activities

    write(town, by="supervisor")
    write(town, by="supervisor", kind="training", setting="", on=date(2014, 11, 30), until=date(2014, 12, 2))
    actor = town.actor("supervisor")
    paths = {p.code: p.path for p in (town.place("1401"), town.place("14010201"))}
    asked = [
        {"kind": "training"},
        {"place": paths["1401"]},
        {"place": paths["14010201"]},
        {"month": "2014-12"},
        {"month": "2014-11"},
        {"month": "x"},
    ]
    assert [len(activities(actor, **one).rows) for one in asked] == [1, 2, 0, 2, 1, 2]
