"""What is told without consent, for a life is in danger."""

from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from spean.accounts.access import Actor
from spean.cases.operations import unasked
from spean.cases.packet_words import packet_lines
from spean.cases.queries import unasked as tellings
from spean.surfaces.desk.acting import Act
from spean.surfaces.desk.fields import plain
from spean.surfaces.desk.ledger_forms import RowForm
from spean.surfaces.desk.ledgers.ledger import Ledger, row_form
from spean.surfaces.desk.unasked_forms import UnaskedForm


def _unasked(actor: Actor, pk: UUID, reason: str) -> dict[UUID, dict[str, Any]]:
    """What is told without consent, opened, with what may be told now in words."""
    return {
        key: {"named": said.named, "reason": said.reason, "lines": packet_lines(dict(said.told))}
        for key, said in unasked.read(actor, pk, reason).items()
    }


UNASKED = Ledger(
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
            row_form(RowForm),
            lambda a, pk, d: unasked.agree(a, pk, d["row"]),
            _("You agree. It may be told now, by voice. The person has to hear of it: that task stands in the case."),
            needs="agree_unasked",
        ),
        "decline": Act(
            row_form(RowForm),
            lambda a, pk, d: unasked.decline(a, pk, d["row"]),
            _("Not agreed. Nothing is told."),
            needs="agree_unasked",
        ),
        "tell": Act(
            row_form(RowForm),
            lambda a, pk, d: unasked.tell(a, pk, d["row"]),
            _("Written down. Tell the person as soon as it is safe: the task stands in the case."),
            needs="unasked",
        ),
    },
)
