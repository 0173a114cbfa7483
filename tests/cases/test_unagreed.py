"""Without an agreement in force nothing goes by default, and nobody in danger waits for one: decision 37."""

from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import translation

from spean.kernel import clock
from spean.kernel.errors import Invalid
from tests.cases.test_consent import at_start, give, partner  # noqa: F401 - fixtures
from tests.cases.test_referrals import asked, case, consent, handed, offer, trail  # noqa: F401 - fixtures


@pytest.fixture
def apart(town):
    """Nothing is agreed between the two organisations."""
    from spean.network.models import Agreement

    Agreement.objects.all().delete()


def soon():
    return clock.today() + timedelta(days=30)


def test_nothing_goes_by_default_and_the_reason_says_what_is_missing(town, case, consent, apart):  # noqa: F811 - fixtures
    from spean.cases.models import Referral

    for more in (
        {},  # no reason
        {"unagreed": "because"},
        {"unagreed": "urgent"},  # three days can wait
        {"unagreed": "head"},  # a case worker does not say that
        {"unagreed": "urgent", "urgency": "day", "until": date(2027, 4, 1)},  # longer than a month
    ):
        with pytest.raises(Invalid) as refused:
            offer(town, case, **{"until": soon(), **more})
        assert set(refused.value.fields) <= {"unagreed", "until"}
    assert not Referral.objects.exists()


def test_who_cannot_wait_goes_at_once_and_both_trails_say_why(town, case, consent, apart):  # noqa: F811 - fixtures
    from spean.cases.models import Referral

    pk = offer(town, case, unagreed="urgent", urgency="hour", until=soon())
    head = offer(town, case, who="supervisor", unagreed="head", until=soon())
    assert list(Referral.objects.order_by("urgency").values_list("unagreed", flat=True)) == ["head", "urgent"]
    assert trail(town, "team", "referral.unagreed") == trail(town, "partner", "referral.unagreed")
    assert len(trail(town, "team", "referral.unagreed")) == 2
    for name, one in (("worker", pk), ("stranger", head)):
        with translation.override("en"):
            page = town.client(name).get(reverse("desk:referral", args=[one])).content.decode()
        assert "Without an agreement of the two organisations" in page


def test_an_agreement_lets_it_go_without_a_reason_and_its_end_stops_new_ones_alone(town, case, consent):  # noqa: F811 - fixtures
    from spean.cases.models import Referral
    from spean.cases.operations import receiving, referring
    from spean.network.models import Agreement

    given, waiting = handed(town, case), offer(town, case, unagreed="urgent")
    assert set(Referral.objects.values_list("unagreed", flat=True)) == {""}
    Agreement.objects.update(state="ended")
    with pytest.raises(Invalid):
        offer(town, case)
    receiving.accept(town.actor("stranger"), waiting)
    referring.hand(town.actor("worker"), waiting)
    for pk in (given, waiting):
        assert receiving.read(town.actor("stranger"), pk)


def test_an_agreement_for_something_else_lets_nothing_go(town, case, consent):  # noqa: F811 - fixtures
    from spean.network.models import AgreementCode

    AgreementCode.objects.filter(book="purpose", code="serve").delete()
    with pytest.raises(Invalid):  # bringing home is agreed, a lawyer is not
        offer(town, case)
    assert offer(town, case, need="home")
    AgreementCode.objects.filter(code="referral").update(code="figures")
    with pytest.raises(Invalid):
        offer(town, case, need="home")


def test_within_one_organisation_and_on_the_way_back_none_is_needed(town, case, consent, apart):  # noqa: F811 - fixtures
    from spean.cases.operations import unagreed

    assert unagreed.agreed(case, town.teams["team"], "law")
    assert not unagreed.agreed(case, town.teams["partner"], "law")
    with pytest.raises(Invalid) as refused:
        offer(town, case, kind="hand_back")
    assert set(refused.value.fields) == {"kind"}  # the person did not come from there; an agreement is not asked for


def test_the_page_says_so_and_which_ways_lead_on(town, case, consent, apart):  # noqa: F811 - fixtures
    worker, desk = town.client("worker"), town.teams["partner"].id
    page = worker.get(reverse("desk:referral_new", args=[case.id]), {"need": "law", "desk": desk}).content.decode()
    for name in ("desk:referral_outside", "desk:agreements"):
        args = [case.id] if name == "desk:referral_outside" else []
        assert reverse(name, args=args) in page
    assert ('value="urgent"' in page, 'value="head"' in page) == (True, False)
    boss = town.client("supervisor").get(reverse("desk:referral_new", args=[case.id]), {"need": "law", "desk": desk})
    assert 'value="head"' in boss.content.decode()
