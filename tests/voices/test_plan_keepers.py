"""Whom to call opens to one reader after a missed day; the plan itself to two keepers together, and to nobody alone."""

from datetime import timedelta
from uuid import uuid4

import pytest

from spean.kernel import clock
from spean.kernel.errors import Conflict, Locked, NotAllowed, NotYours

from .test_plans import MOTHER, SECRET, START, draft, left, plan_of, rounds

__all__ = ["left"]


@pytest.fixture
def missed(town, left):
    """A plan whose day was missed, and the moment after."""
    made = left()
    rounds(START + timedelta(days=9))
    assert plan_of(made).state == "missed"
    return made


def verbs(town, plan_id):
    from spean.privacy.models import AuditEntry

    return list(AuditEntry.objects.filter(subject_id=str(plan_id)).order_by("index").values_list("verb", "reason"))


def test_nobody_opens_anything_while_the_person_is_well(town, left):
    from spean.voices.operations import plan_keepers

    made, worker = left(), town.actor("worker")
    for opens in (plan_keepers.contact, plan_keepers.read, lambda a, pk: plan_keepers.ask(a, pk, "search")):
        with pytest.raises(Conflict):
            opens(worker, made.plan)


def test_whom_to_call_is_opened_after_a_missed_day_and_written_down(town, missed):
    from spean.voices.operations import plan_keepers

    assert plan_keepers.contact(town.actor("worker"), missed.plan)[0].name == MOTHER
    assert verbs(town, missed.plan)[-1][0] == "plan.contact"
    with pytest.raises(Locked):
        plan_keepers.contact(town.actor("worker", locked=True), missed.plan)
    for other in ("stranger", "manager", "officer", "volunteer"):
        with pytest.raises(NotYours):
            plan_keepers.contact(town.actor(other), missed.plan)


def test_who_helped_to_make_it_may_call_and_reads_nothing_else(town):
    from spean.voices.operations import plan_keepers, plan_rounds, plans

    volunteer = town.actor("volunteer")
    with clock.at(START):
        made = plans.leave_with_help(volunteer, draft(town), uuid4())
    with clock.at(START + timedelta(days=9)):
        plan_rounds.hour()
        assert plan_keepers.contact(volunteer, made.plan)[0].name == MOTHER
        plan_keepers.called(volunteer, made.plan, reached=False)
        for closed in (plan_keepers.read, plan_keepers.end, lambda a, pk: plan_keepers.ask(a, pk, "search")):
            with pytest.raises(NotYours):
                closed(volunteer, made.plan)
        plan_keepers.safe(volunteer, made.plan)
    assert plan_of(made).state == "running"


def test_two_keepers_open_it_together_and_each_read_has_its_line(town, missed):
    from spean.voices.operations import plan_keepers

    asking, second = town.actor("supervisor"), town.actor("worker")
    with clock.at(START + timedelta(days=9)):
        request = plan_keepers.ask(asking, missed.plan, "search")
        assert plan_keepers.ask(asking, missed.plan, "search") == request
        with pytest.raises(NotYours):
            plan_keepers.read(asking, missed.plan)
        with pytest.raises(NotAllowed):
            plan_keepers.agree(asking, missed.plan, request)
        plan_keepers.agree(second, missed.plan, request)
        opened = plan_keepers.read(asking, missed.plan)
        with pytest.raises(NotYours):  # who agreed reads nothing unless she asks herself
            plan_keepers.read(second, missed.plan)
    assert (opened.words["way"], opened.place["code"]) == (SECRET, "14010101")
    assert verbs(town, missed.plan)[-3:] == [
        ("plan.ask_open", "search"), ("plan.agree", str(asking.id)), ("plan.read", "search"),
    ]  # fmt: skip


def test_no_key_of_the_team_opens_what_is_closed(town, missed):
    for name in ("worker", "supervisor"):
        with pytest.raises(NotYours):
            town.rings[name].data_key(missed.plan)


def test_one_keeper_with_the_whole_database_opens_nothing(town, missed):
    """She writes the second keeper's consent into the table herself."""
    from spean.voices.models import PlanRequest
    from spean.voices.operations import plan_keepers

    asking = town.actor("supervisor")
    with clock.at(START + timedelta(days=9)):
        plan_keepers.ask(asking, missed.plan, "search")
        PlanRequest.objects.update(agreed_by=town.users["worker"].id)
        with pytest.raises(Conflict):
            plan_keepers.read(asking, missed.plan)


def test_a_one_time_key_put_in_the_place_of_the_asking_one_gets_no_share(town, missed):
    from nacl.public import PrivateKey

    from spean.privacy.models import Ceremony, ReleasedShare
    from spean.voices.operations import plan_keepers

    with clock.at(START + timedelta(days=9)):
        request = plan_keepers.ask(town.actor("supervisor"), missed.plan, "search")
        Ceremony.objects.filter(pk=request).update(public_key=bytes(PrivateKey.generate().public_key))
        with pytest.raises(Conflict) as refused:
            plan_keepers.agree(town.actor("worker"), missed.plan, request)
    assert refused.value.message == plan_keepers.ANOTHER
    assert ReleasedShare.objects.count() == 1


def test_a_request_is_over_after_three_days(town, missed):
    from spean.privacy.models import Ceremony
    from spean.voices.operations import plan_keepers

    asking, second = town.actor("supervisor"), town.actor("worker")
    with clock.at(START + timedelta(days=9)):
        plan_keepers.agree(second, missed.plan, plan_keepers.ask(asking, missed.plan, "search"))
    with clock.at(START + timedelta(days=13)):
        with pytest.raises(NotYours):
            plan_keepers.read(asking, missed.plan)
        assert (plan_keepers.end_old_requests(), Ceremony.objects.count()) == (1, 0)
        assert plan_keepers.ask(asking, missed.plan, "unsafe")


def test_when_the_person_is_safe_again_it_is_closed_again(town, missed):
    from spean.voices.operations import plan_keepers

    asking, second = town.actor("supervisor"), town.actor("worker")
    with clock.at(START + timedelta(days=9)):
        plan_keepers.agree(second, missed.plan, plan_keepers.ask(asking, missed.plan, "search"))
        plan_keepers.safe(second, missed.plan)
        with pytest.raises(Conflict):
            plan_keepers.read(asking, missed.plan)


def newcomer(town):
    """A third keeper, who came after the plan was made."""
    from spean.accounts.models import Membership, User
    from spean.privacy import keys

    user = User.objects.create(username="third", name="Demo Third")
    Membership.objects.create(user=user, team=town.teams["team"], role="case_worker", since=clock.today())
    keys.make_user_keys(user.id, "four words nobody joins")
    keys.certify_user(town.rings["supervisor"], town.teams["team"].organisation_id, user.id)
    keys.grant_team(town.rings["supervisor"], town.teams["team"].organisation_id, town.teams["team"].id, user.id)
    town.users["third"], town.rings["third"] = user, keys.unlock(user.id, "four words nobody joins")


def test_a_newcomer_has_a_share_once_the_person_opened_the_plan(town, missed):
    from spean.voices.operations import plan_keepers, plan_owner

    newcomer(town)
    with clock.at(START + timedelta(days=9)):
        with pytest.raises(NotAllowed) as refused:
            plan_keepers.ask(town.actor("third"), missed.plan, "search")
        assert refused.value.message == plan_keepers.NO_SHARE
        plan_owner.own_plan(missed.code)
        request = plan_keepers.ask(town.actor("third"), missed.plan, "search")
        plan_keepers.agree(town.actor("worker"), missed.plan, request)
        assert plan_keepers.read(town.actor("third"), missed.plan).words["way"] == SECRET


def test_the_end_of_somebodys_custodianship_leaves_their_share_of_plans(town, missed):
    from spean.privacy import custody

    before = custody.left_with(missed.plan)
    custody.dismiss(town.teams["team"].organisation_id, town.users["worker"].id)
    assert custody.left_with(missed.plan) == before
    assert len(before[1]) == 2


def test_the_list_and_the_page_ask_the_same_number_of_questions(town, left, django_assert_num_queries):
    from spean.voices.queries import plans as queries

    worker = town.actor("worker")
    left()
    rounds(START + timedelta(days=9))
    with django_assert_num_queries(1):
        assert len(queries.plans(worker).rows) == 1
    left(), left()
    rounds(START + timedelta(days=9), start=START + timedelta(days=8))
    with django_assert_num_queries(1):
        assert len(queries.plans(worker).rows) == 3
    with django_assert_num_queries(1):
        assert queries.plan_counts(worker) == {"alarm": 3, "asked": 0, "running": 0, "closed": 0}


def test_a_long_list_is_turned_over_without_skipping(town, left):
    from spean.kernel.paging import PAGE
    from spean.voices.queries import plans as queries

    made = {left().plan for _n in range(PAGE + 2)}
    first = queries.plans(town.actor("worker"), view="running")
    second = queries.plans(town.actor("worker"), view="running", after=first.after)
    assert (len(first.rows), len(second.rows), second.after) == (PAGE, 2, "")
    assert {row.id for row in (*first.rows, *second.rows)} == made
