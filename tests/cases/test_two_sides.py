"""A partner sees the way home as it stands, says how their steps stand, and nothing any more when what holds it ends. R1, P4."""

from dataclasses import asdict
from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.utils import translation

from spean.kernel import clock
from spean.kernel.errors import Conflict, Invalid, NotYours
from tests.cases.test_consent import START, at_start, give, partner  # noqa: F401 - fixtures
from tests.cases.test_referrals import handed, offer, trail
from tests.cases.test_ways import plan, write

TODAY = START.date()
WAY = frozenset({"way"})


@pytest.fixture
def case(town, at_start):  # noqa: F811 - a fixture
    made = town.case(country="TH")
    plan(town, made, where="To an aunt PLANTED", text="PLANTED")
    return made


@pytest.fixture
def consent(town, case, partner):  # noqa: F811 - a fixture
    return give(town, case, recipient=partner, purpose="return", fields=frozenset({"name", "way"}))


def shared(town, case, **more):
    """A referral by which the partner sees the way."""
    return handed(town, case, **{"need": "home", "fields": WAY, "needs": "", **more})


def seen(town, pk, who="stranger"):
    from spean.cases.queries import two_sides

    with translation.override("en"):
        return two_sides.shared(town.actor(who), pk)


def step_of(case, code):
    from spean.cases.models import WayStep

    return WayStep.objects.get(way__case=case, code=code)


def say(town, pk, case, code, word, day=None, waits_for="", **sent):
    from spean.cases.operations import two_sides

    said, who = two_sides.PartnerSays(word, day, waits_for), town.actor(sent.get("who", "stranger"))
    two_sides.say(who, pk, step_of(case, code).id, said, sent.get("sent_id") or uuid4())
    return step_of(case, code)


def stands(step):
    return (step.state, step.due_on, step.done_on, step.waits_for, step.told_by.name_en if step.told_by else "", step.told_on)


# -- what is seen ------------------------------------------------------------------------------------------------------------
def test_the_partner_sees_each_step_as_it_stands_now_and_never_our_words_or_names(town, case, consent):
    from spean.cases.operations import two_sides

    pk = shared(town, case)
    me = town.users["worker"]
    write(town, case, "tracing", due_on=TODAY + timedelta(days=3), owner=me.id, waits_for="family", who="PLANTED", text="PLANTED")
    two_sides.look(town.actor("stranger"), pk)
    way = seen(town, pk)
    found = {step.id: step for step in way.steps}
    tracing = found[step_of(case, "tracing").id]

    assert (way.corridor, way.state, len(way.steps), way.case) == ("From Thailand", "planned", 18, None)
    assert (tracing.owner, tracing.due_on, tracing.waits_for, tracing.first, tracing.says) == (
        way.sender, TODAY + timedelta(days=3), "The family", ("Recognised",), False,
    )  # fmt: skip
    told = str(asdict(way))
    assert [word for word in ("PLANTED", me.name, "Sophea", "សុភា", str(case.id)) if word in told] == []
    write(town, case, "tracing", state="done")
    assert {s.id: s.state for s in seen(town, pk).steps}[tracing.id] == "done"  # no copy: as it is now
    assert trail(town, "team", "referral.way") == trail(town, "partner", "referral.way") == [str(town.users["stranger"].id)]


def test_the_sender_sees_beforehand_what_they_will_see_and_leaves_no_line_of_a_partner(town, case, consent):
    from spean.cases.operations import two_sides

    pk = offer(town, case, need="home", fields=WAY, needs="")
    two_sides.look(town.actor("worker"), pk)
    assert (seen(town, pk, "worker").case, trail(town, "partner", "referral.way")) == (case.id, [])
    with pytest.raises(Conflict):
        seen(town, pk)  # nothing is seen there before it was handed over


def test_nothing_of_the_way_lies_in_a_packet(town, case, consent):
    from spean.cases.operations import receiving

    assert receiving.read(town.actor("stranger"), shared(town, case)) == {"way": {}}


def test_it_is_a_field_like_others_asked_one_by_one_and_only_for_the_way_home(town, case, partner):  # noqa: F811
    give(town, case, recipient=partner, fields=frozenset({"name"}))
    with pytest.raises(Invalid):
        offer(town, case, need="home", fields=WAY, needs="")  # not agreed to
    give(town, case, recipient=partner, fields=WAY)
    with pytest.raises(Invalid):
        offer(town, case, need="law", fields=WAY, needs="")  # agreed to, and still nothing to a lawyer
    assert offer(town, case, need="home", fields=WAY, needs="")


def test_it_is_told_neither_in_a_letter_nor_by_voice(town, case, at_start):  # noqa: F811
    from spean.cases.operations import outside, unasked

    worker, until = town.actor("worker"), date(2027, 3, 20)
    named = give(town, case, named="A house", fields=WAY)
    with pytest.raises(Invalid):
        outside.ask(worker, case.id, outside.Outside(named, "service", "home", "days", WAY, until, call="Dara"), uuid4())
    with pytest.raises(Invalid):
        unasked.ask(worker, case.id, unasked.Wanted("An office", "held", "A danger", WAY), uuid4())


# -- what is said ------------------------------------------------------------------------------------------------------------
def test_the_partner_plans_is_held_up_and_is_done_and_we_see_who_said_so(town, case, consent):
    from spean.cases.queries import ways
    from spean.cases.queries.whole import whole

    pk, day, sent = shared(town, case), TODAY + timedelta(days=5), uuid4()
    name = town.teams["partner"].name_en
    assert stands(say(town, pk, case, "paper", "planned", day)) == ("to_do", day, None, "", name, TODAY)
    assert stands(say(town, pk, case, "paper", "blocked", waits_for="money")) == ("to_do", day, None, "money", name, TODAY)
    for _twice in range(2):
        done = say(town, pk, case, "paper", "done", TODAY - timedelta(days=1), sent_id=sent)
    assert stands(done) == ("done", day, TODAY - timedelta(days=1), "", name, TODAY)

    case.refresh_from_db()
    with translation.override("en"):
        view = ways.newest(town.actor("worker"), case.id).step(done.id)
        course = [s for s in whole(town.actor("worker"), case.id, opened=True).course.rows if "A partner said" in s.label]
    assert (view.told_by, view.desk, view.done_on) == (
        "Partner · Partner team",
        "Partner · Partner team",
        TODAY - timedelta(days=1),
    )
    assert [s.by for s in course] == [f"{town.users['stranger'].name}, Partner · Partner team"] * 3
    assert [t.kind for t in case.tasks.all()] == ["partner"]  # one to look at it is enough
    assert trail(town, "team", "referral.way_step") == trail(town, "partner", "referral.way_step")


def test_our_word_is_seen_there_and_theirs_stays_written_when_we_write_it_anew(town, case, consent):
    from spean.cases.models import WayWord

    pk, desk = shared(town, case), town.teams["partner"].id
    say(town, pk, case, "paper", "blocked", waits_for="answer")
    step = write(town, case, "paper", desk=desk, due_on=TODAY + timedelta(days=9))
    assert (stands(step)[-2:], step.desk_id) == (("", None), desk)
    theirs = next(s for s in seen(town, pk).steps if s.id == step.id)
    assert (theirs.yours, theirs.due_on, theirs.told_on, theirs.says) == (True, TODAY + timedelta(days=9), None, True)
    assert list(WayWord.objects.values_list("word", "waits_for")) == [("blocked", "answer")]


def test_they_say_nothing_of_our_steps_unless_we_gave_them_one_nor_of_another_partners(town, case, consent):
    pk = shared(town, case)
    for code in ("reception", "tracing"):
        with pytest.raises(NotYours):
            say(town, pk, case, code, "done", TODAY)
    write(town, case, "reception", desk=town.teams["partner"].id)
    assert say(town, pk, case, "reception", "done", TODAY).state == "done"
    write(town, case, "handover", owner=town.users["worker"].id)
    with pytest.raises(NotYours):
        say(town, pk, case, "handover", "done", TODAY)
    with pytest.raises(NotYours):  # the sender writes on the case, not here
        say(town, pk, case, "paper", "done", TODAY, who="worker")


def test_a_step_that_they_took_and_that_is_due_stands_on_their_today_and_on_nobodys_else(town, case, consent):
    from spean.cases.queries import referrals

    def due(who):
        return {tile.name: tile.count for tile in referrals.tiles(town.actor(who))}["referrals_home"]

    say(town, shared(town, case), case, "paper", "planned", TODAY + timedelta(days=2))
    assert (due("stranger"), due("worker")) == (0, 0)
    with clock.at(START + timedelta(days=2)):
        assert (due("stranger"), due("worker")) == (1, 0)


def test_a_step_is_given_only_to_who_sees_the_way(town, case):
    with pytest.raises(Invalid):
        write(town, case, "paper", desk=town.teams["partner"].id)


@pytest.mark.parametrize(
    ("word", "day", "waits_for", "field"),
    [
        ("planned", None, "", "day"),
        ("planned", TODAY - timedelta(days=1), "", "day"),
        ("done", None, "", "day"),
        ("done", TODAY + timedelta(days=1), "", "day"),
        ("blocked", None, "", "waits_for"),
        ("blocked", None, "weather", "waits_for"),
        ("perhaps", None, "", "word"),
    ],
)
def test_what_cannot_be_is_refused_at_its_field(town, case, consent, word, day, waits_for, field):
    with pytest.raises(Invalid) as refused:
        say(town, shared(town, case), case, "paper", word, day, waits_for)
    assert list(refused.value.fields) == [field]


# -- it ends -----------------------------------------------------------------------------------------------------------------
def _withdraw(town, case, consent, _pk):
    from spean.cases.operations import consent as agreeing

    agreeing.withdraw(town.actor("worker"), case.id, consent)


def _call_back(town, _case, _consent, pk):
    from spean.cases.operations import referring

    referring.call_back(town.actor("worker"), pk)


def _finish(town, _case, _consent, pk):
    from spean.cases.operations import receiving

    receiving.finish(town.actor("stranger"), pk, "served", "")


def _close(town, case, _consent, _pk):
    from spean.cases.operations import closing

    closing.ask(town.actor("worker"), case.id, "reached", "", uuid4())
    closing.close(town.actor("supervisor"), case.id)


@pytest.mark.parametrize("ends", [_withdraw, _call_back, _finish, _close])
def test_it_stops_at_once(town, case, consent, ends):
    pk = shared(town, case)
    assert seen(town, pk).steps
    ends(town, case, consent, pk)
    for late in (lambda: seen(town, pk), lambda: say(town, pk, case, "paper", "done", TODAY)):
        with pytest.raises((Conflict, NotYours)):
            late()


def test_it_stops_with_its_day_before_any_round_has_come_by(town, case, consent):
    pk = shared(town, case)
    with clock.at(START + timedelta(days=20)), pytest.raises((Conflict, NotYours)):
        seen(town, pk)


def test_who_takes_the_person_over_sees_our_way_no_more(town, case, consent):
    from spean.cases.operations import receiving

    pk = shared(town, case, kind="transfer")
    receiving.take(town.actor("stranger"), pk, uuid4())
    with pytest.raises((Conflict, NotYours)):
        seen(town, pk)


def test_a_way_that_was_stopped_is_seen_and_nothing_said_of_it(town, case, consent):
    from spean.cases.operations import homecoming

    pk = shared(town, case)
    homecoming.stop(town.actor("worker"), case.id)
    assert (seen(town, pk).state, any(s.says for s in seen(town, pk).steps)) == ("stopped", False)
    with pytest.raises(Conflict):
        say(town, pk, case, "paper", "done", TODAY)


def test_without_a_way_there_are_no_steps(town, at_start, partner):  # noqa: F811
    made = town.case()
    give(town, made, recipient=partner, purpose="return", fields=WAY)
    assert seen(town, shared(town, made)).steps == ()
