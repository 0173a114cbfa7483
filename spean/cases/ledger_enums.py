"""The words of a case's ledgers, and the MOVES table of a document that somebody else keeps."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class DocumentKind(TextChoices):
    """What was taken."""

    PASSPORT = "passport", _("Passport")
    WORK_PASSPORT = "travel_document", _("Travel document or border pass")
    ID_CARD = "id_card", _("Identity card")
    WORK_PERMIT = "work_permit", _("Work permit")
    SEAMAN = "seaman", _("Seaman book")
    BIRTH = "birth", _("Birth certificate")
    FAMILY_BOOK = "family_book", _("Family or residence book")
    CONTRACT = "contract", _("Work contract")
    LAND = "land", _("Land title")
    BANK = "bank", _("Bank card or book")
    PHONE = "phone", _("Telephone")
    OTHER = "other", _("Something else")


class Owner(TextChoices):
    """Whose it is."""

    PERSON = "person", _("The person's own")
    DEPENDANT = "dependant", _("Of somebody who depends on them")


class HolderKind(TextChoices):
    """Who keeps it, as a kind: who exactly is sealed."""

    EMPLOYER = "employer", _("The employer")
    CAPTAIN = "captain", _("The captain or foreman")
    AGENCY = "agency", _("A recruitment agency")
    BROKER = "broker", _("A broker")
    LENDER = "lender", _("A lender")
    FAMILY = "family", _("Family")
    AUTHORITY = "authority", _("An authority")
    OTHER = "other", _("Somebody else")
    UNKNOWN = "unknown", _("Not known")


class Pretext(TextChoices):
    """What the holder says why."""

    SAFE = "safe", _("To keep it safe")
    DEBT = "debt", _("Until a debt is paid")
    STAY = "stay", _("So that the person does not leave")
    PERMIT = "permit", _("To get a permit or visa")
    END = "end", _("Until the contract ends")
    NONE = "none", _("No reason was given")
    OTHER = "other", _("Another reason")
    NOT_ASKED = "not_asked", _("Not asked")
    UNKNOWN = "unknown", _("Not known")


class DocumentState(TextChoices):
    """Where a document is."""

    HELD = "held", _("Somebody else keeps it")
    ASKED = "asked", _("Asked back; no answer yet")
    PROMISED = "promised", _("Promised back")
    RETURNED = "returned", _("Back with its owner")
    REPLACED = "replaced", _("Replaced by a new one")
    LOST = "lost", _("Lost")


#: not with its owner
AWAY = frozenset({DocumentState.HELD, DocumentState.ASKED, DocumentState.PROMISED})
#: verb -> (states it may leave, state it enters)
DOCUMENT_MOVES: dict[str, tuple[frozenset[str], str]] = {
    "demand": (AWAY, DocumentState.ASKED),
    "promise": (frozenset({DocumentState.ASKED, DocumentState.PROMISED}), DocumentState.PROMISED),
    "in_vain": (frozenset({DocumentState.ASKED, DocumentState.PROMISED}), DocumentState.HELD),
    "return": (AWAY | {DocumentState.LOST}, DocumentState.RETURNED),
    "replace": (AWAY | {DocumentState.LOST}, DocumentState.REPLACED),
    "lose": (AWAY, DocumentState.LOST),
    "take_again": (frozenset({DocumentState.RETURNED, DocumentState.REPLACED}), DocumentState.HELD),
}
#: verbs that a person chooses as the end, or the beginning anew
ENDS = ("return", "replace", "lose", "take_again")


class DemandWay(TextChoices):
    """How it is asked back, from the mildest on."""

    SELF = "self", _("The person or the family asked")
    VOLUNTEER = "volunteer", _("A volunteer talked with the holder")
    US = "us", _("We or a partner asked")
    COMMUNE = "commune", _("Mediation in the commune")
    LETTER = "letter", _("Letter of the province")
    LABOUR = "labour", _("Labour office")
    EMBASSY = "embassy", _("Embassy or consulate")
    POLICE = "police", _("Police")


#: these tell an authority who the person is: only with their consent
TELLS_AUTHORITY = frozenset({DemandWay.COMMUNE, DemandWay.LETTER, DemandWay.LABOUR, DemandWay.EMBASSY, DemandWay.POLICE})


class DemandOutcome(TextChoices):
    """What the holder answered."""

    WAITING = "waiting", _("No answer yet")
    PROMISED = "promised", _("Promised to give it back")
    REFUSED = "refused", _("Refused")
    NO_ANSWER = "no_answer", _("Never answered")


#: what an answer does with the document, where no other demand waits
ANSWERS = {DemandOutcome.PROMISED: "promise", DemandOutcome.REFUSED: "in_vain", DemandOutcome.NO_ANSWER: "in_vain"}


class Receipt(TextChoices):
    """How its owner confirmed that it is back."""

    SIGNED = "signed", _("Signed")
    THUMB = "thumb", _("With a thumbprint")
    NONE = "none", _("No receipt yet")


class MoneyKind(TextChoices):
    """What a matter of money is about. Each has one other side and one currency."""

    FEE = "fee", _("A fee for going or for the work")
    DEBT = "debt", _("A debt")
    WAGES = "wages", _("Wages")
    COMPENSATION = "compensation", _("Compensation")
    START = "start", _("Money to start something of their own")
    OTHER = "other", _("Other money")


class AmountKind(TextChoices):
    """What one amount is."""

    PROMISED = "promised", _("Promised or agreed at first")
    PAID = "paid", _("Paid")
    CLAIMED = "claimed", _("Claimed by the person")
    AGREED = "agreed", _("Agreed to be paid to the person")
    RECEIVED = "received", _("Received by the person")


#: money that changed hands: there can be a receipt for it
HAD = frozenset({AmountKind.PAID, AmountKind.RECEIVED})


class Currency(TextChoices):
    """In which money."""

    RIEL = "KHR", _("riel")
    DOLLAR = "USD", _("US dollar")
    BAHT = "THB", _("baht")
    DONG = "VND", _("dong")
    RINGGIT = "MYR", _("ringgit")
    SINGAPORE = "SGD", _("Singapore dollar")
    WON = "KRW", _("won")
    YEN = "JPY", _("yen")
    YUAN = "CNY", _("yuan")
    RUPIAH = "IDR", _("rupiah")
    KIP = "LAK", _("kip")
    KYAT = "MMK", _("kyat")
    RIYAL = "SAR", _("Saudi riyal")
    DIRHAM = "AED", _("dirham")
    DINAR = "KWD", _("Kuwaiti dinar")
    OTHER = "other", _("another money")


class Size(TextChoices):
    """How large an amount is in its own currency: all that is counted of it."""

    NOTHING = "nothing", _("Nothing open")
    HUNDREDS = "hundreds", _("Below a thousand")
    THOUSANDS = "thousands", _("Thousands")
    TEN_THOUSANDS = "ten_thousands", _("Tens of thousands")
    LAKHS = "lakhs", _("Hundreds of thousands")
    MILLIONS = "millions", _("Millions")
