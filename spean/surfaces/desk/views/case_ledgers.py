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
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from spean.accounts.access import Actor
from spean.cases.operations import conferring, documents, hearings, identifying, keeping, law, money
from spean.cases.queries import cases as queries
from spean.cases.queries import counted, kept
from spean.cases.queries import documents as papers
from spean.cases.queries import law as legal
from spean.cases.queries import money as sums
from spean.cases.queries.cases import CaseHead
from spean.kernel.errors import Invalid, NotYours
from spean.surfaces.desk.acting import Act, acting, attempt, say, status_of
from spean.surfaces.desk.case_forms import WhyForm, why_of
from spean.surfaces.desk.document_forms import DemandForm, EndForm, HearForm, TakeForm
from spean.surfaces.desk.fields import plain
from spean.surfaces.desk.kept_forms import ConferenceForm, file_form
from spean.surfaces.desk.law_forms import (
    AidForm,
    ClaimForm,
    ConsiderForm,
    HearingForm,
    MoveForm,
    OverForm,
    ProtectForm,
)
from spean.surfaces.desk.law_forms import (
    AnswerForm as MeasureForm,
)
from spean.surfaces.desk.ledger_forms import AnswerForm, AskForm, RowForm
from spean.surfaces.desk.money_forms import AddForm, BeginForm, MistakeForm
from spean.surfaces.pages import page
from spean.surfaces.parts import part_of


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
        papers.documents,
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


LEDGERS["files"] = Ledger(
    "desk/case_files.html",
    _("Photos and recordings"),
    kept.files,
    keeping.read,
    {
        "add": Act(
            file_form,
            lambda a, pk, d: keeping.add(
                a, pk, d["made"], d["sent_id"], about=d["about"], words=d["words"], readers=d["readers"]
            ),
            _("Added and sealed. What the camera wrote into it is gone."),
            needs="keep",
        )
    },
    {
        "remove": Act(
            _row(RowForm),
            lambda a, pk, d: keeping.remove(a, pk, d["row"]),
            _("Taken away. That it was there stays written."),
            needs="keep",
        )
    },
)

LEDGERS["conferences"] = Ledger(
    "desk/case_conferences.html",
    _("Case conferences"),
    kept.conferences,
    conferring.read,
    {
        "confer": Act(
            plain(ConferenceForm),
            lambda a, pk, d: conferring.confer(a, pk, d["held"], d["sealed"], d["sent_id"]),
            _("Written down and sealed. Write a task for each thing that was decided, and tell the person."),
            needs="confer",
        )
    },
    {},
)

LEDGERS["legal"] = Ledger(
    "desk/case_legal.html",
    _("Law"),
    legal.matters,
    law.read,
    {
        "consider": Act(
            plain(ConsiderForm),
            lambda a, pk, d: law.consider(a, pk, d["kind"], d["office"], d["words"], d["sent_id"]),
            _("Written down and sealed. Nobody is told by it."),
            needs="law",
        )
    },
    {
        "move": Act(
            _row(MoveForm),
            lambda a, pk, d: law.move(a, pk, d["row"], d["moved"]),
            _("Written down. Tell the person."),
            needs="law",
        ),
        "aid": Act(_row(AidForm), lambda a, pk, d: law.aid(a, pk, d["row"], d["given"]), _("Saved and sealed."), needs="law"),
        "hearing": Act(
            _row(HearingForm),
            lambda a, pk, d: hearings.plan(a, pk, d["row"], d["planned"], d["words"], d["sent_id"]),
            _("The hearing is written down. On its day it stands on Today."),
            needs="law",
        ),
        "over": Act(
            _row(OverForm),
            lambda a, pk, d: hearings.over(a, pk, d["row"], UUID(d["hearing"]), d["verb"], d["words"], d["anew"]),
            _("Written down. Tell the person."),
            needs="law",
        ),
        "protect": Act(
            _row(ProtectForm),
            lambda a, pk, d: law.protect(a, pk, d["row"], d["kind"], d["office"], d["on"], d["words"], d["sent_id"]),
            _("Written down and sealed. When the authority answers, write it down here."),
            needs="law",
        ),
        "answer": Act(
            _row(MeasureForm),
            lambda a, pk, d: law.answer(a, pk, d["row"], UUID(d["measure"]), d["verb"], d["on"], d["words"]),
            _("The answer is written down."),
            needs="law",
        ),
        "claim": Act(
            _row(ClaimForm),
            lambda a, pk, d: law.claim(a, pk, d["row"], [UUID(one) for one in d["money"]]),
            _("Saved. Amounts are written down under Money."),
            needs="law",
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
    made.files = request.FILES
    if not attempt(made, lambda data: chosen.run(actor, pk, data)):
        return _show(request, pk, ledger, {name: made})
    say(request, chosen.saved)
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
