"""A receipt number, opened: it leads to a report's thread or to a travel plan, and only who holds it learns which."""

from dataclasses import dataclass, field

from django.utils.translation import gettext_lazy as _

from spean.kernel.errors import Invalid
from spean.privacy import receipts
from spean.privacy.keys import ReceiptRing
from spean.privacy.receipts import ReceiptKeys
from spean.voices.models import Receipt

INCOMPLETE = _("This number is not complete, or a digit is wrong. A receipt number has 24 digits.")
UNKNOWN = _("We do not know this number. Look at each digit again.")


@dataclass(frozen=True)
class OpenedCode:
    """A receipt that its number opened; the ring lives as long as the request."""

    receipt: Receipt
    ring: ReceiptRing = field(repr=False)

    @property
    def is_of_plan(self) -> bool:
        """Whether it opens a travel plan."""
        return self.receipt.plan_id is not None


def open_code(typed: str) -> OpenedCode:
    """Open a receipt with its number. A wrong number costs the same time, and says the same, as an unknown one."""
    code = receipts.parse(typed)
    if code is None:
        raise Invalid({"code": INCOMPLETE})
    row = Receipt.objects.select_related("concern", "plan__team__organisation").filter(locator=code.locator).first()
    ring = receipts.open_receipt(code, stored(row) if row else receipts.decoy_row(code.locator))
    if ring is None or row is None:
        raise Invalid({"code": UNKNOWN})
    return OpenedCode(row, ring)


def stored(row: Receipt) -> ReceiptKeys:
    """What is stored of a receipt, as the mechanism takes it."""
    parts = (bytes.fromhex(text) for text in (row.salt, row.verifier, row.public_key, row.sealed_private))
    return ReceiptKeys(row.locator, *parts)


def kept(keys: ReceiptKeys) -> Receipt:
    """The row that keeps a receipt, of nothing yet."""
    return Receipt(
        locator=keys.locator,
        salt=keys.salt.hex(),
        verifier=keys.verifier.hex(),
        public_key=keys.public_key.hex(),
        sealed_private=keys.sealed_private.hex(),
    )
