"""The ledgers of a case, one page each: opened as the case is (audited, with a reason where somebody else looks after it)."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST

from spean.accounts.access import Actor
from spean.cases.operations import documents, identifying, money, unasked
from spean.cases.packet_words import packet_lines
from spean.cases.queries import cases as queries
from spean.cases.queries import counted
from spean.cases.queries import documents as kept
from spean.cases.queries import money as sums
from spean.cases.queries import unasked as tellings
from spean.cases.queries.cases import CaseHead
from spean.kernel.errors import Invalid, NotYours
from spean.surfaces.desk.acting import Act, acting, attempt, say, status_of
from spean.surfaces.desk.case_forms import WhyForm, why_of
from spean.surfaces.desk.document_forms import DemandForm, EndForm, HearForm, TakeForm
from spean.surfaces.desk.fields import plain
from spean.surfaces.desk.ledger_forms import AnswerForm, AskForm, RowForm
from spean.surfaces.desk.money_forms import AddForm, BeginForm, MistakeForm
from spean.surfaces.desk.unasked_forms import UnaskedForm
from spean.surfaces.pages import page


@dataclass(frozen=True)
class Ledger:
    """One ledger: its page, what is counted on it, what is opened for it, what is done with it and with one row of it.

    A row says by `may` which acts fit its state. The form of a row's act is made with the row, and brings its id as `row`.
    """

    template: str
    title: Any
    rows: Callable[[Actor, UUID], Any]
    read: Callable[[Actor, UUID, str], Any]
    acts: Mapping[str, Act]
    row_acts: Mapping[str, Act]


def _row(kind: type[RowForm]) -> Callable[[str, Actor, Any, Any], Form]:
    return lambda verb, _actor, row, data: kind.of(f"{verb}-{row.id}", data, about=row)


def _unasked(actor: Actor, pk: UUID, reason: str) -> dict[UUID, dict[str, Any]]:
    """What is told without consent, opened, with what may be told now in words."""
    return {
        key: {"named": said.named, "reason": said.reason, "lines": packet_lines(dict(said.told))}
        for key, said in unasked.read(actor, pk, reason).items()
    }


LEDGERS = {
    "identification": Ledger(
        "desk/case_identification.html",
        _("Identified by an authority"),
        counted.identifications,
        identifying.read,
        {
            "ask": Act(
                plain(AskForm),
                lambda a, pk, d: identifying.ask(a, pk, d["authority"], d["asked_on"], d["paper"], d["sent_id"]),
                _("Written down and sealed. When the authority answers, write it down here."),
                needs="identify",
            )
        },
        {
            "answer": Act(
                _row(AnswerForm),
                lambda a, pk, d: identifying.answer(a, pk, d["row"], d["verb"], d["on"], d["paper"]),
                _("Written down. What the screening says is not changed by it."),
                needs="identify",
            )
        },
    ),
    "documents": Ledger(
        "desk/case_documents.html",
        _("Documents that others keep"),
        kept.documents,
        documents.read,
        {
            "take": Act(
                plain(TakeForm),
                lambda a, pk, d: documents.take(a, pk, d["taken"], d["sealed"], d["sent_id"]),
                _("Written down and sealed. Ask the person how they want it asked back."),
                needs="document",
            )
        },
        {
            "demand": Act(
                _row(DemandForm),
                lambda a, pk, d: documents.demand(a, pk, d["row"], d["way"], d["on"], d["words"], d["sent_id"]),
                _("Written down. When the holder answers, write it down here."),
                needs="document",
            ),
            "hear": Act(
                _row(HearForm),
                lambda a, pk, d: documents.hear(a, pk, d["row"], UUID(d["demand"]), d["outcome"], d["on"]),
                _("The answer is written down."),
                needs="document",
            ),
            "end": Act(
                _row(EndForm),
                lambda a, pk, d: documents.end(a, pk, d["row"], d["verb"], d["on"], receipt=d["receipt"], words=d["words"]),
                _("Written down. Tell the person."),
                needs="document",
            ),
        },
    ),
}


LEDGERS["money"] = Ledger(
    "desk/case_money.html",
    _("Money"),
    sums.money,
    money.read,
    {
        "begin": Act(
            plain(BeginForm),
            lambda a, pk, d: money.begin(a, pk, d["codes"], d["who"], d["words"], d["sent_id"]),
            _("Written down and sealed. Now write down its amounts."),
            needs="money",
        )
    },
    {
        "add": Act(
            _row(AddForm),
            lambda a, pk, d: money.add(a, pk, d["row"], d["what"], d["amount"], d["month"], d["words"], d["sent_id"]),
            _("The amount is written down and sealed."),
            needs="money",
        ),
        "mistake": Act(
            _row(MistakeForm),
            lambda a, pk, d: money.mistake(a, pk, d["row"], d["amount"]),
            _("It stays, and counts no more."),
            needs="money",
        ),
    },
)

LEDGERS["unasked"] = Ledger(
    "desk/case_unasked.html",
    _("Danger to life: tell without consent"),
    tellings.rows,
    _unasked,
    {
        "ask": Act(
            plain(UnaskedForm),
            lambda a, pk, d: unasked.ask(a, pk, d["wanted"], d["sent_id"]),
            _("Written down and sealed. Telephone a supervisor now: until another one agrees, nothing may be told."),
            needs="unasked",
        )
    },
    {
        "agree": Act(
            _row(RowForm),
            lambda a, pk, d: unasked.agree(a, pk, d["row"]),
            _("You agree. It may be told now, by voice. The person has to hear of it: that task stands in the case."),
            needs="agree_unasked",
        ),
        "decline": Act(
            _row(RowForm),
            lambda a, pk, d: unasked.decline(a, pk, d["row"]),
            _("Not agreed. Nothing is told."),
            needs="agree_unasked",
        ),
        "tell": Act(
            _row(RowForm),
            lambda a, pk, d: unasked.tell(a, pk, d["row"]),
            _("Written down. Tell the person as soon as it is safe: the task stands in the case."),
            needs="unasked",
        ),
    },
)


@require_http_methods(["GET", "HEAD", "POST"])
def show(request: HttpRequest, pk: UUID, ledger: str) -> HttpResponse:
    """One ledger, opened: that is written in the trail first. A post says why somebody else opens it."""
    why, reason = why_of(request)
    return _show(request, pk, ledger, {}, why=why, reason=reason)


def _show(
    request: HttpRequest, pk: UUID, ledger: str, wrong: dict[str, Form], why: Form | None = None, reason: str = ""
) -> HttpResponse:
    actor, book = acting(request), LEDGERS[ledger]
    head = queries.case_head(actor, pk)
    try:
        opened = book.read(actor, pk, reason)
    except Invalid:
        why = why or WhyForm.of("open", None)
        shown = {"head": head, "title": book.title, "why": why, "action": reverse(f"desk:case_{ledger}", args=[pk])}
        return page(request, "desk/case_why.html", status=status_of(why), **shown)
    rows = [(row, _of_row(book, actor, head, row, wrong)) for row in book.rows(actor, pk)]
    made = {v: a.form(v, actor, head, None) for v, a in book.acts.items() if a.needs in head.may}
    shown = {"head": head, "rows": rows, "opened": opened, "forms": made | wrong}
    return page(request, book.template, status=422 if wrong else 200, title=book.title, ledger=ledger, **shown)


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
    if not attempt(made, lambda data: chosen.run(actor, pk, data)):
        return _show(request, pk, ledger, {name: made})
    say(request, chosen.saved)
    return redirect(f"desk:case_{ledger}", pk=pk)


def _found(rows: Any, wanted: str) -> Any:
    for row in rows:
        if str(row.id) == wanted:
            return row
    raise NotYours
