"""A referral tells exactly what was agreed to, to one desk, after it has accepted, until it is called back. A-10, A-11."""

import json
from datetime import date, timedelta
from itertools import combinations
from uuid import uuid4

import pytest
from hypothesis import settings
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test
from hypothesis.strategies import sampled_from

from spean.kernel import clock
from spean.kernel.errors import Conflict, Invalid, NotAllowed, NotYours
from tests.cases.test_consent import START, at_start, give, partner  # noqa: F401 - fixtures

FIELDS = frozenset({"name", "needs"})
UNTIL = date(2027, 3, 20)
NEEDS = "A lawyer who speaks Thai"


@pytest.fixture
def case(town, at_start):  # noqa: F811 - a fixture
    from spean.cases.operations import working

    made = town.case()
    working.task(town.actor("worker"), made.id, "Call the embassy", uuid4(), kind="legal", response="day")
    return made


@pytest.fixture
def consent(town, case, partner):  # noqa: F811 - a fixture
    return give(town, case, recipient=partner)


def asked(town, **more):
    from spean.cases.operations.referring import Offer

    known = {"kind": "service", "need": "law", "urgency": "days", "fields": FIELDS, "until": UNTIL, "needs": NEEDS}
    return Offer(**{"desk": town.teams["partner"].id, **known, **more})


def offer(town, case, who="worker", sent_id=None, **more):
    from spean.cases.operations import referring

    return referring.offer(town.actor(who), case.id, asked(town, **more), sent_id or uuid4())


def handed(town, case, **more):
    """A packet that the partner can open."""
    from spean.cases.operations import receiving, referring

    pk = offer(town, case, **more)
    receiving.accept(town.actor("stranger"), pk)
    referring.hand(town.actor("supervisor" if more.get("kind") == "transfer" else "worker"), pk)
    return pk


def opened(town, pk):
    from spean.cases.operations import receiving

    return receiving.read(town.actor("stranger"), pk)


def wraps(pk):
    from spean.privacy.models import DataKeyWrap

    return DataKeyWrap.objects.filter(subject=pk).count()


# -- what a packet holds ------------------------------------------------------------------------------------------------------
PLANTED = {
    "age_sex": ("18-24", "woman"),
    "name": ("ឈ្មោះ ក", "Latin A", "Alias A"),
    "contact": ("012 345 678", "after nine", "code word", "by the aunt"),
    "home": ("Svay village", "Kampong commune"),
    "dependants": ("two children",),
    "story": ("They took the passport",),
    "screening": ("strong",),
    "needs": ("a lawyer", "shelter"),
}


def known():
    from spean.cases.operations.opening import Person
    from spean.cases.packets import Known

    said = {field: iter(words) for field, words in PLANTED.items()}
    age, sex = said["age_sex"]
    km, latin, alias = said["name"]
    phone, hours, code, how = said["contact"]
    village, commune = said["home"]
    contact = {"name": latin, "phone": phone, "may_call": "yes", "hours": hours, "code_word": code, "how": how}
    home = {"code": "1", "km": village, "en": village}
    person = Person(km, latin, (alias,), contact, *said["dependants"], *said["story"], "km", home)
    words, task = said["needs"]
    return Known(person, age, sex, {"code": "2", "km": commune, "en": commune}, *said["screening"], words, (task,))


def test_every_unconsented_field_is_absent_from_the_packet_in_all_256_subsets():
    from spean.cases.packets import packet

    everything, tried = known(), 0
    for size in range(len(PLANTED) + 1):
        for chosen in combinations(PLANTED, size):
            told = json.dumps(packet(everything, chosen), ensure_ascii=False)
            for field, words in PLANTED.items():
                assert [word in told for word in words] == [field in chosen] * len(words), (chosen, field)
            tried += 1

    assert tried == 256


# -- two desks ---------------------------------------------------------------------------------------------------------------
def test_the_desk_sees_codes_then_what_was_agreed_to_and_each_opening_is_seen(town, case, consent):
    from spean.cases.models import Referral
    from spean.cases.operations import receiving, referring

    desk, sent = town.actor("stranger"), uuid4()
    pk = {offer(town, case, sent_id=sent) for _twice in range(2)}.pop()
    row = Referral.objects.get()
    assert (row.place.code, row.age, bytes(row.packet), wraps(pk)) == ("1401", "25-59", b"", 0)
    for early in (receiving.read, referring.hand):
        with pytest.raises((Conflict, NotYours)):
            early(desk if early is receiving.read else town.actor("worker"), pk)
    receiving.accept(desk, pk)
    with pytest.raises(Conflict):
        receiving.read(desk, pk)
    referring.hand(town.actor("worker"), pk)
    told = opened(town, pk)

    assert told == {
        "name": {"name_km": "ចាន់ សុភា", "name_latin": "Chan Sophea", "aliases": ["Phea"]},
        "needs": {"words": NEEDS, "tasks": ["legal"]},
    }
    assert [s.kind for s in case.steps.order_by("position")][-4:] == ["referred", "ref_accepted", "ref_given", "ref_opened"]
    assert case.steps.get(kind="ref_opened").by == town.users["stranger"]
    trails = trail(town, "team", "referral.open"), trail(town, "partner", "referral.open")
    assert trails == ([str(town.users["stranger"].id)],) * 2
    for name in ("worker", "supervisor"):  # what was handed over is sealed for the desk alone
        with pytest.raises((NotYours, Conflict, NotAllowed)):
            receiving.read(town.actor(name), pk)


def trail(town, team, verb):
    from spean.privacy import audit

    return [entry.actor for entry in audit.entries(town.teams[team].organisation_id, verb=verb)]


def test_nothing_is_offered_that_was_not_agreed_to_for_that_desk(town, case, consent):
    for more, name in (
        ({"fields": frozenset({"name", "story"})}, "fields_told"),
        ({"fields": frozenset()}, "fields_told"),
        ({"fields": frozenset({"name"})}, "needs"),
        ({"desk": town.teams["committee"].id}, "desk"),
        ({"desk": uuid4()}, "desk"),
        ({"until": date(2027, 4, 2)}, "until"),
        ({"until": date(2027, 2, 1)}, "until"),
        ({"kind": "hand_back"}, "kind"),
    ):
        with pytest.raises(Invalid) as refused:
            offer(town, case, **more)
        assert name in refused.value.fields
    for name in ("stranger", "volunteer", "manager"):
        with pytest.raises((NotYours, NotAllowed)):
            offer(town, case, who=name)

    assert case.referrals.count() == 0


def test_a_consent_for_the_way_home_allows_a_referral_for_the_way_home_alone(town, case, partner):  # noqa: F811 - a fixture
    give(town, case, recipient=partner, purpose="return")
    with pytest.raises(Invalid):
        offer(town, case)

    assert offer(town, case, need="home")


def test_taken_back_the_desk_has_nothing_and_no_key_comes_again(town, case, consent, django_capture_on_commit_callbacks):
    from spean.cases.models import Referral
    from spean.cases.operations import consent as agreeing
    from spean.cases.operations import receiving, referring
    from spean.privacy.keystore import keystore

    given, waiting = handed(town, case), offer(town, case)
    opened(town, given)
    receiving.accept(town.actor("stranger"), waiting)
    with django_capture_on_commit_callbacks(execute=True):
        agreeing.withdraw(town.actor("worker"), case.id, consent)
        assert wraps(given) == 0

    assert {r.state for r in Referral.objects.all()} == {"called_back"}
    assert [bytes(r.packet) for r in Referral.objects.all()] == [b"", b""]
    assert keystore().token(given) is None
    for act in (lambda: opened(town, given), lambda: referring.hand(town.actor("worker"), waiting)):
        with pytest.raises((Conflict, NotYours)):
            act()
    again = give(town, case, recipient=town.teams["partner"].organisation_id)
    assert again
    Referral.objects.filter(pk=given).update(state="accepted")  # whatever the tables say
    with pytest.raises((Conflict, NotYours)):
        referring.hand(town.actor("worker"), given)


def test_a_refusal_comes_back_sealed_and_only_the_sender_hears_it(town, case, consent):
    from spean.cases.models import Reply
    from spean.cases.operations import receiving, referring

    pk = offer(town, case)
    receiving.refuse(town.actor("stranger"), pk, "full", "Ask again in May")

    assert b"May" not in bytes(Reply.objects.get().said)
    assert referring.hear(town.actor("worker"), pk) == "Ask again in May"
    with pytest.raises((NotYours, NotAllowed, Conflict)):
        referring.hear(town.actor("stranger"), pk)
    with pytest.raises(Conflict):
        receiving.accept(town.actor("stranger"), pk)


def test_a_transfer_opens_a_case_of_the_desk_and_can_come_back(town, case, partner):  # noqa: F811 - a fixture
    from spean.cases.models import Case
    from spean.cases.operations import consent as agreeing
    from spean.cases.operations import receiving, referring

    agreed, desk, sent = give(town, case, recipient=partner), town.actor("stranger"), uuid4()
    pk = handed(town, case, kind="transfer")
    theirs = Case.objects.get(pk={receiving.take(desk, pk, sent) for _twice in range(2)}.pop())
    assert (theirs.source, theirs.team, wraps(pk)) == ("partner", town.teams["partner"], 0)

    house = town.teams["team"]
    give(town, theirs, who="stranger", recipient=house.organisation_id)
    back = offer(town, theirs, who="stranger", kind="hand_back", desk=house.id)
    receiving.accept(town.actor("worker"), back)
    referring.hand(desk, back)
    assert receiving.take(town.actor("worker"), back, uuid4()) == case.id
    assert case.steps.filter(kind="ref_came").count() == 1
    agreeing.withdraw(town.actor("worker"), case.id, agreed)
    assert theirs.steps.filter(kind="ref_no_more").count() == 1


@pytest.mark.parametrize("who", ["worker", "supervisor"])
def test_two_decide_that_others_look_after_the_person(town, case, consent, who):
    from spean.cases.operations import receiving, referring

    pk = offer(town, case, who=who, kind="transfer")
    receiving.accept(town.actor("stranger"), pk)
    with pytest.raises((NotYours, NotAllowed)):
        referring.hand(town.actor(who), pk)
    assert wraps(pk) == 0


def test_a_service_is_no_transfer_and_its_outcome_ends_the_packet(town, case, consent):
    from spean.cases.operations import receiving, referring

    pk = handed(town, case)
    with pytest.raises((Conflict, NotYours)):
        receiving.take(town.actor("stranger"), pk, uuid4())
    receiving.finish(town.actor("stranger"), pk, "served", "He has a lawyer now")

    assert wraps(pk) == 0
    assert referring.hear(town.actor("worker"), pk) == "He has a lawyer now"


def test_time_ends_what_nobody_answers_and_what_was_until_a_day(town, case, consent):
    from spean.cases.models import Referral
    from spean.cases.operations import receiving, referral_days

    pk, waiting = handed(town, case), offer(town, case)
    with clock.at(START + timedelta(days=7)):
        assert referral_days.day() == (0, 0)
    with clock.at(START + timedelta(days=8)):
        assert referral_days.day() == (1, 0)
        opened(town, pk)
    with clock.at(START + timedelta(days=20)):
        with pytest.raises(NotYours):  # also before the daily round has come by
            receiving.read(town.actor("stranger"), pk)
        assert referral_days.day() == (0, 1)

    assert (Referral.objects.get(pk=waiting).state, Referral.objects.get(pk=pk).state, wraps(pk)) == ("lapsed", "over", 0)


def test_erasing_the_case_erases_what_was_said_of_it(town, case, consent):
    from spean.cases.models import Reply
    from spean.cases.operations import closing, receiving, retention

    given, refused = handed(town, case), offer(town, case)
    receiving.refuse(town.actor("stranger"), refused, "full", "No")
    closing.ask(town.actor("worker"), case.id, "reached", "", uuid4())
    closing.close(town.actor("supervisor"), case.id)
    with clock.at(START + timedelta(days=6 * 365)):
        assert retention.erase_expired() == 1

    assert (wraps(given), bytes(Reply.objects.get().said)) == (0, b"")
    assert {bytes(r.needs) for r in case.referrals.all()} == {b""}


def test_another_desk_of_the_same_organisation_is_another_desk(town, case):
    from spean.accounts.models import Membership, Team
    from spean.cases.operations import receiving, referring
    from spean.cases.queries import consents
    from spean.privacy import keys

    house, second = town.teams["team"].organisation_id, town.users["analyst"]
    assert house not in dict(consents.recipients(town.actor("worker")))
    shelter = Team.objects.create(organisation_id=house, name_km="ផ្ទះ", name_en="Shelter")
    Membership.objects.create(user=second, team=shelter, role="supervisor", since=clock.today())
    keys.certify_user(town.rings["supervisor"], house, second.id)
    keys.make_team_key(town.rings["analyst"], house, shelter.id)
    assert house in dict(consents.recipients(town.actor("worker")))
    give(town, case, recipient=house)
    pk = offer(town, case, desk=shelter.id)
    receiving.accept(town.actor("analyst"), pk)
    referring.hand(town.actor("worker"), pk)

    assert set(receiving.read(town.actor("analyst"), pk)) == FIELDS
    assert len(trail(town, "team", "referral.open")) == 1


# -- in whatever order -------------------------------------------------------------------------------------------------------
VERBS = ("accept", "refuse", "hand", "take", "finish", "call_back", "open")


class ReferralMachine(RuleBasedStateMachine):
    """A referral, the state that the table expects, and whether the desk can open it."""

    town = None

    @initialize(kind=sampled_from(("service", "transfer")))
    def begin(self, kind):
        """A new offer, of a case whose person agreed."""
        case = self.town.case()
        give(self.town, case, recipient=self.town.teams["partner"].organisation_id)
        self.pk, self.kind, self.state = offer(self.town, case, kind=kind), kind, "offered"

    @rule(verb=sampled_from(VERBS))
    def act(self, verb):
        """Try one verb, by the side whose it is."""
        from spean.cases.referral_enums import MOVES_OF, REFERRAL_MOVES

        leaves, enters = REFERRAL_MOVES.get(verb, ({"given"}, "given"))
        if self.state in leaves and self.kind in MOVES_OF.get(verb, {self.kind}):
            self.do(verb)
            self.state = enters
        else:
            with pytest.raises((Conflict, NotYours)):
                self.do(verb)

    def do(self, verb):
        """The operation behind a verb."""
        from spean.cases.operations import receiving, referring

        desk, worker, pk = self.town.actor("stranger"), self.town.actor("worker"), self.pk
        {
            "accept": lambda: receiving.accept(desk, pk),
            "refuse": lambda: receiving.refuse(desk, pk, "full", "No"),
            "hand": lambda: referring.hand(self.town.actor("supervisor"), pk),  # a transfer too
            "take": lambda: receiving.take(desk, pk, uuid4()),
            "finish": lambda: receiving.finish(desk, pk, "served", "Yes"),
            "call_back": lambda: referring.call_back(worker, pk),
            "open": lambda: receiving.read(desk, pk),
        }[verb]()

    @invariant()
    def a_packet_and_its_key_are_there_while_it_is_handed_over_and_never_else(self):
        """The database agrees, and holds no packet without reason."""
        from spean.cases.models import Referral

        if hasattr(self, "pk"):
            row = Referral.objects.get(pk=self.pk)
            there = self.state == "given"
            assert (row.state, bool(row.packet), wraps(self.pk)) == (self.state, there, int(there))


def test_in_whatever_order_it_moves_as_the_table_says(town, at_start):  # noqa: F811 - a fixture
    ReferralMachine.town = town

    run_state_machine_as_test(ReferralMachine, settings=settings(max_examples=20, stateful_step_count=10, deadline=None))
