"""Referrals on the desk: offered in two steps, what each side sees, who knows what; called back, the old link gives nothing."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from spean.cases.models import Referral
from tests.cases.test_consent import at_start, give, partner  # noqa: F401 - fixtures
from tests.cases.test_referrals import NEEDS, handed, offer
from tests.surfaces.public.reading import Page

SECRET = ("Chan Sophea", "The captain keeps my passport", NEEDS)


def at(name, *args):
    return reverse(f"desk:{name}", args=args).replace("/km/", "/en/")


@pytest.fixture
def case(town, at_start, partner):  # noqa: F811 - fixtures
    made = town.case()
    give(town, made, recipient=partner)
    return made


def text(answer):
    return Page(answer).text


def test_only_what_was_agreed_to_can_be_ticked_and_told(town, case):
    worker, url = town.client("worker"), at("referral_new", case.id)
    desk = town.teams["partner"].id
    first = Page(worker.get(url + f"?need=law&desk={desk}"))
    assert "Not agreed, and not told: Age group and sex, How to reach them" in first.text
    form = {"need": "law", "desk": str(desk), "sent_id": first.values["sent_id"], "kind": "service", "urgency": "days"}
    form |= {"fields_told": ["name", "needs"], "needs": NEEDS, "until": "2027-03-20"}
    refused = worker.post(url, {**form, "fields_told": ["name", "needs", "story"]})
    assert (refused.status_code, Referral.objects.count()) == (422, 0)
    assert NEEDS in refused.content.decode()
    page = Page(worker.post(url, form, follow=True))

    assert "Offered, without a name" in page.text
    seen = text(town.client("stranger").get(at("referral", Referral.objects.get().id)))
    assert "Ba Phnum" in seen
    assert "House team" in seen
    assert not [word for word in (*SECRET, "C-0001") if word in seen]


def test_the_old_address_gives_nothing_once_it_was_taken_back(town, case):
    pk = handed(town, case)
    desk = town.client("stranger")
    assert SECRET[0] in text(desk.post(at("referral_act", pk, "open")))
    town.client("worker").post(at("case_act", case.id, "withdraw"), {"consent": str(case.consents.get().id)})

    again = desk.post(at("referral_act", pk, "open"))
    page = desk.get(at("referral", pk))
    assert again.status_code in {404, 409}
    assert "This was called back." in text(page)
    for code in ("25 to 59", "Ba Phnum", "A lawyer", "What they need now"):
        assert code not in text(page)
    for answer in (again, page):
        assert not [word for word in SECRET if word in answer.content.decode()]


def test_who_knows_what_names_desks_fields_days_and_who_opened_it(town, case):
    pk = handed(town, case)
    town.client("stranger").post(at("referral_act", pk, "open"))
    town.client("worker").get(at("case", case.id))
    told = text(town.client("worker").get(at("case_told", case.id)))

    for words in (
        "Partner · Partner team",
        "They were told: Name, What they need now",
        "Opened there: 1.",
        "Demo Stranger: times: 1",
    ):
        assert words in told
    assert "Demo Worker: times: 1" in told
    for name in ("stranger", "volunteer", "manager"):
        assert town.client(name).get(at("case_told", case.id)).status_code == 404


@pytest.mark.parametrize(("who", "query"), [("stranger", ""), ("worker", "?box=sent&view=open")])
def test_the_lists_ask_the_same_for_one_and_for_three(town, case, who, query):
    client, counted = town.client(who), []
    for more in (1, 2):
        for _one in range(more):
            offer(town, case)
        client.get(at("referrals") + query)
        with CaptureQueriesContext(
            connection,
        ) as asked:
            page = client.get(at("referrals") + query)
        counted.append(len(asked))
        assert page.content.decode().count("A lawyer, or help with a complaint") == 2 * more - 1

    assert counted[0] == counted[1]


def test_a_case_and_who_knows_what_of_it_ask_the_same_for_one_and_for_three(town, case):
    client, counted = town.client("worker"), []
    for more in (1, 2):
        for _one in range(more):
            handed(town, case)
        client.get(at("case_told", case.id))
        with CaptureQueriesContext(connection) as asked:
            client.get(at("case_told", case.id))
        counted.append(len(asked))

    assert counted[0] == counted[1]


def test_today_tells_each_side_what_waits_for_it(town, case):
    from spean.cases.operations import receiving
    from spean.cases.queries.referrals import tiles

    def counts(name):
        return {tile.name: tile.count for tile in tiles(town.actor(name)) if tile.count}

    first, second = offer(town, case), offer(town, case)
    assert (counts("stranger"), counts("worker")) == ({"referrals_offered": 2}, {})
    receiving.accept(town.actor("stranger"), first)
    receiving.refuse(town.actor("stranger"), second, "full", "")

    assert counts("stranger") == {}
    assert counts("worker") == {"referrals_accepted": 1, "referrals_ended": 1}


def test_who_was_not_given_the_desks_key_is_told_so(town, case):
    from spean.accounts.models import Membership
    from spean.kernel import clock

    pk, new = handed(town, case), town.users["analyst"]
    Membership.objects.create(user=new, team=town.teams["partner"], role="case_worker", since=clock.today())
    page = town.client("analyst").get(at("referral", pk))

    assert "You were not given this team's key yet." in text(page)
    assert f'action="{at("referral_act", pk, "open")}"' not in page.content.decode()
