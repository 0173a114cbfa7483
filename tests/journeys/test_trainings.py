"""A fisher learns to repair engines: the course is written down, offered, attended, and ends with a certificate; no script."""

from datetime import timedelta

from playwright.sync_api import expect

from journeys.hands import at, words


def test_a_fisher_takes_part_and_gets_the_certificate(town, browse):
    from spean.cases.models import Training
    from spean.kernel import clock

    case, first = town.case(country="TH"), clock.today() - timedelta(days=14)
    page = browse("worker", town=town, java_script_enabled=False)

    def unfold(verb):
        form = page.locator(f'form[action$="/{verb}/"]')
        page.locator("details", has=form).locator("summary").last.click()
        return form

    def become(verb):
        form = unfold("become")
        form.locator(f"[name=verb][value={verb}]").check()
        form.locator("button").click()

    page.goto(at("desk:trainings"))
    page.locator(f'main a[href="{at("desk:training_new")}"]').click()
    page.locator("[name=trade]").select_option("motor")
    page.locator("[name=provider]").fill("មជ្ឈមណ្ឌល")
    page.locator("[name=place-province]").select_option("14")
    page.locator("[name=starts_on]").fill(first.isoformat())
    page.locator("[name=ends_on]").fill((first + timedelta(days=90)).isoformat())
    page.locator("[name=places]").fill("១")
    page.locator("[name=ends_with]").select_option("state")
    page.locator("main form [name=send]").click()
    expect(page.get_by_text(words("Nobody of the cases that you reach."))).to_be_visible()
    page.goto(at("desk:case_training", case.pk))
    form = unfold("offer")
    form.locator("[name=training]").select_option(str(Training.objects.get().pk))
    form.locator("[name=words]").fill("ចង់ជួសជុលម៉ាស៊ីនទូក PLANTED")
    form.locator("button").click()
    expect(page.get_by_text("PLANTED")).to_be_visible()
    for verb in ("enrol", "begin"):
        become(verb)
    form = unfold("attend")
    for name, value in {"since": first, "until": first + timedelta(days=4), "held": 5, "attended": 4}.items():
        form.locator(f"[name={name}]").fill(str(value))
    form.locator("button").click()
    expect(page.get_by_text("បានមក ៤ ថ្ងៃ ក្នុង ៥ ថ្ងៃ")).to_be_visible()
    become("finish")
    form = unfold("certify")
    form.locator("[name=number]").fill("K-77")
    form.locator("button").click()
    expect(page.get_by_text("K-77")).to_be_visible()
    assert [(one.state, one.certificate) for one in case.enrolments.all()] == [("finished", "state")]
