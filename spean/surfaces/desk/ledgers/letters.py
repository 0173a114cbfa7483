"""Letters, complaints and receipts."""

from django.utils.translation import gettext_lazy as _

from spean.cases.operations import letters
from spean.cases.queries import letters as papers
from spean.surfaces.desk.acting import Act
from spean.surfaces.desk.ledger_forms import RowForm
from spean.surfaces.desk.ledgers.ledger import Ledger, row_form
from spean.surfaces.desk.letter_forms import HandForm, SignForm

LETTERS = Ledger(
    "desk/case_letters.html",
    _("Letters and receipts"),
    papers.letters,
    letters.read,
    {},
    {
        "hand": Act(
            row_form(HandForm),
            lambda a, pk, d: letters.hand(a, pk, d["row"], d["on"], d.get("way", "")),
            _("Written down. When the answer comes, write it down beside the document or the legal matter."),
            needs="letter",
        ),
        "sign": Act(
            row_form(SignForm),
            lambda a, pk, d: letters.sign(a, pk, d["row"], d["on"], d["receipt"]),
            _("Written down. Add a photo of the signed paper to the case, and leave the paper with its owner."),
            needs="letter",
        ),
        "drop": Act(
            row_form(RowForm),
            lambda a, pk, d: letters.drop(a, pk, d["row"]),
            _("It is not used. Destroy what was printed of it."),
            needs="letter",
        ),
    },
)
