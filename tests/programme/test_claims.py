"""Claims: asked by a volunteer, decided by the supervisor, paid by the manager, never by oneself; totals by month and project."""

from datetime import date, datetime
from decimal import Decimal
from uuid import uuid4
from zoneinfo import ZoneInfo

import pytest

from spean.kernel import clock
from spean.kernel.errors import Conflict, Invalid, NotAllowed, NotYours

NOON = datetime(2014, 12, 11, 12, 0, tzinfo=ZoneInfo("Asia/Phnom_Penh"))


@pytest.fixture(autouse=True)
def at_noon():
    with clock.at(NOON):
        yield


def ask(town, by="volunteer", sent=None, **more):
    from spean.programme.operations import claims

    said = {"month": date(2014, 12, 5), "kind": "travel", "amount": Decimal(20000), "currency": "KHR", **more}
    return claims.make(town.actor(by), claims.Asked(**said), sent or uuid4())


def move(town, by, pk, verb, reason=""):
    from spean.programme.models import Claim
    from spean.programme.operations import claims

    claims.move(town.actor(by), pk, verb, reason)
    return Claim.objects.get(pk=pk).state


def test_a_claim_is_asked_approved_and_paid(town):
    sent = uuid4()
    pk = ask(town, sent=sent)
    assert ask(town, sent=sent) == pk
    with pytest.raises(NotYours):
        ask(town, by="faraway", sent=sent)
    with pytest.raises(Conflict):
        move(town, "manager", pk, "pay")
    assert [move(town, "supervisor", pk, "approve"), move(town, "manager", pk, "pay")] == ["approved", "paid"]
    with pytest.raises(Conflict):
        move(town, "volunteer", pk, "withdraw")


def test_who_may_do_what(town):
    pk = ask(town)
    for by, verb, refusal in (
        ("volunteer", "approve", NotAllowed),
        ("manager", "approve", NotAllowed),
        ("supervisor", "pay", NotAllowed),
        ("faraway", "withdraw", NotYours),
        ("worker", "approve", NotYours),
        ("administrator", "approve", NotYours),
        ("stranger", "approve", NotYours),
    ):
        with pytest.raises(refusal):
            move(town, by, pk, verb)
    with pytest.raises(Invalid):
        move(town, "supervisor", pk, "refuse", " ")
    assert move(town, "supervisor", pk, "refuse", "Ask for December") == "refused"
    with pytest.raises(NotAllowed):
        ask(town, by="supervisor")


def test_nobody_approves_their_own_nor_pays_what_they_approved(town):
    from spean.accounts.models import Membership

    for name, role in (("supervisor", "volunteer"), ("supervisor", "programme_manager")):
        Membership.objects.create(user=town.users[name], team=town.teams["team"], role=role, since=date(2014, 1, 1))
    own = ask(town, by="supervisor")
    with pytest.raises(NotYours):
        move(town, "supervisor", own, "approve")
    pk = ask(town)
    move(town, "supervisor", pk, "approve")
    with pytest.raises(NotYours):
        move(town, "supervisor", pk, "pay")
    assert move(town, "manager", pk, "pay") == "paid"


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"kind": "gift"}, "kind"),
        ({"currency": "XAU"}, "currency"),
        ({"amount": Decimal(0)}, "amount"),
        ({"month": date(2015, 1, 1)}, "month"),
        ({"month": date(2013, 11, 1)}, "month"),
        ({"project": uuid4()}, "project"),
    ],
)
def test_what_is_wrong_is_said(town, wrong, field):
    with pytest.raises(Invalid) as refused:
        ask(town, **wrong)
    assert field in refused.value.fields


def test_totals_by_month_and_project_never_add_two_moneys(town, django_assert_num_queries):
    from spean.programme.queries import claims

    paid, owed, other, _waits = (
        ask(town),
        ask(town, amount=Decimal(5000)),
        ask(town, currency="USD", amount=Decimal(3)),
        ask(town),
    )
    for pk in (paid, owed, other):
        move(town, "supervisor", pk, "approve")
    move(town, "manager", paid, "pay")
    manager, boss = town.actor("manager"), town.actor("supervisor")
    with django_assert_num_queries(1):
        found = claims.totals(manager)
    assert [(one.approved, one.paid) for one in found] == [(25000, 20000), (3, 0)]
    assert claims.totals(town.actor("faraway")) == ()
    assert [(t.name, t.count) for who in ("supervisor", "manager") for t in claims.tiles(town.actor(who))] == [
        ("claims_approve", 1), ("claims_pay", 2),
    ]  # fmt: skip
    with django_assert_num_queries(1):
        assert len(claims.claims(boss, view="approved").rows) == 2
