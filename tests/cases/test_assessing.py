"""What a person needs is kept: answers sealed, danger counted, ticked tasks made; less danger waits for a second person."""

from datetime import timedelta
from uuid import uuid4

import pytest

from spean.kernel import clock
from spean.kernel.errors import Conflict, Invalid, NotAllowed, NotYours

CALM = {"bed": "not", "talk": "later"}


def asked(answers=None, **more):
    from spean.cases.operations.assessing import Asked

    return Asked(answers or {"bed": "now", "learn": "later", "talk": "not_said"}, words="A door that I can lock", **more)


def assess(town, case, told, who="worker", sent_id=None):
    from spean.cases.operations import assessing

    made = assessing.assess(town.actor(who), case.id, told, sent_id or uuid4())
    case.refresh_from_db()
    return made


def test_the_danger_is_counted_the_answers_are_sealed_and_the_ticked_are_tasks(town):
    from spean.cases.operations import assessing, reading

    case, sent, day = town.case(), uuid4(), clock.today() + timedelta(days=20)
    told = asked(taken={"bed": None, "learn": day}, language="en")
    made = {assess(town, case, told, sent_id=sent) for _twice in range(2)}
    row, worker = case.assessments.get(), town.actor("worker")

    assert (made, row.level, case.risk) == ({row.id}, "high", "high")
    assert b"door" not in bytes(row.answers)
    tasks = [(t.kind, t.response, t.due_on) for t in case.tasks.order_by("due_on")]
    assert tasks == [("shelter", "hours", clock.today()), ("work", "planned", day)]
    assert case.due_on == clock.today()
    assert set(reading.read(worker, case.id).tasks.values()) == {"A safe place to sleep", "School, or training in a trade"}
    kept = assessing.read(worker, case.id, row.id)
    assert (kept["answers"]["talk"], kept["taken"], kept["words"]) == ("not_said", ["bed", "learn"], "A door that I can lock")


@pytest.mark.parametrize(
    "wrong",
    [
        {"answers": {"rain": "now"}},
        {"answers": {"bed": "perhaps"}},
        {"risk": "huge"},
        {"taken": {"doctor": None}},
        {"taken": {"bed": None, "learn": None}},
    ],
)
def test_what_cannot_be_is_refused_and_leaves_nothing(town, wrong):
    case = town.case()
    with pytest.raises(Invalid):
        assess(town, case, asked(**wrong))

    assert (case.assessments.count(), case.tasks.count()) == (0, 0)


def test_more_danger_counts_at_once_and_less_when_a_second_person_has_looked(town):
    from spean.cases.operations import assessing

    case = town.case()
    assess(town, case, asked({"life": "now"}))
    assert case.risk == "now"
    less = assess(town, case, asked({"kept": "now"}))
    assert case.risk == "now"
    with pytest.raises(NotAllowed):
        assessing.agree(town.actor("worker"), case.id, less)
    assert all(assessing.agree(town.actor("supervisor"), case.id, less) for _twice in range(2))
    case.refresh_from_db()
    assert case.risk == "some"
    assert case.assessments.get(pk=less).reviewed_by == town.users["supervisor"]


def test_what_was_learnt_since_is_not_taken_back_by_an_old_word(town):
    from spean.cases.operations import assessing, screening

    case = town.case()
    old = assess(town, case, asked({"kept": "now"}))
    screening.screen(
        town.actor("worker"), case.id, screening.Asked("adult_labour", frozenset(), frozenset({"confined"})), uuid4()
    )

    assert assessing.agree(town.actor("supervisor"), case.id, old) is False
    case.refresh_from_db()
    assert case.risk == "now"


def test_nobody_talks_the_answers_down_and_unknown_is_not_low(town):
    case = town.case(risk="not_known")
    assess(town, case, asked({"bed": "now"}, risk="low"))
    assert case.risk == "high"
    other = town.case(risk="not_known")
    assess(town, other, asked(CALM, risk="low"))
    assert other.risk == "not_known"


def test_nobody_else_asks_or_reads_and_a_closed_case_is_asked_nothing(town):
    from spean.cases.models import Case
    from spean.cases.operations import assessing

    case = town.case()
    made = assess(town, case, asked())
    for who in ("stranger", "manager"):
        for deed in (lambda a: assessing.assess(a, case.id, asked(), uuid4()), lambda a: assessing.read(a, case.id, made)):
            with pytest.raises((NotYours, NotAllowed)):
                deed(town.actor(who))
    with pytest.raises(Invalid):  # somebody else looks after it: say why
        assessing.read(town.actor("supervisor"), case.id, made)
    Case.objects.filter(pk=case.id).update(state="closed")
    with pytest.raises(Conflict):
        assess(town, case, asked())
