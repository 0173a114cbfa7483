"""Three people, each from the first word to the last, by hands: a fisher, a woman from a scam compound, a child. No script."""

from datetime import timedelta

from playwright.sync_api import Page, expect

from journeys.hands import act, at, fill, form_of, words
from journeys.test_screenings import PASSED

KEPT = "ថៅកែទូកកាន់លិខិតឆ្លងដែនខ្ញុំ"
BEATEN = "គេវាយខ្ញុំ ហើយឱ្យបោកគេតាមទូរស័ព្ទ"
CAPTAIN, WISH = "PLANTED CAPTAIN", "ចង់រៀនជួសជុលម៉ាស៊ីន"


def opened(page: Page, concern, **facts: str) -> str:
    """A case of what somebody told; its address."""
    page.goto(at("desk:concern", concern.pk))
    page.locator("details", has=page.locator('a[href*="/cases/new/"]')).last.locator("summary").first.click()
    page.locator('a[href*="/cases/new/"]').click()
    fill(page, **facts)
    page.locator("main [name=send]").click()
    expect(page.locator("h1")).to_have_text("C-០០០១")
    return page.url


def agree(page: Page, address: str, *told: str, **consent: str) -> None:
    """What the person agrees to, read out one by one."""
    page.goto(address)
    filled = form_of(page, "consent")
    for field in told:
        filled.locator(f'[name=fields_told][value="{field}"]').check()
    fill(filled, **consent)
    filled.locator("button").click()
    expect(page.locator(".alert-success")).to_be_visible()


def _org(town) -> str:
    return str(town.teams["partner"].organisation_id)


def test_a_fisher_whose_passport_is_held(town, browse):
    from spean.cases.models import Case

    page, partner = (browse(who, town=town, java_script_enabled=False) for who in ("worker", "stranger"))
    concern = town.concern(told=KEPT, kind="documents_kept", read=True, contact={"name": "សុភា", "may_call": "no"})
    address = opened(page, concern, sex="man", age="25-59", country="TH", risk="high", name_latin="Demo Fisher")
    case = Case.objects.get()

    agree(
        page,
        address,
        "name",
        "needs",
        "way",
        purpose="referral",
        recipient=_org(town),
        how="thumb",
    )
    _at_the_partner(town, page, partner, address)
    _back_and_home(page, partner, case)
    _owed(page, case)
    _learned_and_followed(town, page, case)
    _ended(town, browse, page, address)

    case.refresh_from_db()
    states = (case.state, case.documents.get().state, case.ways.get().state, case.enrolments.get().state)
    assert states == ("closed", "returned", "arrived", "finished")
    assert case.referrals.get().state == "done"


def _at_the_partner(town, page: Page, partner: Page, address: str) -> None:
    """Offered without a name, accepted, handed over, opened in Thailand."""
    page.goto(address)
    page.locator('a[href$="/refer/"]').click()
    fill(page, need="law", desk=str(town.teams["partner"].pk))
    page.locator("main form").first.locator("button").click()
    fill(page, needs="សូមជួយសុំលិខិតឆ្លងដែនវិញ", urgency="day")
    page.locator('form[action$="/refer/"] button').click()
    partner.goto(at("desk:referrals") + "?box=received")
    partner.locator("main ol a").first.click()
    expect(partner.locator("main")).not_to_contain_text("Demo Fisher")
    partner.locator('form[action$="/accept/"] button').click()
    page.reload()
    page.locator('form[action$="/hand/"] button').click()
    partner.reload()
    partner.locator('form[action$="/open/"] button').click()
    expect(partner.locator("main")).to_contain_text("Demo Fisher")
    expect(partner.locator("main")).not_to_contain_text(KEPT)


def _back_and_home(page: Page, partner: Page, case) -> None:
    """The passport comes back; the partner takes the person and helps; the way home ends at home."""
    page.goto(at("desk:case_documents", case.pk))
    act(page, "take", kind="passport", holder_kind="captain", holder=CAPTAIN, country="TH")
    act(page, "demand", way="us")
    act(page, "end", verb="return", receipt="thumb")
    partner.goto(partner.url.removesuffix("open/"))
    act(partner, "finish", outcome="served")
    page.goto(at("desk:case", case.pk))
    act(page, "way_plan", where="ទៅជួបម្ដាយ")
    for verb in ("way_set_out", "way_arrive"):
        page.goto(at("desk:case", case.pk))
        page.locator(f'form[action$="/{verb}/"] button').click()


def _owed(page: Page, case) -> None:
    """Wages claimed, and what came of them."""
    page.goto(at("desk:case_money", case.pk))
    act(page, "begin", kind="wages", currency="THB", other="captain", who=CAPTAIN)
    for what, amount in (("promised", "៦០,០០០"), ("paid", "12000"), ("claimed", "48000"), ("received", "20000")):
        act(page, "add", what=what, amount=amount, month="2026-01")
    expect(page.get_by_text("២៨,០០០").first).to_be_visible()


def _learned_and_followed(town, page: Page, case) -> None:
    """A course to its end, and how the first month was."""
    from uuid import uuid4

    from spean.cases.operations import trainings
    from spean.kernel import clock

    first = clock.today() - timedelta(days=14)
    kept = trainings.Kept("motor", first, first + timedelta(days=90), 3, "state", provider="មជ្ឈមណ្ឌល")
    course = trainings.write(town.actor("worker"), kept, "14010101", uuid4())
    page.goto(at("desk:case_training", case.pk))
    act(page, "offer", training=str(course), words=WISH)
    for verb in ("enrol", "begin", "finish"):
        act(page, "become", verb=verb)
    page.goto(at("desk:case_after", case.pk))
    act(page, "count_from", since=(clock.today() - timedelta(days=30)).isoformat())
    page.locator(
        f'main a[href="{at("desk:case_follow", case.pk, case.follow_ups.exclude(state="set_aside").get(month=1).pk)}"]'
    ).first.click()
    fill(page, how="visit", words="ខ្ញុំមានការងារហើយ")
    page.locator("main form button").click()
    expect(page.get_by_text("ខ្ញុំមានការងារហើយ")).to_be_visible()


def _ended(town, browse, page: Page, address: str) -> None:
    """Who knows what is said to the person; the end, in their own word, by two of us."""
    page.goto(address.rstrip("/") + "/told/")
    expect(page.locator("main")).to_contain_text(town.users["stranger"].name)
    page.goto(address)
    act(page, "ask_close", reason="reached", text="ខ្ញុំនៅផ្ទះ មានការងារ")
    supervisor = browse("supervisor", town=town, width=1280, java_script_enabled=False)
    supervisor.goto(address)
    fill(supervisor, reason="review")
    supervisor.locator('form[action$="/open/"] button').click()
    supervisor.goto(address)
    supervisor.locator('form[action$="/close/"] button').click()


def test_a_woman_from_a_scam_compound(town, browse):
    from spean.cases.models import Case

    page, supervisor = (browse(who, town=town, java_script_enabled=False) for who in ("worker", "supervisor"))
    concern = town.concern(told=BEATEN, kind="scam", danger="now", read=True)
    opened(page, concern, sex="woman", age="18-24", country="KH", risk="now")
    case = Case.objects.get()

    _danger_first(page, case)
    _told_unasked(page, supervisor, case)

    # a shelter that has a place, by a goal
    shelter = town.service(needs=("shelter",), capacity=10, confidential=True, desk="partner")
    page.goto(at("desk:care_plan", case.pk))
    act(page, "goal", domain="shelter", words="កន្លែងសុវត្ថិភាព", target_on="2099-01-01", payer="us")
    page.locator('main a[href*="/plan/goals/"]').click()
    page.locator(f'main form:has([value="{shelter}"]) button').click()
    assert case.care_plan.goals.get().service_id == shelter

    # what she was made to do is charged against her: what is said to her, and to a lawyer
    page.goto(at("desk:case_legal", case.pk))
    act(page, "consider", kind="charge", office="court", who="PLANTED COURT")
    expect(page.get_by_text("១៤(៧)").or_(page.get_by_text("14(7)")).first).to_be_attached()
    assert (case.matters.get().kind, case.unasked.get().state) == ("charge", "told")


def _danger_first(page: Page, case) -> None:
    """Danger goes before any question."""
    page.goto(at("desk:screening_new", case.pk))
    fill(page, **PASSED, profile="adult_labour", urgent="confined")
    page.locator("main [name=go]").click()
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    assert case.screenings.get().indicated == "urgent"


def _told_unasked(page: Page, supervisor: Page, case) -> None:
    """A life is in danger, and she cannot be asked: two of us."""
    page.goto(at("desk:case_unasked", case.pk))
    filled = form_of(page, "ask")
    fill(filled, named="PLANTED POLICE 012 000 111", reason="គេចាក់សោរនាង", fields_told="name")
    filled.locator("[name=why]").first.check()
    filled.locator("button").click()
    supervisor.goto(at("desk:case_unasked", case.pk))
    fill(supervisor, reason="review")
    supervisor.locator("main form button").first.click()
    expect(supervisor.get_by_text("PLANTED POLICE")).to_be_visible()
    supervisor.locator('form[action$="/agree/"] button').click()
    page.reload()
    act(page, "tell")


def test_a_child(town, browse):
    from spean.cases.models import Case

    page, supervisor = (browse(who, town=town, java_script_enabled=False) for who in ("worker", "supervisor"))
    concern = town.concern(told="ក្មេងស្រីម្នាក់ត្រូវគេនាំទៅ", kind="no_news", read=True)
    address = opened(page, concern, sex="woman", age="0-17", country="TH", risk="high")
    case = Case.objects.get()
    expect(page.get_by_text(words("A child: is there a duty to report?"))).to_be_visible()

    # a child's screening has its own questions, and no adult's
    page.goto(at("desk:screening_new", case.pk))
    fill(page, **PASSED)
    page.locator("main [name=go]").click()
    assert page.locator("main [name=keep]").count() == 1

    # the guardian may be involved: two of us decide, and until then nothing may be told
    agree(
        page,
        address,
        "needs",
        purpose="referral",
        by="staff",
        how="written",
        recipient=_org(town),
    )
    kept = case.consents.get()
    assert (kept.by, kept.agreed_by) == ("staff", None)
    expect(page.locator('form[action$="/consent_agree/"]')).to_have_count(0)  # nobody agrees to their own
    page.locator('a[href$="/refer/"]').click()
    desk = page.locator(f'[name=desk] option[value="{town.teams["partner"].pk}"]')
    assert desk.count() == 0
    supervisor.goto(address)
    fill(supervisor, reason="review")
    supervisor.locator('form[action$="/open/"] button').click()
    supervisor.locator('form[action$="/consent_agree/"] button').first.click()
    kept.refresh_from_db()
    assert kept.agreed_by == town.users["supervisor"]
    page.reload()
    assert desk.count() == 1
