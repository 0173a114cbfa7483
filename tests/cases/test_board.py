"""The board: which case stands in which column, for whom, under a fixed number of queries."""

from datetime import timedelta

import pytest
from django.urls import reverse

from spean.cases.models import Case
from spean.cases.queries import board
from spean.kernel import clock


def shown(town, by, name="supervisor", **more):
    """(count, numbers) of each column that is not empty."""
    columns = board.board(town.actor(name), by, **more)
    return {c.name: (c.count, [r.number for r in c.rows]) for c in columns if c.count}


def test_each_case_stands_in_one_column_of_each_board(town, settings):
    settings.LANGUAGE_CODE = "en"
    today = clock.today()
    for n, (by, risk, days) in enumerate(
        [
            ("worker", "now", -1),
            ("worker", "high", 0),
            ("supervisor", "high", 7),
            ("supervisor", "low", 8),
            ("worker", "some", None),
        ],
        1,
    ):
        case = town.case(by, risk=risk)
        Case.objects.filter(pk=case.pk).update(number=n, due_on=None if days is None else today + timedelta(days))
    Case.objects.filter(number=5).update(state="closed")

    worker, boss = town.users["worker"].name, town.users["supervisor"].name
    assert list(shown(town, "risk").values()) == [(1, ["C-0001"]), (2, ["C-0002", "C-0003"]), (1, ["C-0004"])]
    assert list(shown(town, "due").values()) == [(1, ["C-0001"]), (1, ["C-0002"]), (1, ["C-0003"]), (1, ["C-0004"])]
    assert shown(town, "who") == {worker: (2, ["C-0001", "C-0002"]), boss: (2, ["C-0003", "C-0004"])}
    assert list(shown(town, "risk", "worker").values()) == [(1, ["C-0001"]), (1, ["C-0002"])]
    assert list(shown(town, "risk", mine=True).values()) == [(1, ["C-0003"]), (1, ["C-0004"])]
    assert shown(town, "risk", "manager") == shown(town, "who", "stranger") == {}


def test_a_column_counts_all_and_shows_the_first_due(town, monkeypatch):
    monkeypatch.setattr(board, "SHOWN", 1)
    for n in range(3):
        case = town.case()
        Case.objects.filter(pk=case.pk).update(due_on=clock.today() + timedelta(3 - n))

    assert list(shown(town, "risk").values()) == [(3, ["C-0003"])]
    assert board.boards(town.actor("worker")) == ("risk", "due")
    assert "who" in board.boards(town.actor("supervisor"))


@pytest.mark.parametrize("many", [1, 3])
@pytest.mark.parametrize("by", ["risk", "due", "who"])
def test_the_queries_of_a_board_do_not_grow(town, many, by, django_assert_num_queries):
    for n in range(many):
        town.case(["worker", "supervisor", "worker"][n])
    supervisor = town.actor("supervisor")
    with django_assert_num_queries(3):
        board.board(supervisor, by)


def test_the_page_shows_the_board_that_the_reader_has(town):
    case = town.case(risk="now")
    for by in ("risk", "due", "who", "nonsense"):
        held = town.client("worker").get(reverse("desk:case_board"), {"by": by}).content.decode()
        assert reverse("desk:case", args=[case.id]) in held
    assert "by=who" not in town.client("worker").get(reverse("desk:case_board")).content.decode()
