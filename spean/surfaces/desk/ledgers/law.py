"""Complaints, charges, hearings, protection, and who helps with the law."""

from uuid import UUID

from django.utils.translation import gettext_lazy as _

from spean.cases.operations import hearings, law
from spean.cases.queries import law as legal
from spean.surfaces.desk.acting import Act
from spean.surfaces.desk.fields import plain
from spean.surfaces.desk.law_forms import (
    AidForm,
    AnswerForm,
    ClaimForm,
    ConsiderForm,
    HearingForm,
    MoveForm,
    OverForm,
    ProtectForm,
)
from spean.surfaces.desk.ledgers.ledger import Ledger, row_form

LEGAL = Ledger(
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
            row_form(MoveForm),
            lambda a, pk, d: law.move(a, pk, d["row"], d["moved"]),
            _("Written down. Tell the person."),
            needs="law",
        ),
        "aid": Act(row_form(AidForm), lambda a, pk, d: law.aid(a, pk, d["row"], d["given"]), _("Saved and sealed."), needs="law"),
        "hearing": Act(
            row_form(HearingForm),
            lambda a, pk, d: hearings.plan(a, pk, d["row"], d["planned"], d["words"], d["sent_id"]),
            _("The hearing is written down. On its day it stands on Today."),
            needs="law",
        ),
        "over": Act(
            row_form(OverForm),
            lambda a, pk, d: hearings.over(a, pk, d["row"], UUID(d["hearing"]), d["verb"], d["words"], d["anew"]),
            _("Written down. Tell the person."),
            needs="law",
        ),
        "protect": Act(
            row_form(ProtectForm),
            lambda a, pk, d: law.protect(a, pk, d["row"], d["kind"], d["office"], d["on"], d["words"], d["sent_id"]),
            _("Written down and sealed. When the authority answers, write it down here."),
            needs="law",
        ),
        "answer": Act(
            row_form(AnswerForm),
            lambda a, pk, d: law.answer(a, pk, d["row"], UUID(d["measure"]), d["verb"], d["on"], d["words"]),
            _("The answer is written down."),
            needs="law",
        ),
        "claim": Act(
            row_form(ClaimForm),
            lambda a, pk, d: law.claim(a, pk, d["row"], [UUID(one) for one in d["money"]]),
            _("Saved. Amounts are written down under Money."),
            needs="law",
        ),
    },
)
