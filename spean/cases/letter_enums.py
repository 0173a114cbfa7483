"""The words of a case's letters and receipts, and their MOVES table."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from spean.cases.enums import Purpose, Shared
from spean.cases.law_enums import MatterKind
from spean.cases.ledger_enums import DemandWay


class LetterKind(TextChoices):
    """What a paper is, and to what kind of recipient it goes. A receipt goes to nobody: it is the owner's."""

    HOLDER = "holder", _("A letter to who keeps it: give it back")
    COMMUNE = "commune", _("A letter to the commune: mediate")
    PROVINCE = "province", _("A letter to the province: step in")
    LABOUR = "labour", _("A letter to the labour office: step in")
    EMBASSY = "embassy", _("A letter to an embassy or consulate: step in")
    POLICE = "police", _("A letter to the police: a document is kept")
    AGENCY_COMPLAINT = "agency_complaint", _("A complaint against a recruitment agency")
    LABOUR_COMPLAINT = "labour_complaint", _("A complaint in a labour dispute")
    CRIMINAL_COMPLAINT = "criminal_complaint", _("A criminal complaint")
    RECEIPT = "receipt", _("A receipt for a document that came back")
    MONEY_RECEIPT = "money_receipt", _("A receipt for money")


RECEIPTS = frozenset({LetterKind.RECEIPT, LetterKind.MONEY_RECEIPT})
#: how a document was asked back once the letter was handed over; where there are more, it is asked who brought it
WAYS: dict[str, tuple[DemandWay, ...]] = {
    LetterKind.HOLDER: (DemandWay.US, DemandWay.VOLUNTEER, DemandWay.SELF),
    LetterKind.COMMUNE: (DemandWay.COMMUNE,),
    LetterKind.PROVINCE: (DemandWay.LETTER,),
    LetterKind.LABOUR: (DemandWay.LABOUR,),
    LetterKind.EMBASSY: (DemandWay.EMBASSY,),
    LetterKind.POLICE: (DemandWay.POLICE,),
}
COMPLAINTS: dict[str, LetterKind] = {
    MatterKind.AGENCY: LetterKind.AGENCY_COMPLAINT,
    MatterKind.LABOUR: LetterKind.LABOUR_COMPLAINT,
    MatterKind.CRIMINAL: LetterKind.CRIMINAL_COMPLAINT,
}
#: an office far from the village can be asked before it hears who it is about
WITHOUT_A_NAME = frozenset({LetterKind.PROVINCE, LetterKind.LABOUR, LetterKind.EMBASSY})


def purpose_of(kind: str) -> Purpose:
    """What the person agrees to before a letter of this kind holds their name."""
    return Purpose.HOLDER if kind == LetterKind.HOLDER else Purpose.AUTHORITY


def told_by(kind: str) -> frozenset[str]:
    """What a letter with the name always tells."""
    return frozenset({Shared.NAME}) if kind == LetterKind.HOLDER else frozenset({Shared.NAME, Shared.STORY})


class Naming(TextChoices):
    """How the person stands in it."""

    NAME = "name", _("With the name")
    NUMBER = "number", _("With the number of the case, without a name")


class LetterState(TextChoices):
    """What became of a letter or receipt."""

    MADE = "made", _("Made; nobody has it yet")
    HANDED = "handed", _("Handed over")
    SIGNED = "signed", _("Signed")
    DROPPED = "dropped", _("Not used")


_MADE = frozenset({LetterState.MADE})
#: verb -> (states it may leave, state it enters)
LETTER_MOVES: dict[str, tuple[frozenset[str], str]] = {
    "hand": (_MADE, LetterState.HANDED),
    "sign": (_MADE, LetterState.SIGNED),
    "drop": (_MADE, LetterState.DROPPED),
}
