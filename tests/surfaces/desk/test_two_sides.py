"""The way home on two sides on the desk; and who helps, in the order of who can take the person."""

from datetime import timedelta
from uuid import uuid4

from tests.cases.test_consent import START, at_start, give, partner  # noqa: F401 - fixtures
from tests.cases.test_referrals import handed
from tests.cases.test_two_sides import WAY, case, consent, shared, step_of  # noqa: F401 - fixtures
from tests.directory.conftest import coordinator, manager, publish, write  # noqa: F401 - fixtures
from tests.surfaces.desk.test_referrals import at, text
from tests.surfaces.public.reading import Page


def test_a_partner_writes_down_a_step_and_what_is_wrong_comes_back_with_what_was_typed(town, case, consent):  # noqa: F811
    pk, there = shared(town, case), town.client("stranger")
    url = at("referral_way_step", pk, step_of(case, "paper").id)
    assert "The partner over there" not in there.get(url).content.decode()
    late = {"word": "planned", "day": (START.date() - timedelta(days=1)).isoformat(), "waits_for": "", "sent_id": str(uuid4())}
    refused = there.post(url, late)
    assert (refused.status_code, "Choose a day from today on." in text(refused)) == (422, True)
    assert late["day"] in refused.content.decode()
    saved = there.post(url, late | {"day": START.date().isoformat()}, follow=True)
    assert "Saved. Who sent it sees it at once" in text(saved)
    here = text(town.client("worker").get(at("case_home", case.id)))
    assert "Partner · Partner team said so on 1 March 2027" in here


def test_our_form_gives_a_step_to_a_partner_who_sees_the_way(town, case, consent):  # noqa: F811
    pk, worker, desk = shared(town, case), town.client("worker"), town.teams["partner"]
    step = step_of(case, "reception")
    worker.post(at("case_home_step", case.id, step.id), {"state": "to_do", "owner": str(desk.id)})
    assert step_of(case, "reception").desk == desk
    assert str(step.id) in town.client("stranger").get(at("referral_way", pk)).content.decode()
    assert town.client("stranger").get(at("referral_way_step", pk, step_of(case, "tracing").id)).status_code == 404


def test_without_the_field_the_page_of_the_referral_does_not_speak_of_the_way(town, case, partner):  # noqa: F811
    give(town, case, recipient=partner)
    pk, there = handed(town, case), town.client("stranger")
    assert "All steps" not in text(there.get(at("referral", pk)))
    assert there.get(at("referral_way", pk)).status_code == 404


def test_who_can_take_the_person_stands_first_and_the_others_with_the_reason(town, at_start, publish, partner):  # noqa: F811
    made = town.case(sex="man")
    give(town, made, recipient=partner)
    publish(provider_en="For women", women_only=True, capacity=12)
    publish(provider_en="Far away", areas=("140102",))
    publish(provider_en="For everybody", capacity=40)
    page = Page(town.client("worker").get(at("referral_new", made.id) + "?need=law")).text
    order = [page.index(words) for words in ("For everybody", "For women: ", "Far away")]
    assert order == sorted(order)
    for words in (
        "Takes women and girls only",
        "Does not work where the person's home is: ",
        "Places in all: 40, checked on 1 March 2027",
    ):
        assert words in page
