"""Training courses: who keeps them, places, who takes part, how often, for how long, with what it ends."""

from datetime import UTC, date, datetime
from decimal import Decimal
from uuid import uuid4

import pytest

from spean.cases.training_enums import ENROLMENT_MOVES, EnrolmentState, LeftFor
from spean.kernel import clock
from spean.kernel.errors import Conflict, Invalid, NotAllowed, NotYours

START = datetime(2027, 3, 1, 3, 0, tzinfo=UTC)
LATER = datetime(2027, 6, 1, 3, 0, tzinfo=UTC)
FIRST, LAST = date(2027, 3, 1), date(2027, 5, 31)


@pytest.fixture
def case(town):
    with clock.at(START):
        yield town.case()


def kept(**more):
    from spean.cases.operations.trainings import Kept

    said = {"trade": "motor", "starts_on": FIRST, "ends_on": LAST, "places": 2, "ends_with": "state", "provider": "A centre"}
    return Kept(**{**said, **more})


def course(town, who="worker", place="14010101", sent_id=None, **more):
    from spean.cases.models import Training
    from spean.cases.operations import trainings

    return Training.objects.get(pk=trainings.write(town.actor(who), kept(**more), place, sent_id or uuid4()))


def offer(town, case, training, sent_id=None, words="Wants to repair engines"):
    from spean.cases.operations import enrolling

    return case.enrolments.get(pk=enrolling.offer(town.actor("worker"), case.id, training.id, words, sent_id or uuid4()))


def move(town, one, *verbs, why="", to=None):
    from spean.cases.operations import enrolling

    for verb in verbs:
        enrolling.move(town.actor("worker"), one.case_id, one.id, verb, why, to)
    one.refresh_from_db()
    return one.state


def attend(town, one, since=FIRST, until=date(2027, 3, 5), held=5, attended=5):
    from spean.cases.operations import enrolling

    enrolling.attend(town.actor("worker"), one.case_id, one.id, enrolling.Tally(since, until, held, attended))
    return one.attendances.count()


def listed(town, who="worker", **wanted):
    from spean.cases.queries import trainings

    return [row.id for row in trainings.trainings(town.actor(who), **wanted).rows]


def page(town, training, who="worker"):
    from spean.cases.queries import trainings

    return trainings.training(town.actor(who), training.id)


def wrong_with(town, **more):
    with pytest.raises(Invalid) as refused:
        course(town, **more)
    return set(refused.value.fields)


def test_it_is_kept_once_for_the_organisation_and_changed(town, case):
    from spean.cases.operations import trainings

    sent = uuid4()
    one = course(town, sent_id=sent)
    assert course(town, sent_id=sent, places=9) == one
    trainings.change(town.actor("supervisor"), one.id, kept(places=3, name="Engines"), "14010101")
    one.refresh_from_db()
    assert (one.places, one.name, one.org_id) == (3, "Engines", case.org_id)
    with pytest.raises(NotAllowed):
        course(town, who="volunteer")


def test_what_cannot_be_is_refused_by_its_field(town, case):
    assert wrong_with(town, ends_on=date(2027, 2, 1)) == {"ends_on"}
    assert wrong_with(town, places=0, trade="x") == {"places", "trade"}
    assert wrong_with(town, stipend=Decimal(5)) == {"payer"}
    assert wrong_with(town, payer="us") == {"payer"}
    assert wrong_with(town, provider=" ") == {"provider"}
    assert wrong_with(town, provider="", entry=uuid4()) == {"entry"}
    assert wrong_with(town, place="") == {"place"}


def test_a_person_is_offered_one_takes_a_place_takes_part_and_finishes(town, case):
    training, sent = course(town), uuid4()
    one = offer(town, case, training, sent)
    assert offer(town, case, training, sent) == one
    with pytest.raises(Invalid):
        offer(town, case, training)
    assert move(town, one, "enrol", "enrol", "begin", "finish") == "finished"
    with pytest.raises(Conflict):
        move(town, one, "leave", why="ill")
    assert [step.detail for step in case.steps.filter(kind="rebuild")] == ["training"] * 4


def test_a_full_one_refuses_or_waits_and_gives_the_place_that_is_free_again(town, case):
    training = course(town, places=1)
    first, second = offer(town, case, training), offer(town, town.case(), training)
    move(town, first, "enrol")
    with pytest.raises(Invalid):
        move(town, second, "enrol")
    assert move(town, second, "wait") == "waiting"
    assert (page(town, training).row.free, page(town, training).row.waiting) == (0, 1)
    assert move(town, first, "leave", why="far") == "left"
    assert move(town, second, "enrol") == "enrolled"
    with pytest.raises(Invalid):
        move(town, first, "enrol")


def test_what_is_over_or_called_off_is_offered_to_nobody(town, case):
    from spean.cases.operations import trainings

    off, over = course(town), course(town, trade="sewing")
    trainings.call_off(town.actor("worker"), off.id)
    with pytest.raises(Invalid):
        offer(town, case, off)
    with pytest.raises(Conflict):
        trainings.call_off(town.actor("worker"), off.id)
    one = offer(town, case, over)
    with clock.at(LATER):
        with pytest.raises(Invalid):
            move(town, one, "enrol")
        assert move(town, one, "refuse") == "refused"


def test_there_are_never_fewer_places_than_are_taken(town, case):
    from spean.cases.operations import trainings

    training = course(town)
    move(town, offer(town, case, training), "enrol")
    move(town, offer(town, town.case(), training), "enrol")
    with pytest.raises(Invalid) as refused:
        trainings.change(town.actor("worker"), training.id, kept(places=1), "14010101")
    assert set(refused.value.fields) == {"places"}


def test_who_leaves_says_why_and_who_was_treated_badly_is_made_safe(town, case):
    one = offer(town, case, course(town))
    move(town, one, "enrol", "begin")
    with pytest.raises(Invalid):
        move(town, one, "leave")
    assert (move(town, one, "leave", why="unsafe"), one.left_for) == ("left", "unsafe")
    assert [task.kind for task in case.tasks.all()] == ["safety"]
    assert (move(town, one, "enrol"), one.left_for) == ("enrolled", "")


def test_who_moves_has_a_place_in_the_other_one(town, case):
    one, other, full = offer(town, case, course(town)), course(town, trade="fish"), course(town, trade="hair", places=1)
    move(town, one, "enrol")
    move(town, offer(town, town.case(), full), "enrol")
    for to in (None, full.id, one.training_id):
        with pytest.raises(Invalid):
            move(town, one, "move", to=to)
    assert move(town, one, "move", "move", to=other.id) == "moved"
    assert case.enrolments.get(training=other).state == "enrolled"


def test_days_are_counted_once_and_never_more_than_there_are(town, case):
    one = offer(town, case, course(town))
    with clock.at(LATER), pytest.raises(Conflict):
        attend(town, one)
    move(town, one, "enrol", "begin")
    with clock.at(LATER):
        assert (attend(town, one, attended=4), attend(town, one, attended=3)) == (1, 1)
        for more in (
            {"since": date(2027, 2, 1)}, {"until": FIRST.replace(month=4, day=20)}, {"until": date(2027, 2, 28)},
            {"held": 6}, {"attended": 6}, {"since": date(2027, 3, 3), "held": 3, "attended": 3},
        ):  # fmt: skip
            with pytest.raises(Invalid):
                attend(town, one, **more)
        assert attend(town, one, since=date(2027, 3, 8), until=date(2027, 3, 12)) == 2
    (part,) = page(town, one.training).parts
    assert (part.held, part.attended) == (10, 8)
    with clock.at(START), pytest.raises(Invalid):
        attend(town, one, since=date(2027, 3, 15), until=date(2027, 3, 16), held=1, attended=1)


def test_who_missed_three_days_is_to_be_visited_once(town, case):
    one = offer(town, case, course(town))
    move(town, one, "enrol", "begin")
    with clock.at(LATER):
        for attended in (3, 2, 1):
            attend(town, one, attended=attended)
        assert [task.kind for task in case.tasks.all()] == ["visit"]
        case.refresh_from_db()
        assert case.due_on == date(2027, 6, 4)


def test_a_stipend_is_a_promise_once(town, case):
    from spean.cases.operations import promises

    one = offer(town, case, course(town, stipend=Decimal(200000), payer="provider"))
    assert case.promises.count() == 0
    move(town, one, "enrol", "leave", why="far")
    move(town, one, "enrol")
    promised = promises.read(town.actor("worker"), case.id)
    assert list(promised) == [one.promise_id]
    assert "200,000" in promised[one.promise_id].what


def test_a_certificate_is_given_after_the_end_and_its_number_sealed(town, case):
    from spean.cases.operations import enrolling

    one, worker = offer(town, case, course(town)), town.actor("worker")
    move(town, one, "enrol", "begin")
    with pytest.raises(Conflict):
        enrolling.certify(worker, case.id, one.id, "state", FIRST, "K-77")
    move(town, one, "finish")
    for kind, on in (("none", FIRST), ("state", LAST), ("state", date(2027, 2, 1))):
        with pytest.raises(Invalid):
            enrolling.certify(worker, case.id, one.id, kind, on, "K-77")
    enrolling.certify(worker, case.id, one.id, "state", FIRST, "K-77")
    one.refresh_from_db()
    opened = enrolling.read(worker, case.id)
    assert (one.certificate, opened.numbers[one.id], opened.words[one.id]) == ("state", "K-77", "Wants to repair engines")
    assert b"K-77" not in bytes(one.number)


def test_the_list_shows_what_is_free_here_and_not_over(town, case):
    motor, sewing = course(town), course(town, trade="sewing", places=1, place="14010201", starts_on=date(2027, 2, 1))
    move(town, offer(town, case, sewing), "enrol")
    assert listed(town) == [sewing.id, motor.id]
    assert listed(town, trade="motor") == listed(town, free=True) == [motor.id]
    assert listed(town, place=town.place("140102").path) == [sewing.id]
    with clock.at(LATER):
        assert (listed(town), listed(town, past=True)) == ([], [motor.id, sewing.id])


def test_another_organisation_sees_none_of_them(town, case):
    training = course(town)
    assert listed(town, who="stranger") == []
    with pytest.raises(NotYours):
        page(town, training, who="stranger")


def test_the_page_of_a_course_tells_numbers_of_cases_that_the_reader_reaches_alone(town, case):
    from spean.cases.models import Case

    training, unreached = course(town, places=5), town.case()
    gone = offer(town, case, training)
    move(town, gone, "enrol", "leave", why="ill")
    move(town, offer(town, unreached, training), "enrol")
    Case.objects.filter(pk=unreached.pk).update(assigned_to=town.users["supervisor"])
    found = page(town, training)
    assert [(part.case, part.state) for part in found.parts] == [(case.id, "left")]
    assert (found.left, found.others, found.row.free) == (((str(LeftFor.ILL.label), 1),), 1, 4)
    assert page(town, training, who="supervisor").others == 0


def test_what_is_chosen_for_a_case_is_open_and_not_there_already(town, case):
    from spean.cases.queries import trainings

    one, two = course(town), course(town, trade="fish", places=1)
    offer(town, case, one)
    move(town, offer(town, town.case(), two), "enrol")
    assert [(row.id, row.free) for row in trainings.to_choose(town.actor("worker"), case.id)] == [(two.id, 0)]


def test_each_state_can_be_left_or_is_an_end():
    left = {state for leaves, _to in ENROLMENT_MOVES.values() for state in leaves}
    assert set(EnrolmentState) - left == {EnrolmentState.FINISHED, EnrolmentState.MOVED}


def called(town, *cases, who="worker"):
    from spean.cases.queries import cases as lists
    from spean.cases.queries import trainings

    rows = {row.id for row in lists.cases(town.actor(who), view="place").rows}
    tile = next(t.count for t in lists.tiles(town.actor(who)) if t.name == "cases_place")
    found = [any(one.next for one in trainings.of_case(town.actor(who), case.id)) for case in cases]
    assert (found, tile) == ([case.id in rows for case in cases], sum(found))
    return found


def test_who_waits_longest_is_told_of_a_free_place_and_nothing_is_given_away(town):
    with clock.at(START):
        training = course(town, places=2)
        cases = [town.case() for _each in range(5)]
        ones = [offer(town, case, training) for case in cases]
        for one in ones[:2]:
            move(town, one, "enrol")
    for days, one in enumerate(ones[2:], 1):
        with clock.at(START.replace(day=1 + days)):
            move(town, one, "wait")
    with clock.at(START.replace(day=9)):
        waiting = cases[2:]
        assert called(town, *waiting) == [False, False, False]
        move(town, ones[0], "leave", why="work")
        assert called(town, *waiting) == [True, False, False]
        assert [(part.case, part.next) for part in page(town, training).parts if part.next] == [(cases[2].id, True)]
        move(town, ones[2], "refuse")
        assert called(town, *waiting) == [False, True, False]
        move(town, ones[1], "leave", why="ill")
        assert called(town, *waiting) == [False, True, True]
        move(town, ones[3], "enrol")
        move(town, ones[4], "enrol")
        assert called(town, *waiting) == [False, False, False]


def test_nobody_gets_a_place_before_who_waits_longer_without_a_reason_in_the_trail(town):
    from spean.privacy.models import AuditEntry

    def past(one, **said):
        from spean.cases.operations import enrolling

        enrolling.move(town.actor("worker"), one.case_id, one.id, **said)
        return list(AuditEntry.objects.filter(verb="case.training_past").values_list("reason", flat=True))

    with clock.at(START):
        training, other = course(town, places=2), course(town, trade="fish", places=5)
        first, second, later, mover = (offer(town, town.case(), training) for _each in range(4))
        move(town, first, "wait")
    with clock.at(START.replace(day=3)):
        assert past(later, verb="enrol") == []  # of two free places one is left for who waits
        move(town, later, "leave", why="far")
        move(town, second, "wait")
        for reason in ("", "because"):
            with pytest.raises(Invalid) as told:
                past(later, verb="enrol", past=reason)
            assert set(told.value.fields) == {"past"}
        assert past(second, verb="enrol") == []  # two wait for two places
        elsewhere = offer(town, town.case(), other)
        move(town, elsewhere, "enrol")
        with pytest.raises(Invalid):
            past(elsewhere, verb="move", to=training.id)
        assert past(mover, verb="enrol", past="danger") == ["danger"]
        assert [one.refresh_from_db() or one.state for one in (first, second, later, mover)] == [
            "waiting",
            "enrolled",
            "left",
            "enrolled",
        ]


def test_nobody_is_told_of_a_place_where_the_course_is_over_or_off_or_the_case_is_closed(town, case):
    from spean.cases.models import Case
    from spean.cases.operations import trainings

    with clock.at(START):
        training = course(town, places=1)
        move(town, offer(town, case, training), "wait")
        assert called(town, case) == [True]
        Case.objects.filter(pk=case.id).update(state="closed")
        assert called(town, case) == [False]
        Case.objects.filter(pk=case.id).update(state="open")
        trainings.call_off(town.actor("worker"), training.id)
        assert called(town, case) == [False]
