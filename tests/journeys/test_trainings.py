"""A fisher learns to repair engines: the course is written down, offered, attended, and ends with a certificate; no script."""

from datetime import date, timedelta

from playwright.sync_api import Page, expect

from journeys.hands import act, at, fill, words


def test_a_fisher_takes_part_and_gets_the_certificate(town, browse):
    from spean.cases.models import Training
    from spean.kernel import clock

    case, first = town.case(country="TH"), clock.today() - timedelta(days=14)
    page = browse("worker", town=town, java_script_enabled=False)
    _write_down(page, first)

    page.goto(at("desk:case_training", case.pk))
    act(page, "offer", training=str(Training.objects.get().pk), words="ចង់ជួសជុលម៉ាស៊ីនទូក PLANTED")
    expect(page.get_by_text("PLANTED")).to_be_visible()
    for verb in ("enrol", "begin"):
        act(page, "become", verb=verb)
    days = {"since": first.isoformat(), "until": (first + timedelta(days=4)).isoformat()}
    act(page, "attend", **days, held="5", attended="4")
    expect(page.get_by_text("បានមក ៤ ថ្ងៃ ក្នុង ៥ ថ្ងៃ")).to_be_visible()
    act(page, "become", verb="finish")
    act(page, "certify", number="K-77")
    expect(page.get_by_text("K-77")).to_be_visible()
    assert [(one.state, one.certificate) for one in case.enrolments.all()] == [("finished", "state")]


def _write_down(page: Page, first: date) -> None:
    """A training course with one place, by its form."""
    page.goto(at("desk:trainings"))
    page.locator(f'main a[href="{at("desk:training_new")}"]').click()
    days = {"starts_on": first.isoformat(), "ends_on": (first + timedelta(days=90)).isoformat()}
    chosen = {"trade": "motor", "provider": "មជ្ឈមណ្ឌល", "place-province": "14", "places": "១", "ends_with": "state"}
    fill(page, **chosen, **days)
    page.locator("main form [name=send]").click()
    expect(page.get_by_text(words("Nobody of the cases that you reach."))).to_be_visible()
