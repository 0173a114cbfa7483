"""Indicators counted from what was done: what is counted, of whom, once, by the quarter, and what is never told."""

from datetime import UTC, date, datetime, timedelta
from uuid import uuid4

import pytest

from spean.accounts.models import Team
from spean.cases.models import Case, Consent, Document, FollowUp, Referral, WayHome
from spean.evidence.indicators import COUNTED, counting
from spean.evidence.indicators.promise import Scope
from spean.kernel import clock
from spean.kernel.errors import Conflict, Invalid, NotAllowed
from spean.programme import ready
from spean.programme.models import Indicator, Project, Value
from spean.programme.operations import programmes, results, values
from spean.programme.operations.programmes import ProjectWords

QUARTER = (date(2026, 4, 1), date(2026, 6, 30))


@pytest.fixture(autouse=True)
def in_july():
    with clock.at(datetime(2026, 7, 20, 3, tzinfo=UTC)):
        yield


def project(town, code="P", teams=()):
    manager = town.actor("manager")
    words = ProjectWords(code, "គម្រោង", f"Project {code}", date(2026, 1, 1), date(2026, 12, 31), teams=tuple(teams))
    pk = programmes.make_project(manager, words, uuid4())
    programmes.move_project(manager, pk, "start")
    results.take_in(manager, pk, ("I05", "I11", "I13", "I14", "I16", "I19", "I21"))
    return Project.objects.get(pk=pk)


def figure(made, code):
    return Indicator.objects.get(project=made, code=code)


def counted(town, made, code, who="manager", first=QUARTER[0]):
    one = figure(made, code)
    return Value.objects.get(pk=counting.count(town.actor(who), made.id, one.id, first, uuid4()))


def cases(town, many, *, agreed=True, team="team", **more):
    """Rows of cases, as many persons; the bodies are of no interest to a count."""
    first = town.case()
    Case.objects.filter(pk=first.pk).update(opened_on=date(2020, 1, 1))
    found = []
    for _one in range(many):
        case = Case.objects.get(pk=first.pk)
        case.pk, case.number, case.sent_hash = uuid4(), Case.objects.count() + 1, uuid4().hex
        case.team, case.opened_on = town.teams[team], QUARTER[0]
        for name, value in more.items():
            setattr(case, name, value)
        case.save(force_insert=True)
        found.append(case)
        if agreed:
            consent(town, case)
    return found


def consent(town, case, **more):
    said = {"purpose": "statistics", "how": "thumb", "by": "self", "given_on": QUARTER[0], "until": date(2030, 1, 1)}
    usual = {"written_by": town.users["worker"], "words": b"sealed", "signature": "x" * 8, "sent_hash": uuid4().hex}
    return Consent.objects.create(case=case, **{**said, **usual, **more})


def scope(town):
    return Scope(town.teams["team"].organisation_id, (town.teams["team"].id,), *QUARTER)


def test_each_counted_indicator_stands_in_the_ready_set_with_its_unit():
    units = {one.code: one.unit for one in ready.indicators()}
    assert {code: one.unit for code, one in COUNTED.items()} == {code: units[code] for code in COUNTED}
    assert set(COUNTED) >= {"I11", "I13a", "I14a", "I16a", "I16b", "I16c", "I19", "I21a", "I21b", "I21c", "I21d"}
    assert all(one.question and one.numerator for one in COUNTED.values())


def test_only_people_who_agreed_are_counted(town):
    cases(town, 6, indicated="strong")
    cases(town, 3, agreed=False, indicated="strong")
    for case in cases(town, 2, agreed=False, indicated="urgent"):
        consent(town, case, withdrawn_on=QUARTER[0])
    cases(town, 2, indicated="none_now")
    cases(town, 2, indicated="strong", opened_on=date(2026, 3, 31))
    assert len(COUNTED["I11"].count(scope(town)).items) == 6


def test_returns_documents_referrals_and_follow_ups_are_counted_by_their_day(town):
    worker = town.users["worker"]
    for at, case in enumerate(cases(town, 6)):
        day = QUARTER[0] + timedelta(days=at)
        way = {"corridor": "TH", "mode": "assisted", "made_by": worker, "words": b"s"}
        WayHome.objects.create(
            case=case, state="arrived", made_on=day - timedelta(days=10), arrived_on=day, sent_hash=uuid4().hex, **way
        )
        kept = {"kind": "passport", "owner": "person", "holder_kind": "captain", "country": "TH", "pretext": "safe"}
        said = {"written_by": worker, "words": b"s", "moved_on": day}
        paper = Document.objects.create(case=case, state="returned", ended_on=day, sent_hash=uuid4().hex, **kept, **said)
        paper.demands.create(way="us", on=day - timedelta(days=at), by=worker, words=b"s", sent_hash=uuid4().hex)
        asked = {"kind": "service", "need": "law", "urgency": "days", "age": "25-59", "until": day, "moved_on": day}
        state = "done" if at < 5 else "offered"
        Referral.objects.create(
            case=case, org_id=case.org_id, consent=case.consents.get(), desk=town.teams["partner"], offered_on=day, state=state,
            given_on=day if at < 5 else None, offered_by=worker, needs=b"s", sent_hash=uuid4().hex, **asked,
        )  # fmt: skip
        written = day + timedelta(days=14 if at < 5 else 15)
        FollowUp.objects.create(case=case, month=1, counted_from=day, due_on=day, state="done", written_on=written)
    found = {code: one.count(scope(town)) for code, one in COUNTED.items()}
    many = {code: len(found[code].items) for code in ("I13a", "I14a", "I16a", "I16b", "I16c", "I19")}
    assert many == {"I13a": 6, "I14a": 6, "I16a": 6, "I16b": 5, "I16c": 5, "I19": 5}
    assert [item.days for item in found["I13b"].items] == [10] * 6
    assert sorted(item.days for item in found["I14b"].items) == [0, 1, 2, 3, 4, 5]
    assert len(found["I19"].of) == 6
    made = project(town)
    told = {code: counted(town, made, code).amount for code in ("I13a", "I13b", "I14a", "I16a", "I16b", "I19")}
    assert told == {"I13a": 6, "I13b": 10, "I14a": 6, "I16a": 6, "I16b": None, "I19": None}  # one person is left over
    part = counted(town, project(town, "Q"), "I13a").parts.get()
    assert (part.by, part.code, part.amount) == ("destination", "TH", 6)


def test_issues_are_counted_with_the_level_and_the_days(town):
    with clock.at(datetime(2026, 5, 4, 3, tzinfo=UTC)):
        town.issue("raised")
    found = {code: COUNTED[code].count(scope(town)) for code in ("I21a", "I21b", "I21c", "I21d")}
    assert (len(found["I21a"].items), found["I21d"].days) == (1, True)
    made = project(town)
    assert counted(town, made, "I21a").amount == 1
    assert counted(town, made, "I21d").amount is None


def test_a_number_is_frozen_confirmed_by_another_and_never_corrected(town):
    made = project(town)
    cases(town, 6, indicated="strong", sex="woman")
    value = counted(town, made, "I11")
    assert (value.amount, value.state, value.counted_on, value.threshold) == (6, "waiting", date(2026, 7, 20), 5)
    assert {(p.by, p.code, p.amount) for p in value.parts.all()} == {("sex", "woman", 6), ("destination", "TH", 6)}
    with pytest.raises(Invalid):
        counted(town, made, "I11")
    values.confirm(town.actor("supervisor"), made.id, value.id)
    number = values.Number(value.starts_on, value.ends_on, value.amount, "Another")
    with pytest.raises(Conflict):
        values.correct(town.actor("manager"), made.id, value.id, number, uuid4())
    cases(town, 1, indicated="strong")  # what is written down later tells nobody a difference
    assert counted(town, project(town, "Q"), "I11").amount == 6


def test_two_projects_tell_nothing_of_the_team_that_only_one_has(town):
    org = town.teams["team"].organisation
    town.teams["second"] = Team.objects.create(organisation=org, name_km="ពីរ", name_en="Second")
    both = project(town, "B", (town.teams["team"].id, town.teams["second"].id))
    one = project(town, "O", (town.teams["team"].id,))
    cases(town, 6, indicated="strong")
    cases(town, 2, indicated="strong", team="second")
    assert counted(town, one, "I11").amount == 6
    assert counted(town, both, "I11").amount is None


def test_only_quarters_of_the_project_that_are_over_and_only_what_is_counted(town):
    made = project(town)
    assert counting.quarters(made) == [date(2026, 4, 1), date(2026, 1, 1)]
    for first in (date(2026, 7, 1), date(2026, 5, 1), date(2025, 10, 1)):
        with pytest.raises(Invalid):
            counted(town, made, "I21a", first=first)
    with pytest.raises(Conflict):
        counted(town, made, "I05")
    with pytest.raises(NotAllowed):
        counted(town, made, "I21a", who="analyst")


def test_the_page_says_what_was_counted(town):
    from tests.surfaces.desk.test_programmes import at, shown

    made = project(town)
    one = figure(made, "I21a")
    body = {"quarter": "2026-04-01", "sent_id": str(uuid4())}
    answer = town.client("manager").post(at("indicator_act", made.id, one.id, "count"), body)
    again = town.client("manager").post(at("indicator_act", made.id, one.id, "count"), {**body, "quarter": "2026-07-01"})
    assert (answer.status_code, again.status_code) == (302, 422)
    page = shown(town, "value", made.id, one.id, one.values.get().id, who="analyst")
    for words in (
        "How many issues of communities were raised?",
        "everybody can read of these issues",
        "Nobody: issues are counted",
    ):
        assert words in page.text
    assert town.client("volunteer").get(at("value", made.id, one.id, one.values.get().id)).status_code == 404
