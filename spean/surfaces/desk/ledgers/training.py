"""The training courses of a case: offered, waiting, taking part, how often, the certificate."""

from django.forms import Form
from django.utils.translation import gettext_lazy as _

from spean.accounts.access import Actor
from spean.cases.operations import enrolling
from spean.cases.queries import trainings as queries
from spean.cases.queries.cases import CaseHead
from spean.surfaces.desk.acting import Act
from spean.surfaces.desk.ledgers.ledger import Ledger, row_form
from spean.surfaces.desk.training_forms import AttendForm, BecomeForm, CertifyForm, OfferForm


def _offer(verb: str, actor: Actor, head: CaseHead, data: object) -> Form:
    return OfferForm.of(verb, data, trainings=queries.to_choose(actor, head.row.id))


TRAINING = Ledger(
    "desk/case_training.html",
    _("Training courses"),
    queries.of_case,
    enrolling.read,
    {
        "offer": Act(
            _offer,
            lambda a, pk, d: enrolling.offer(a, pk, d["training"], d["words"], d["sent_id"]),
            _("Offered. When the person has decided, say here what became of it."),
            needs="rebuild",
        )
    },
    {
        "become": Act(
            row_form(BecomeForm),
            lambda a, pk, d: enrolling.move(a, pk, d["row"], d["verb"], d["why"], d["to"], d["past"]),
            _("Written down."),
            needs="rebuild",
        ),
        "attend": Act(
            row_form(AttendForm),
            lambda a, pk, d: enrolling.attend(a, pk, d["row"], d["tally"]),
            _("Written down. Who missed three days or more is to be visited: the task stands in the case."),
            needs="rebuild",
        ),
        "certify": Act(
            row_form(CertifyForm),
            lambda a, pk, d: enrolling.certify(a, pk, d["row"], d["kind"], d["on"], d["number"]),
            _("Written down; its number is sealed."),
            needs="rebuild",
        ),
    },
)
