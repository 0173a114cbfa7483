"""A screening is kept: the gate holds, a child is screened as a child, the class is counted and the answers are sealed."""

from uuid import uuid4

import pytest

from spean.kernel.errors import Invalid, NotAllowed

GATE = frozenset({"alone", "willing", "language"})


def asked(**more):
    """An adult at work whose papers are kept and who is locked in: two strong indicators of one dimension, and low pay."""
    from spean.cases.operations.screening import Asked

    answers = {"D501": "yes", "D503": "yes", "D401": "yes", "D402": "yes", "D101": "no", "D505": "refused"}
    return Asked(**{"profile": "adult_labour", "gate": GATE, "answers": answers, "words": "They lock the door", **more})


def test_the_class_is_counted_and_the_answers_are_sealed(town):
    from spean.cases.operations import reading, screening
    from spean.checks.screening import tables

    case, worker, sent = town.case(), town.actor("worker"), uuid4()
    made = {screening.screen(worker, case.id, asked(), sent) for _twice in range(2)}
    row = case.screenings.get()
    case.refresh_from_db()

    assert made == {row.id}
    assert (case.indicated, row.indicated, row.version) == ("strong", "strong", tables.version())
    assert b"lock the door" not in bytes(row.answers)
    kept = reading.read_screening(worker, case.id, row.id)
    assert (kept["answers"]["D505"], kept["words"], kept["gate"]) == ("refused", "They lock the door", sorted(GATE))
    assert case.risk == "some"


def test_without_the_gate_nothing_is_asked_unless_it_is_urgent(town):
    from spean.cases.operations import screening

    case, worker = town.case(), town.actor("worker")
    with pytest.raises(Invalid):
        screening.screen(worker, case.id, asked(gate=frozenset({"alone"})), uuid4())
    screening.screen(worker, case.id, asked(gate=frozenset(), urgent=frozenset({"confined"}), answers={}), uuid4())

    case.refresh_from_db()
    assert (case.indicated, case.risk) == ("urgent", "now")


@pytest.mark.parametrize("age", ["0-17", "not_said"])
def test_a_child_or_somebody_of_unknown_age_is_screened_as_a_child(town, age):
    from spean.cases.operations import screening

    case, worker = town.case(age=age), town.actor("worker")
    with pytest.raises(Invalid):
        screening.screen(worker, case.id, asked(), uuid4())
    screening.screen(worker, case.id, asked(profile="child", answers={"D401": "yes", "D402": "yes"}), uuid4())

    case.refresh_from_db()
    assert case.indicated == "strong"  # a child who is exploited


@pytest.mark.parametrize("wrong", [{"D999": "yes"}, {"D501": "perhaps"}])
def test_an_answer_that_no_table_knows_is_refused(town, wrong):
    from spean.cases.operations import screening

    with pytest.raises(Invalid):
        screening.screen(town.actor("worker"), town.case().id, asked(answers=wrong), uuid4())


def test_a_second_person_agrees_and_nobody_agrees_with_their_own(town):
    from spean.cases.operations import screening

    case, worker, supervisor = town.case(), town.actor("worker"), town.actor("supervisor")
    made = screening.screen(worker, case.id, asked(), uuid4())
    with pytest.raises(NotAllowed):
        screening.review(worker, case.id, made)
    for _twice in range(2):
        screening.review(supervisor, case.id, made)

    row = case.screenings.get()
    assert (row.reviewed_by_id, list(case.steps.values_list("kind", flat=True)).count("reviewed")) == (supervisor.id, 1)


def test_a_higher_class_counts_at_once_and_a_lower_one_when_a_second_person_agrees(town):
    from spean.cases.operations import screening

    case, worker, supervisor = town.case(), town.actor("worker"), town.actor("supervisor")
    seen, little = [], asked(answers={"D102": "no"})
    for each in (little, asked(), little):
        made = screening.screen(worker, case.id, each, uuid4())
        case.refresh_from_db()
        seen.append(case.indicated)
    screening.review(supervisor, case.id, made)
    case.refresh_from_db()

    assert [*seen, case.indicated] == ["too_little", "strong", "strong", "too_little"]


def test_the_words_of_this_app_are_the_engines_own():
    from spean.cases import enums
    from spean.checks.screening.tables import Profile
    from spean.checks.screening.weighing import Class

    assert {c.value for c in Class} == set(enums.Indicated.values)
    assert {p.value for p in Profile} == set(enums.Asked.values)
