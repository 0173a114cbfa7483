"""A travel plan lives its whole course: left, checked in, missed, asked, called for, raised; opened by two, erased for good."""

from datetime import UTC, date, datetime, timedelta
from uuid import uuid4

import pytest
from django.core import mail

from spean.kernel import clock
from spean.kernel.ids import with_check_digit

START = datetime(2027, 3, 1, 3, 0, tzinfo=UTC)  # ten in the morning in Phnom Penh
SECRET = "The broker Sokha waits behind the rice mill"
MOTHER = "Mother Chantha 012 345 678"


@pytest.fixture(autouse=True)
def _no_round_yet():
    """The keystore outlives a test."""
    from spean.privacy.keystore import keystore

    keystore().note("plan-round", "")


def draft(town, **more):
    """What somebody writes, as the form gives it: check-ins a week and two weeks after START."""
    from spean.voices.operations.plans import Draft, Trusted

    given = {
        "destination": "TH",
        "leaves_on": date(2027, 3, 2),
        "days": [date(2027, 3, 8), date(2027, 3, 15)],
        "words": {"way": SECRET, "employer": "Factory"},
        "people": [Trusted(name=MOTHER, phone="012 345 678", how="in the evening")],
        "place": town.place("14010101"),
        "grace": "24",
    }
    return Draft(**(given | more))


def with_mail(town, **more):
    """The same with a trusted person to whom the system may write."""
    from spean.voices.operations.plans import Trusted

    return draft(town, people=[Trusted(name=MOTHER, email="chantha@example.org", language="en")], may_mail=True, **more)


@pytest.fixture
def left(town):
    """A plan left at START."""
    from spean.voices.operations import plans

    def leave(made=None, sent_id=None):
        with clock.at(START):
            return plans.leave(made or draft(town), sent_id or uuid4())

    return leave


def plan_of(left):
    from spean.voices.models import Plan

    return Plan.objects.get(pk=left.plan)


def rounds(until, start=START, every=6):
    """The timer calls every few hours from START until then; what it did, in order, with the moment."""
    from spean.voices.operations import plan_rounds

    moment, did = start, []
    while moment < until:
        with clock.at(moment):
            done = plan_rounds.hour()
        did += [(moment, what) for what in done.elements()]
        moment += timedelta(hours=every)
    return did


# -- leaving, reading, changing ------------------------------------------------------------------------------------------
def test_the_number_opens_what_was_left(town, left):
    from spean.voices.operations import plan_owner

    made = left()
    shown = plan_owner.own_plan(made.code, written=True)
    assert shown.written.words["way"] == SECRET
    assert shown.written.people[0].name == MOTHER
    assert shown.written.place["code"] == "14010101"
    assert plan_owner.own_plan(made.code).written is None
    with clock.at(START):
        assert plan_owner.own_plan(made.code).days == (date(2027, 3, 8), date(2027, 3, 15))


def test_what_is_on_the_disk_is_answered_by_its_id_alone(town, left):
    from spean.voices.operations import plans

    sent = uuid4()
    made = left(sent_id=sent)
    assert plans.left(sent) == made
    assert plans.left(uuid4()) is None


def test_a_plan_is_not_left_with_more_pictures_than_it_holds(town, left):
    from spean.collect.uploads import CleanFile
    from spean.kernel.errors import Invalid
    from spean.voices.models import Plan
    from spean.voices.operations import plans

    picture = CleanFile("image", "image/jpeg", b"1")
    with pytest.raises(Invalid):
        left(draft(town, files=[picture] * (plans.MOST_PAPERS + 1)))
    assert Plan.objects.count() == 0


def test_what_is_stored_counts_and_tells_nothing(town, left):
    from spean.voices.models import Plan

    row = plan_of(left(with_mail(town)))
    assert (row.destination, row.month, row.province.code, row.due_on) == ("TH", date(2027, 3, 1), "14", date(2027, 3, 8))
    whole = b"".join(bytes(str(v), "utf-8") if not isinstance(v, bytes) else v for v in Plan.objects.values_list().get())
    assert not [text for text in (SECRET, MOTHER, "chantha@example.org", "14010101") if text.encode() in whole]


def test_sent_twice_it_is_left_once_with_the_same_number(town, left):
    from spean.voices.models import Plan

    sent = uuid4()
    assert left(sent_id=sent) == left(sent_id=sent)
    assert Plan.objects.count() == 1


def test_a_plan_s_number_opens_no_thread_and_a_report_s_no_plan(town, left):
    from spean.kernel.errors import Invalid
    from spean.voices.operations import codes, intake, plan_owner, threads

    made, told = left(), intake.receive_public(town.report(), uuid4())
    for opens, code in ((threads.thread_view, made.code), (plan_owner.own_plan, told.code)):
        with pytest.raises(Invalid) as refused:
            opens(code)
        assert refused.value.fields["code"] == codes.UNKNOWN


def test_changing_writes_it_anew_and_waits_for_the_new_days(town, left):
    from spean.voices.operations import plan_owner

    made = left()
    with clock.at(START + timedelta(days=1)):
        plan_owner.change(made.code, draft(town, words={"way": "by bus"}, days=[date(2027, 3, 20)]))
        shown = plan_owner.own_plan(made.code, written=True)
    assert (shown.written.words, shown.due_on, shown.days) == ({"way": "by bus"}, date(2027, 3, 20), (date(2027, 3, 20),))


def test_a_team_with_one_keeper_keeps_no_plan(town, left):
    from spean.accounts.models import Membership
    from spean.kernel.errors import Unavailable
    from spean.voices.operations import plans

    Membership.objects.filter(user=town.users["worker"]).update(state="ended")
    with pytest.raises(Unavailable) as refused:
        left()
    assert refused.value.message == plans.NO_TEAM


def test_a_nearer_team_with_one_keeper_is_passed_over(town, left):
    made = left(draft(town, place=town.place("14010201")))  # the partner's village; its team has one member
    assert made.team == town.teams["team"]


# -- checking in ---------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("how", ["number", "link", "digits", "short"])
def test_a_check_in_waits_for_the_next_day(town, left, how):
    from spean.voices.operations import plan_signs

    made = left()
    with clock.at(START + timedelta(days=7)):
        {
            "number": lambda: plan_signs.by_number(made.code, "1"),
            "link": lambda: plan_signs.by_link(made.link, "1"),
            "digits": lambda: plan_signs.by_own_short_code(made.sun),
            "short": lambda: plan_signs.by_short_code(town.actor("volunteer"), made.sun),
        }[how]()
    plan = plan_of(made)
    assert (plan.state, plan.due_on, plan.acts_on, plan.acts_hour) == ("running", date(2027, 3, 15), date(2027, 3, 17), 0)


@pytest.mark.parametrize("how", ["number", "link", "digits", "short"])
def test_rain_is_a_concern_in_danger_at_once_and_once(town, left, how):
    from spean.voices.models import Concern
    from spean.voices.operations import plan_signs, triage

    made = left()
    for _twice in range(2):
        {
            "number": lambda: plan_signs.by_number(made.code, "2"),
            "link": lambda: plan_signs.by_link(made.link, "2"),
            "digits": lambda: plan_signs.by_own_short_code(made.rain),
            "short": lambda: plan_signs.by_short_code(town.actor("volunteer"), made.rain),
        }[how]()
    concern = Concern.objects.get()
    assert (concern.danger, concern.kind, concern.channel, concern.place.code) == ("now", "no_news", "plan", "14")
    assert "not safe" in triage.read(town.actor("worker"), concern.id).told
    assert (plan_of(made).state, plan_of(made).why, plan_of(made).concern) == ("raised", "unsafe", concern)


@pytest.mark.parametrize("ended_by", ["safe", "closing the concern"])
def test_rain_again_on_the_same_day_is_heard_when_people_were_done_with_the_first(town, left, ended_by):
    from spean.voices.models import Concern
    from spean.voices.operations import plan_keepers, plan_signs

    made = left()
    plan_signs.by_link(made.link, "2")
    if ended_by == "safe":
        plan_keepers.safe(town.actor("worker"), made.plan)
    else:
        Concern.objects.update(state="closed")
    for _twice in range(2):
        plan_signs.by_link(made.link, "2")
    assert Concern.objects.count() == 2
    assert plan_of(made).concern.state == "new"


def test_sun_does_not_end_an_alarm_that_rain_began(town, left):
    from spean.voices.operations import plan_keepers, plan_signs

    made = left()
    plan_signs.by_link(made.link, "2")
    plan_signs.by_link(made.link, "1")
    assert plan_of(made).state == "raised"
    plan_keepers.safe(town.actor("worker"), made.plan)
    assert (plan_of(made).state, plan_of(made).why) == ("running", "")


def test_rain_is_heard_after_the_plan_was_ended(town, left):
    from spean.voices.operations import plan_owner, plan_signs

    made = left()
    plan_owner.close(made.code)
    plan_signs.by_link(made.link, "1")
    assert plan_of(made).state == "closed"
    assert plan_of(made).erase_on is not None
    plan_signs.by_link(made.link, "2")
    assert (plan_of(made).state, plan_of(made).erase_on) == ("raised", None)  # it is not erased while somebody searches


def test_a_wrong_link_and_wrong_digits_check_nobody_in(town, left):
    from spean.kernel.errors import Invalid
    from spean.voices.operations import plan_signs

    made = left()
    other = with_check_digit(f"{(int(made.sun[:11]) + 1) % 10**11:011d}")
    for wrong in (
        lambda: plan_signs.by_link(made.link[:-1], "1"),
        lambda: plan_signs.by_link("\udcff", "1"),
        lambda: plan_signs.by_short_code(town.actor("volunteer"), other),
        lambda: plan_signs.by_own_short_code(other),
        lambda: plan_signs.by_short_code(town.actor("volunteer"), made.sun[:-1]),
        lambda: plan_signs.by_short_code(town.actor("stranger"), made.sun),  # of another team
    ):
        with pytest.raises(Invalid):
            wrong()
    assert plan_of(made).steps.count() == 1


# -- the whole course ----------------------------------------------------------------------------------------------------
def test_without_an_address_people_call_and_then_a_concern_is_raised_once(town, left):
    from spean.voices.models import Concern

    made = left()
    did = rounds(START + timedelta(days=20))
    # the day was the 8th; it ends at 17:00 UTC, a day of grace after it, a day to call
    assert did == [
        (datetime(2027, 3, 9, 21, 0, tzinfo=UTC), "missed"),
        (datetime(2027, 3, 10, 21, 0, tzinfo=UTC), "raised"),
    ]
    assert Concern.objects.get().urgent_words
    assert [s.kind for s in plan_of(made).steps.order_by("position")] == ["made", "missed", "raised"]
    assert mail.outbox == []


def test_with_an_address_the_trusted_person_is_written_to_first(town, left):
    made = left(with_mail(town))
    did = [what for _at, what in rounds(START + timedelta(days=20))]
    assert did == ["asked", "missed", "raised"]
    (message,) = mail.outbox
    words = f"{message.subject} {message.body}"
    assert message.to == ["chantha@example.org"]
    assert "Please call them today" in words
    assert not [w for w in (MOTHER, "Thailand", "plan", "Spean", "Prey Veng", "migra", SECRET) if w.lower() in words.lower()]
    assert plan_of(made).state == "raised"


def test_an_e_mail_that_cannot_be_sent_calls_for_people_at_once(town, left, monkeypatch):
    from spean.voices.operations import plan_rounds

    def refuse(*_given):
        raise ConnectionRefusedError

    monkeypatch.setattr(plan_rounds, "send_mail", refuse)
    made = left(with_mail(town))
    rounds(START + timedelta(days=9))
    assert [s.kind for s in plan_of(made).steps.order_by("position")] == ["made", "asked", "unsent", "missed"]


def test_a_check_in_after_a_missed_one_ends_the_waiting(town, left):
    from spean.voices.models import Concern
    from spean.voices.operations import plan_signs

    made = left()
    rounds(START + timedelta(days=9))
    assert plan_of(made).state == "missed"
    with clock.at(START + timedelta(days=9)):
        plan_signs.by_link(made.link, "1")
    assert plan_of(made).state == "running"
    rounds(START + timedelta(days=12), start=START + timedelta(days=9))
    assert Concern.objects.count() == 0


def test_a_pause_of_the_timer_skips_no_step(town, left):
    from spean.voices.operations import plan_rounds

    made, moment = left(), START + timedelta(days=40)
    did = []
    for hours in (0, 1, 2, 24, 26):
        with clock.at(moment + timedelta(hours=hours)):
            did.append(dict(plan_rounds.hour()))
    assert did == [{"missed": 1}, {}, {}, {"raised": 1}, {}]
    assert plan_of(made).state == "raised"


def test_the_first_round_after_a_leap_of_the_clock_only_looks_at_it(town, left):
    from spean.voices.operations import plan_rounds

    made = left()
    did = []
    for moment in (START, START + timedelta(days=40), START + timedelta(hours=1), START + timedelta(hours=2)):
        with clock.at(moment):
            did.append(dict(plan_rounds.hour()))
    assert did == [{}, {"leap": 1}, {"leap": 1}, {}]
    assert plan_of(made).state == "running"


def test_a_team_whose_key_is_gone_for_the_moment_holds_up_nobody_else(town, left):
    from spean.privacy.models import TeamWrap
    from spean.voices.operations import plan_rounds

    left(), left()
    rounds(START + timedelta(days=9))
    held = list(TeamWrap.objects.filter(team=town.teams["team"].id))
    TeamWrap.objects.filter(team=town.teams["team"].id).delete()
    with clock.at(START + timedelta(days=10)):
        assert dict(plan_rounds.hour()) == {"stuck": 2}
    TeamWrap.objects.bulk_create(held)
    with clock.at(START + timedelta(days=10, hours=1)):
        assert dict(plan_rounds.hour()) == {"raised": 2}


def test_after_the_last_day_the_plan_ends_by_itself_and_is_erased(town, left):
    from spean.voices.models import Plan
    from spean.voices.operations import plan_rounds, plan_signs

    made = left()
    with clock.at(START + timedelta(days=14)):
        plan_signs.by_number(made.code, "1")
    assert plan_of(made).due_on is None
    rounds(START + timedelta(days=46), start=START + timedelta(days=14), every=24)
    assert plan_of(made).state == "closed"
    with clock.at(START + timedelta(days=73)):
        assert plan_rounds.erase_over() == 0
    with clock.at(START + timedelta(days=74)):
        assert plan_rounds.erase_over() == 1
    assert Plan.objects.count() == 0


# -- erasing -------------------------------------------------------------------------------------------------------------
@pytest.mark.django_db(transaction=True)
def test_erased_it_is_gone_from_the_tables_the_keystore_and_the_disk(town, left):
    from spean.collect.uploads import CleanFile
    from spean.kernel.errors import Invalid
    from spean.privacy.keystore import keystore
    from spean.privacy.models import DataKeyWrap, Deposit, DepositShare
    from spean.voices.models import Plan, PlanPaper, Receipt
    from spean.voices.operations import plan_owner
    from spean.voices.operations.files import file_path

    made = left(with_mail(town, files=[CleanFile("image", "image/png", b"\x89PNG passport")]))
    plan = plan_of(made)
    paper, subjects = PlanPaper.objects.get(), (plan.id, plan.trust_id, plan.mail_id)
    assert plan_owner.own_paper(made.code, paper.id) == ("image/png", b"\x89PNG passport")
    assert all(keystore().token(s) for s in subjects)

    assert plan_owner.erase(made.code) is None
    assert not file_path(paper.id).exists()
    assert not any(keystore().token(s) for s in subjects)
    assert [m.objects.count() for m in (Plan, PlanPaper, Receipt, DataKeyWrap, Deposit, DepositShare)] == [0] * 6
    with pytest.raises(Invalid):
        plan_owner.own_plan(made.code)


def test_during_an_alarm_it_is_erased_a_week_later(town, left):
    from spean.voices.operations import plan_owner, plan_rounds, plan_signs

    made = left()
    with clock.at(START):
        plan_signs.by_link(made.link, "2")
        assert plan_owner.erase(made.code) == date(2027, 3, 8)
        assert plan_rounds.erase_over() == 0
    with clock.at(START + timedelta(days=7)):
        assert plan_rounds.erase_over() == 1


def test_the_command_says_what_it_did(town, left, capsys):
    from django.utils import translation

    from spean import cli

    left()
    with clock.at(START + timedelta(days=9)), translation.override("en"):
        assert cli.main(["hourly"]) == 0
    assert capsys.readouterr().out == "0 trusted people written to, 1 plans for which to call, 0 concerns raised, 0 stuck\n"
