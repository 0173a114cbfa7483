"""Codes and taps at the gates: from phones without a network, in any order and as often as they come, to the exact count."""

import random
from datetime import date
from uuid import UUID, uuid4

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from spean.kernel.errors import Invalid, NotYours

KINDS = ("student", "teacher", "official", "other")


def event(town, **more):
    from spean.kernel import clock
    from spean.programme.operations.activities import Kept, write

    kept = Kept(**{"kind": "event", "name_en": "The day", "on": clock.today(), **more})
    return write(town.actor("manager"), kept, "14010101", uuid4())


def codes(town, pk, kind="student", number=3):
    from spean.programme.models import Ticket
    from spean.programme.operations import events

    sheet = events.make_codes(town.actor("manager"), pk, kind, number, uuid4())
    return list(Ticket.objects.filter(sheet=sheet).order_by("position").values_list("code", flat=True))


def tap(pk, *taps, town, who="volunteer"):
    from spean.programme.operations import events

    return list(events.check_in(town.actor(who), pk, taps).values())


def counted(pk):
    from spean.programme.operations.events import came

    return came([pk]).get(pk, {})


def Tap(*args, **kwargs):  # noqa: N802 - the name of what it makes
    from spean.programme.operations import events

    return events.Tap(*args, **kwargs)


def test_codes_are_made_once_begin_alike_and_are_told_from_others(town):
    from spean.kernel.ids import has_good_check_digit
    from spean.programme.models import Ticket
    from spean.programme.operations import events

    pk, sent = event(town), uuid4()
    for _twice in range(2):
        events.make_codes(town.actor("manager"), pk, "student", 40, sent)
    known = set(Ticket.objects.values_list("code", flat=True))
    assert (len(known), {c[:3] for c in known}, all(map(has_good_check_digit, known))) == (40, {events.mark_of(pk)}, True)


@pytest.mark.parametrize(("kind", "number"), [("spy", 3), ("student", 0), ("student", 501)])
def test_codes_of_no_kind_or_number_are_refused(town, kind, number):
    with pytest.raises(Invalid):
        codes(town, event(town), kind, number)


def test_the_same_code_at_two_gates_counts_once_and_says_so(town):
    pk = event(town)
    code, *_rest = codes(town, pk, "teacher")
    first, other = Tap(uuid4(), code=code), Tap(uuid4(), code=f"{code[:3]} {code[3:6]} {code[6:]}")
    assert tap(pk, first, town=town) == ["counted"]
    assert tap(pk, other, town=town, who="faraway") == ["again"]
    assert tap(pk, first, other, town=town) == ["counted", "again"]
    assert counted(pk) == {"teacher": 1}


def test_a_code_of_another_event_or_a_mistyped_one_is_told(town):
    pk = event(town)
    (other,) = codes(town, event(town), number=1)
    (own,) = codes(town, pk, number=1)
    mistyped = own[:-1] + str((int(own[-1]) + 1) % 10)
    assert tap(pk, Tap(uuid4(), code=other), Tap(uuid4(), code=mistyped), town=town) == ["unknown", "unknown"]
    assert counted(pk) == {}


@pytest.mark.parametrize("order", [(0, 1), (1, 0)])
def test_a_tap_that_is_taken_back_counts_never_whichever_comes_first(town, order):
    pk = event(town)
    wrong = Tap(uuid4(), "student")
    both = [wrong, Tap(uuid4(), "student", undoes=wrong.id)]
    for at in order:
        tap(pk, both[at], town=town)
    assert (tap(pk, *both, town=town), counted(pk)) == (["back", "back"], {})


def test_each_part_of_an_event_counts_its_own(town):
    pk = event(town)
    (code,) = codes(town, pk, number=1)
    parts = [event(town, part_of=pk) for _twice in range(2)]
    assert [tap(part, Tap(uuid4(), code=code), town=town) for part in parts] == [["counted"], ["counted"]]
    assert [counted(at) for at in (*parts, pk)] == [{"student": 1}, {"student": 1}, {}]


def test_a_tap_is_one_events_and_a_stranger_sends_none(town):
    one, other = event(town), event(town)
    mine = Tap(uuid4(), "student")
    tap(one, mine, town=town)
    for pk, who in ((other, "volunteer"), (one, "stranger")):
        with pytest.raises(NotYours):
            tap(pk, mine, town=town, who=who)
    with pytest.raises(Invalid):
        tap(one, Tap(uuid4(), "spy"), town=town)


def test_fifteen_hundred_come_through_three_phones_two_of_them_without_a_network(town):
    """Two phones sent nothing until the end; then all of it, in pieces, some of them two and three times, in no order."""
    from spean.programme.models import CheckIn

    pk, draw = event(town), random.Random(20141211)
    known = codes(town, pk, "student", 500) + codes(town, pk, "official", 100)
    by_code = [Tap(UUID(int=draw.getrandbits(128), version=4), code=c) for c in known]
    twice = [Tap(UUID(int=draw.getrandbits(128), version=4), code=c) for c in known[::7]]  # shown at a second gate as well
    without = [Tap(UUID(int=draw.getrandbits(128), version=4), kind=draw.choice(KINDS)) for _each in range(900)]
    phones: list[list] = [[], [], []]
    for one in (*by_code, *twice, *without):
        phones[draw.randrange(3)].append(one)
    batches = [phone[at : at + 50] for phone in phones for at in range(0, len(phone), 50)]
    sent = [*batches, *draw.choices(batches, k=len(batches) // 2)]
    draw.shuffle(sent)
    for batch in sent:
        tap(pk, *draw.sample(batch, len(batch)), town=town, who=draw.choice(("volunteer", "faraway", "worker")))
    assert sum(counted(pk).values()) == 1500
    assert (CheckIn.objects.count(), CheckIn.objects.filter(counts=False).count()) == (1500 + len(twice), len(twice))


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_what_counts_depends_on_no_order_and_no_repetition(town, data):
    pk = event(town)
    known = codes(town, pk, number=4)
    shown = data.draw(st.lists(st.sampled_from(known), max_size=8))
    pads = [Tap(uuid4(), kind=k) for k in data.draw(st.lists(st.sampled_from(KINDS), max_size=8))]
    back = data.draw(st.lists(st.sampled_from(pads), unique_by=lambda t: t.id, max_size=3)) if pads else []
    taps = [*(Tap(uuid4(), code=c) for c in shown), *pads, *(Tap(uuid4(), kind=t.kind, undoes=t.id) for t in back)]
    again = data.draw(st.lists(st.sampled_from(taps), max_size=6)) if taps else []
    sent, size = [*data.draw(st.permutations(taps)), *again], data.draw(st.integers(1, 5))
    for at in range(0, len(sent), size):
        tap(pk, *sent[at : at + size], town=town)
    assert sum(counted(pk).values()) == len(set(shown)) + len(pads) - len(back)


def test_what_comes_late_is_taken_after_the_report_as_well(town):
    from spean.programme.operations import activities

    pk = event(town, on=date(2014, 12, 11))
    tap(pk, Tap(uuid4(), "student"), town=town)
    for verb in ("hold", "report"):
        activities.move(town.actor("manager"), pk, verb)
    assert tap(pk, Tap(uuid4(), "official"), town=town) == ["counted"]
    assert counted(pk) == {"student": 1, "official": 1}
