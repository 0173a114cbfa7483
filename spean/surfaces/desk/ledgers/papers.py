"""What authorities decided, documents that others keep, and money."""

from uuid import UUID

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from spean.accounts.access import Actor
from spean.cases.operations import documents, holders, identifying, money
from spean.cases.queries import counted
from spean.cases.queries import documents as papers
from spean.cases.queries import money as sums
from spean.surfaces.desk.acting import Act
from spean.surfaces.desk.document_forms import DemandForm, EndForm, HearForm, TakeForm
from spean.surfaces.desk.fields import plain
from spean.surfaces.desk.ledger_forms import AnswerForm, AskForm
from spean.surfaces.desk.ledgers.ledger import Ledger, row_form
from spean.surfaces.desk.money_forms import AddForm, BeginForm, MistakeForm
from spean.surfaces.templatetags.spean import digits


def _elsewhere(actor: Actor, pk: UUID, row: UUID) -> str:
    """Said after a row was written whose holder stands in other cases too."""
    n = holders.stands_elsewhere(actor, pk, row)
    told = ngettext("The holder stands in %(n)s other case of yours.", "The holder stands in %(n)s other cases of yours.", n)
    return told % {"n": digits(n)} if n else ""


IDENTIFICATION = Ledger(
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
            row_form(AnswerForm),
            lambda a, pk, d: identifying.answer(a, pk, d["row"], d["verb"], d["on"], d["paper"]),
            _("Written down. What the screening says is not changed by it."),
            needs="identify",
        )
    },
)

DOCUMENTS = Ledger(
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
            then=_elsewhere,
        )
    },
    {
        "demand": Act(
            row_form(DemandForm),
            lambda a, pk, d: documents.demand(a, pk, d["row"], d["way"], d["on"], d["words"], d["sent_id"]),
            _("Written down. When the holder answers, write it down here."),
            needs="document",
        ),
        "hear": Act(
            row_form(HearForm),
            lambda a, pk, d: documents.hear(a, pk, d["row"], UUID(d["demand"]), d["outcome"], d["on"]),
            _("The answer is written down."),
            needs="document",
        ),
        "end": Act(
            row_form(EndForm),
            lambda a, pk, d: documents.end(a, pk, d["row"], d["verb"], d["on"], receipt=d["receipt"], words=d["words"]),
            _("Written down. Tell the person."),
            needs="document",
        ),
    },
)

MONEY = Ledger(
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
            then=_elsewhere,
        )
    },
    {
        "add": Act(
            row_form(AddForm),
            lambda a, pk, d: money.add(a, pk, d["row"], d["what"], d["amount"], d["month"], d["words"], d["sent_id"]),
            _("The amount is written down and sealed."),
            needs="money",
        ),
        "mistake": Act(
            row_form(MistakeForm),
            lambda a, pk, d: money.mistake(a, pk, d["row"], d["amount"]),
            _("It stays, and counts no more."),
            needs="money",
        ),
    },
)
