"""Visits by volunteers: whom one asked, how their cards stand, what they said."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.forms import Form
from django.utils.translation import gettext_lazy as _

from spean.accounts.access import Actor
from spean.cases.operations import visits
from spean.cases.operations.visits import SaidVisit
from spean.cases.queries import visits as queries
from spean.cases.queries.cases import CaseHead
from spean.surfaces.desk.acting import Act
from spean.surfaces.desk.ledger_forms import RowForm
from spean.surfaces.desk.ledgers.ledger import Ledger, row_form
from spean.surfaces.desk.visit_forms import AskVisitForm
from spean.voices.contact_words import contact_lines


@dataclass(frozen=True)
class Shown:
    """What is opened for the page: what was said, by visit, and how it is safe to reach the person."""

    said: dict[UUID, SaidVisit]
    contact: list[tuple[Any, str]]


def _shown(actor: Actor, pk: UUID, reason: str) -> Shown:
    opened = visits.read(actor, pk, reason)
    return Shown(dict(opened.said), contact_lines(opened.contact))


def _ask(verb: str, actor: Actor, head: CaseHead, data: object) -> Form:
    return AskVisitForm.of(verb, data, to_ask=queries.to_ask(actor, head.row.id))


VISITS = Ledger(
    "desk/case_visits.html",
    _("Visits by volunteers"),
    queries.rows,
    _shown,
    {
        "ask": Act(
            _ask,
            lambda a, pk, d: visits.ask(a, pk, d["wanted"], d["sent_id"]),
            _("Asked. The card lasts 72 hours. Tell the volunteer by voice who it is and what there is to say."),
            needs="visit",
        )
    },
    {
        "call_back": Act(
            row_form(RowForm),
            lambda a, pk, d: visits.call_back(a, pk, d["row"]),
            _("Called back. The card is gone."),
            needs="visit",
        )
    },
)
