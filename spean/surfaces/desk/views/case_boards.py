"""The board of cases: columns by danger, by day, by who looks after them."""

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from spean.accounts import access
from spean.accounts.enums import Role
from spean.cases.queries import board as queries
from spean.kernel.errors import NotAllowed
from spean.surfaces.desk.acting import acting, with_query
from spean.surfaces.pages import page

BOARDS = {"risk": _("How much danger"), "due": _("When a task is due"), "who": _("Who looks after them")}


@require_safe
def board(request: HttpRequest) -> HttpResponse:
    """One board of the cases that the reader sees."""
    actor, asked = acting(request), request.GET
    if not access.may(actor, "case.see"):
        raise NotAllowed
    known = queries.boards(actor)
    by, mine = asked.get("by", ""), asked.get("mine") == "1"
    by = by if by in known else known[0]
    columns = [(column, _list_of(column, mine=mine)) for column in queries.board(actor, by, mine=mine)]
    shown = {"by": by, "boards": [(name, BOARDS[name]) for name in known], "mine": mine, "leads": actor.has(Role.SUPERVISOR)}
    return page(request, "desk/case_board.html", columns=columns, **shown)


def _list_of(column: queries.Column, *, mine: bool) -> str:
    """The query of the list that has all of a column; "" where there is none."""
    return with_query(column.query, mine="1" if mine else "") if column.query else ""
