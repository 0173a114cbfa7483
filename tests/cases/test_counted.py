"""What is counted: never a no that nobody said; each code has a word of others, or is named as having none."""

from datetime import UTC, datetime
from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from spean.cases import enums, mapping
from spean.cases import fact_enums as codes
from spean.kernel import clock
from spean.kernel.errors import Conflict, Invalid
from spean.voices.enums import Sex

START = datetime(2027, 3, 1, 3, 0, tzinfo=UTC)
BOOKS = {
    "form": codes.Form, "means": codes.Means, "sector": codes.Sector, "recruiter": codes.Recruiter, "recruited": codes.Recruited,
    "citizenship": codes.Citizenship, "country": enums.Country, "age_band": codes.AgeBand, "began": codes.Began,
    "lasted": codes.Lasted, "sex": Sex, "decided": codes.Identified, "authority": codes.Authority,
}  # fmt: skip
FACTS = sorted({(line.fact, line.code) for line in mapping.lines()})


@pytest.fixture
def case(town):
    with clock.at(START):
        yield town.case(age="25-59", country="TH", sex="man")


def told(**more):
    from spean.cases.operations.counting import Told

    return Told(**more)


def count(town, case, revision=0, **more):
    from spean.cases.operations import counting

    counting.count(town.actor("worker"), case.id, told(**more), revision=revision)


def counted(town, case):
    from spean.cases.queries.counted import counted

    return counted(town.actor("worker"), case.id)


# -- keeping ----------------------------------------------------------------------------------------------------------------
def test_what_nobody_asked_stays_not_asked(town, case):
    before = counted(town, case)
    count(town, case, citizenship="KH", forms={"labour": "yes", "crime": "no", "begging": "unknown"}, means={"papers": "refused"})
    after = counted(town, case)

    assert (before.told, before.answered) == (told(), 0)
    assert (after.told.sector, after.told.forms) == ("not_asked", {"labour": "yes", "crime": "no", "begging": "unknown"})
    assert (after.answered, after.htcds["vic_TypeOfExploitation"]) == (5, ("ForcedLabour",))
    assert "vic_MethodsOfControl" not in after.htcds
    assert after.ctdc["yearOfRegistration"] == "2027"
    assert after.ctdc["CountryOfExploitation"] == "THA"
    assert case.steps.order_by("position").last().kind == "counted"


def test_it_is_written_as_a_whole_and_over_nothing_newer(town, case):
    count(town, case, forms={"labour": "yes"}, means={"debt": "yes"})
    with pytest.raises(Conflict):
        count(town, case, forms={"marriage": "yes"})
    count(town, case, revision=1, forms={"marriage": "yes"})

    now = counted(town, case)
    assert (now.told.forms, now.told.means, now.revision) == ({"marriage": "yes"}, {}, 2)


WRONG = [
    ({"forms": {"labour": "perhaps"}}, "form-labour"),
    ({"means": {"x": "yes"}}, "means-x"),
    ({"sector": "x"}, "sector"),
    ({"age_band": "9-17"}, "age_band"),
    ({"began": "2028"}, "began"),
]


@pytest.mark.parametrize(("more", "name"), WRONG)
def test_what_cannot_be_is_refused_with_its_reason(town, case, more, name):
    with pytest.raises(Invalid) as refused:
        count(town, case, **more)

    assert set(refused.value.fields) == {name}
    assert counted(town, case).revision == 0


# -- the words of others ----------------------------------------------------------------------------------------------------
def test_each_code_has_its_line_and_says_why_where_it_has_no_counterpart():
    assert {(name, code) for name, book in BOOKS.items() for code in book.values} == set(FACTS)
    silent = [li for li in mapping.lines() if not li.htcds_field and not li.ctdc_column]
    assert [li for li in silent if not li.note.startswith("no counterpart")] == []
    halves = [li for li in mapping.lines() if bool(li.htcds_field) != bool(li.ctdc_column)]
    assert [li for li in halves if not li.note] == [], "one of the two has no word: say so"


def test_no_line_has_a_word_that_the_others_do_not_have():
    known, columns = mapping.htcds_fields(), mapping.ctdc_columns()
    lines = [li for li in mapping.lines() if li.htcds_field]

    assert [li for li in lines if known[li.htcds_field] and li.htcds_code not in known[li.htcds_field]] == []
    assert {li.ctdc_column for li in mapping.lines()} - {""} == set(columns) - {"yearOfRegistration"}
    assert (len(columns), len(set(columns))) == (27, 27)


def test_what_others_know_and_we_do_not_is_known():
    said = {(li.htcds_field, li.htcds_code) for li in mapping.lines()}
    never = {(field, code) for field, all_codes in mapping.htcds_fields().items() for code in all_codes} - said
    fields = {field for field, _code in never}

    assert fields == {
        "prs_Gender", "vic_ForcedLabourIndustry", "vic_TraffickingStatusDecisionMakingOrg",
    }  # fmt: skip
    assert ("vic_TraffickingStatusDecisionMakingOrg", "NGO") in never, "we identify nobody"


@given(st.sets(st.sampled_from(FACTS)))
def test_what_comes_back_was_said_and_says_the_same(facts):
    back = mapping.from_htcds(mapping.to_htcds(facts))

    assert back >= {fact for fact in facts if mapping.comes_back(*fact)}
    said = mapping.to_htcds(facts)
    assert all(set(values) <= set(said[field]) for field, values in mapping.to_htcds(back).items())


@given(st.lists(st.sampled_from(FACTS), unique=True), st.randoms())
def test_the_order_of_facts_does_not_matter_but_of_two_single_ones(facts, shuffled):
    alone = {name: (name, code) for name, code in facts if name not in {"form", "means"}}
    once = [*alone.values(), *(fact for fact in facts if fact[0] in {"form", "means"})]
    turned = list(once)
    shuffled.shuffle(turned)

    assert mapping.to_ctdc(once, registered=2027) == mapping.to_ctdc(turned, registered=2027)
    assert set(mapping.to_ctdc(once, registered=2027)) == set(mapping.ctdc_columns())


# -- what a state decides ---------------------------------------------------------------------------------------------------
def ask(town, case, sent=None, **more):
    from spean.cases.operations import identifying

    paper = identifying.Paper("No 12/SECRET", "They were kind")
    on = more.get("on", clock.today())
    return identifying.ask(town.actor("worker"), case.id, "anti_trafficking", on, paper, sent or uuid4())


def answer(town, case, which, verb, on=None, **paper):
    from spean.cases.operations import identifying

    identifying.answer(town.actor("worker"), case.id, which, verb, on or clock.today(), identifying.Paper(**paper))


def test_an_authority_is_asked_and_answers_and_the_screening_stands(town, case):
    from spean.cases.operations import identifying
    from spean.cases.queries.counted import identifications

    type(case).objects.filter(pk=case.pk).update(indicated="strong")
    sent = uuid4()
    made = {ask(town, case, sent) for _twice in range(2)}.pop()
    answer(town, case, made, "not_identified", words="No proof, they said")
    case.refresh_from_db()
    row = case.identifications.get()

    assert (case.indicated, row.state, row.decided_on) == ("strong", "not_identified", clock.today())
    assert b"SECRET" not in bytes(row.words)
    opened = identifying.read(town.actor("worker"), case.id)[made]
    assert (opened.number, opened.words) == ("No 12/SECRET", "They were kind\nNo proof, they said")
    assert [(i.state, i.may) for i in identifications(town.actor("worker"), case.id)] == [("not_identified", {"answer"})]
    assert counted(town, case).htcds["vic_TraffickingStatusDecisionMakingOrg"] == ("Police",)


def test_a_decision_is_not_written_over(town, case):
    made = ask(town, case)
    answer(town, case, made, "identified")
    with pytest.raises(Conflict):
        answer(town, case, made, "not_identified")
    answer(town, case, made, "mistaken")
    again = ask(town, case)

    assert sorted(case.identifications.values_list("state", flat=True)) == ["mistaken", "pending"]
    for on in (datetime(2027, 2, 1, tzinfo=UTC).date(), datetime(2027, 4, 1, tzinfo=UTC).date()):
        with pytest.raises(Invalid):
            answer(town, case, again, "declined", on)
    with pytest.raises(Invalid):
        ask(town, case, on=datetime(2027, 4, 1, tzinfo=UTC).date())


def test_erasing_the_case_erases_what_authorities_said(town, case):
    from spean.cases.operations import retention

    ask(town, case)
    retention._erase(case.pk)

    assert bytes(case.identifications.get().words) == b""
