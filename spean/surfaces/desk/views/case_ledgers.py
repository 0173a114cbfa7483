"""The ledgers of a case, one page each: opened as the case is (audited, with a reason where somebody else looks after it)."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from spean.accounts.access import Actor
from spean.cases.operations import keeping
from spean.cases.queries import cases as queries
from spean.cases.queries.cases import CaseHead
from spean.kernel.errors import Invalid, NotYours
from spean.surfaces.desk.acting import acting, attempt, say, status_of
from spean.surfaces.desk.case_forms import WhyForm, why_of
from spean.surfaces.desk.ledgers import LEDGERS, Ledger
from spean.surfaces.pages import page
from spean.surfaces.parts import part_of

PER_PAGE = 25


@require_http_methods(["GET", "HEAD", "POST"])
def show(request: HttpRequest, pk: UUID, ledger: str) -> HttpResponse:
    """One ledger, opened: that is written in the trail first. A post says why somebody else opens it."""
    why, reason = why_of(request)
    return _show(request, pk, ledger, {}, why=why, reason=reason)


def _show(
    request: HttpRequest, pk: UUID, ledger: str, wrong: dict[str, Form], *, why: Form | None = None, reason: str = ""
) -> HttpResponse:
    actor, book = acting(request), LEDGERS[ledger]
    head = queries.case_head(actor, pk)
    try:
        opened = book.read(actor, pk, reason)
    except Invalid:
        why = why or WhyForm.of("open", None)
        shown = {"head": head, "title": book.title, "why": why, "action": reverse(f"desk:case_{ledger}", args=[pk])}
        return page(request, "desk/case_why.html", status=status_of(why), **shown)
    listed, more = _from(book.rows(actor, pk), request.POST.get("row") or request.GET.get("from", ""))
    rows = [(row, _of_row(book, actor, head, row, wrong)) for row in listed]
    made = {v: a.form(v, actor, head, None) for v, a in book.acts.items() if a.needs in head.may}
    shown = {"head": head, "rows": rows, "opened": opened, "forms": made | wrong, "more": more}
    return page(request, book.template, status=422 if wrong else 200, title=book.title, ledger=ledger, **shown)


def _from(rows: Sequence[Any], begin: str) -> tuple[Sequence[Any], str]:
    """A page of rows, from the one with this id or from the first; the id at which the next page begins, if there is one."""
    at = next((n for n, row in enumerate(rows) if str(row.id) == begin), 0)
    after = rows[at + PER_PAGE : at + PER_PAGE + 1]
    return rows[at : at + PER_PAGE], str(after[0].id) if after else ""


def _of_row(book: Ledger, actor: Actor, head: CaseHead, row: Any, wrong: dict[str, Form]) -> dict[str, Form]:
    fit = {v: a.form(v, actor, row, None) for v, a in book.row_acts.items() if v in row.may and a.needs in head.may}
    return fit | {v: wrong[f"{v}-{row.id}"] for v in book.row_acts if f"{v}-{row.id}" in wrong}


@require_POST
def act(request: HttpRequest, pk: UUID, ledger: str, verb: str) -> HttpResponse:
    """One thing that is done with a ledger; nothing typed is lost when it cannot be done."""
    actor, book = acting(request), LEDGERS[ledger]
    head = queries.case_head(actor, pk)
    if verb in book.row_acts:
        chosen, about = book.row_acts[verb], _found(book.rows(actor, pk), request.POST.get("row", ""))
        name = f"{verb}-{about.id}"
    else:
        chosen, about, name = book.acts.get(verb), head, verb
    if chosen is None:
        raise NotYours
    made = chosen.form(verb, actor, about, request.POST)
    made.files = request.FILES
    result = attempt(made, lambda data: chosen.run(actor, pk, data))
    if not result:
        return _show(request, pk, ledger, {name: made})
    say(request, chosen.saved, chosen.then(actor, pk, result) if chosen.then else "")
    return redirect(f"desk:case_{ledger}", pk=pk)


@require_safe
def file(request: HttpRequest, pk: UUID, file_id: UUID) -> HttpResponse:
    """One photo or recording, for who opened the page of files today; who has not yet says there why."""
    try:
        mime, content = keeping.read_file(acting(request), pk, file_id)
    except Invalid:
        return redirect("desk:case_files", pk=pk)
    return part_of(request, content, mime)


def _found(rows: Any, wanted: str) -> Any:
    for row in rows:
        if str(row.id) == wanted:
            return row
    raise NotYours
