"""Nothing is agreed with a partner: a person who cannot wait is referred all the same; then the heads of both sides sign."""

from datetime import timedelta
from uuid import uuid4

from playwright.sync_api import expect

from journeys.hands import act, at, fill, words
from spean.kernel import clock


def joined(town):
    """Both organisations are members; who leads the partner's desk is its manager too; no agreement stands."""
    from spean.accounts.models import Membership
    from spean.network.models import Agreement
    from spean.network.operations import members

    Agreement.objects.all().delete()
    for name in ("team", "partner"):
        said = members.MemberWords("KH", clock.today(), works=("return", "legal"), served=("women",), languages=("km", "th"))
        members.add(town.actor("coordinator"), town.teams[name].organisation_id, said, uuid4())
    seat = {"user": town.users["stranger"], "team": town.teams["partner"], "role": "programme_manager"}
    Membership.objects.create(since=clock.today(), **seat)


def agreed_by_the_person(town, case):
    """The person agreed that the partner is told."""
    from spean.cases.operations import consent

    until, partner = clock.today() + timedelta(days=90), town.teams["partner"].organisation_id
    given = consent.Given("referral", frozenset({"name", "needs"}), until, "thumb", recipient=partner)
    consent.give(town.actor("worker"), case.pk, given, uuid4())


def offered(boss, town):
    """Written, signed for the own side, and offered to the partner."""
    boss.goto(at("desk:network"))
    boss.locator(f'main a[href="{at("desk:agreements")}"]').click()
    boss.locator(f'main a[href="{at("desk:agreement_new")}"]').click()
    partner = town.teams["partner"].organisation_id
    for name, value in (("others", partner), ("data", "referral"), ("purposes", "serve")):
        boss.locator(f'[name={name}][value="{value}"]').check()
    fill(boss, starts_on=clock.today().isoformat(), ends_on=(clock.today() + timedelta(days=50)).isoformat(), number="៧/២០២៦")
    boss.locator("main form .btn-primary").click()
    boss.locator('form[action$="/offer/"] button').click()


def signed(head):
    """From Today on, for the other side: it is in force."""
    head.goto(at("desk:today"))
    head.locator('a[href*="view=sign"]').first.click()
    head.locator("main ol a").first.click()
    head.locator('form[action$="/sign/"] button').click()
    expect(head.locator("main .badge-success")).to_have_text(words("In force"))


def test_who_cannot_wait_goes_and_the_heads_sign_for_the_next(town, browse):
    from spean.cases.models import Referral

    joined(town)
    case, query = town.case(), f"?need=shelter&desk={town.teams['partner'].pk}"
    agreed_by_the_person(town, case)
    worker = browse("worker", town=town, java_script_enabled=False)
    new = at("desk:referral_new", case.pk) + query
    worker.goto(new)
    worker.locator("main form[method=post] .btn-primary").click()
    expect(worker.locator("#unagreed")).to_be_visible()
    worker.locator("[name=unagreed][value=urgent]").check()
    worker.locator("[name=urgency][value=hour]").check()
    worker.locator("main form[method=post] .btn-primary").click()
    expect(worker.locator("main")).to_contain_text(words("It cannot wait: they have to act within a day"))
    assert Referral.objects.get().unagreed == "urgent"

    boss = browse("manager", town=town, java_script_enabled=False)
    offered(boss, town)
    signed(browse("stranger", town=town))
    worker.goto(new)
    expect(worker.locator("[name=unagreed]")).to_have_count(0)
    boss.goto(at("desk:today"))
    boss.locator('a[href*="view=soon"]').first.click()
    boss.locator("main ol a").first.click()
    act(boss, "end", why="not_needed")
    worker.goto(new)
    expect(worker.locator("[name=unagreed]").first).to_be_attached()
