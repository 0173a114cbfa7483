"""A volunteer's month on a telephone without a script: what is hoped for, a threat that goes up sealed, a claim that is paid."""

from playwright.sync_api import expect

from journeys.hands import at, words


def test_a_month_of_a_volunteer(town, browse):
    from uuid import uuid4

    from spean.kernel import clock
    from spean.programme.models import Claim
    from spean.programme.operations import volunteers

    seat = town.users["volunteer"].memberships.get()
    hoped = {"on": clock.today(), "sessions": 4, "contacts": 60, "visits": 0, "reports": 2}
    volunteers.add(town.actor("supervisor"), seat.id, "goal", hoped, uuid4())
    page = browse("volunteer", town=town, java_script_enabled=False)
    page.goto(at("desk:volunteering"))
    expect(page.get_by_text(words("of %(n)s hoped for") % {"n": "៦០"})).to_be_visible()
    page.locator(f'a[href="{at("desk:volunteering_threat", seat.id)}"]').click()
    page.locator("[name=kind]").select_option("home")
    page.locator("[name=words]").fill("គេឈរមុខផ្ទះខ្ញុំ PLANTED")
    page.locator("main form .btn-primary").click()
    expect(page.get_by_text("PLANTED")).to_have_count(0)
    page.locator(f'a[href="{at("desk:claim_new")}"]').click()
    page.locator("[name=kind][value=travel]").check()
    page.locator("[name=amount]").fill("២០,០០០")
    page.locator("main form .btn-primary").click()
    expect(page.locator(f'a[href="{at("desk:claim", Claim.objects.get().pk)}"]')).to_be_visible()

    _a_supervisor_answers(browse("supervisor", town=town, width=1280), seat)
    payer = browse("manager", town=town)
    payer.goto(at("desk:claim", Claim.objects.get().pk))
    payer.locator('form[action$="/pay/"] button').click()
    page.goto(at("desk:volunteering"))
    expect(page.get_by_text(words("Paid")).first).to_be_visible()


def _a_supervisor_answers(boss, seat):
    from spean.programme.models import Claim, Threat

    boss.goto(at("desk:today"))
    boss.locator('a.stat-cell[href*="view=threats"]').click()
    boss.locator(f'main a[href="{at("desk:volunteer", seat.id)}"]').click()
    boss.locator(f'a[href="{at("desk:volunteer_told", seat.id)}"]').click()
    expect(boss.get_by_text("PLANTED")).to_be_visible()
    boss.go_back()
    boss.locator("[name=done]").select_option("plan")
    boss.locator('form[action$="/act/"] button').click()
    boss.locator('form[action$="/close/"] button').click()
    assert [(one.state, one.done) for one in Threat.objects.all()] == [("over", "plan")]
    boss.goto(at("desk:claim", Claim.objects.get().pk))
    boss.locator('form[action$="/approve/"] button').click()
