"""The rig's eyes for travel plans: what is whole is told as whole, and each loss that is planted is noticed."""

import uuid

import pytest

from faults import plans as eyes
from faults.ledger import Ledger, Sent
from spean.kernel import clock


@pytest.fixture
def signed(town, tmp_path):
    """A plan whose Sun and Rain were both thanked for, as the rig's ledger knows it."""
    from spean.voices.operations import plan_signs, plans

    sent, ledger = Sent(uuid.uuid4(), "by the river", photo=False, is_plan=True), Ledger(tmp_path / "ledger")
    draft = plans.Draft(destination="TH", leaves_on=clock.today(), days=[clock.today()], words={"way": sent.words})
    left = plans.leave(draft, sent.sent_id)
    ledger.sends(sent)
    ledger.shows(sent.sent_id, left.code)
    for sign, digits in enumerate((left.sun, left.rain)):
        plan_signs.by_own_short_code(digits)
        ledger.thanks(sent.sent_id, sign)
    return sent, ledger


def told(town, sent, ledger):
    from types import SimpleNamespace

    keepers = SimpleNamespace(actor=town.actor("worker"), second=town.actor("supervisor"), ring=town.actor("worker").ring)
    (plan,) = eyes.rows([sent])[sent.sent_id]
    return eyes.trouble(keepers, sent, ledger, plan)


def test_a_whole_plan_has_no_trouble(town, signed):
    assert told(town, *signed) == ""


@pytest.mark.parametrize("lost", ["sun", "rain", "concern", "share", "number"])
def test_each_loss_is_noticed(town, signed, lost):
    from spean.privacy import custody
    from spean.voices.models import Plan, PlanStep, Receipt

    plan = Plan.objects.get()
    if lost == "sun":
        PlanStep.objects.filter(kind="checked_in").delete()
    elif lost == "rain":
        PlanStep.objects.filter(kind="unsafe").delete()
    elif lost == "concern":
        PlanStep.objects.update(concern=None)
    elif lost == "share":
        custody.forget(plan.id)
    else:
        Receipt.objects.all().delete()
    assert told(town, *signed) != ""
