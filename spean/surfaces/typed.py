"""What people type at more than one door: words without tricks, a telephone number, the sender's id of a form."""

import uuid
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from spean.kernel import text
from spean.privacy import envelopes
from spean.privacy.sealing import BrokenSeal

PHONE_DIGITS = range(6, 16)
RANDOM = 4  # the version of a UUID that tells nothing
TURNED = _("There are hidden signs in this text that turn its direction. Type it again without them.")


class Words(forms.CharField):
    """Text as people type it, cleaned of what cannot be seen."""

    def __init__(self, *, most: int, **kwargs: Any) -> None:
        self.most = most
        super().__init__(required=False, **kwargs)

    def to_python(self, value: Any) -> str:
        """The cleaned text; a reason when it turns its direction, holds half letters, or is too long."""
        found = super().to_python(value)
        if text.has_lone_surrogate(found):
            raise forms.ValidationError(_("A letter in this text is broken. Type it again."), code="broken")
        if text.reverses_direction(found):
            raise forms.ValidationError(TURNED, code="turned")
        found = text.clean(found)
        if len(found) > self.most:
            words = _(
                "This is %(n)d letters long. We can take %(most)d. Shorten it, or send the rest afterwards with your number."
            )
            raise forms.ValidationError(words, code="long", params={"n": len(found), "most": self.most})
        return found


class Sealed(forms.CharField):
    """What the person's own page sealed, in the place of the words: nobody on this side can read it."""

    widget = forms.HiddenInput

    def to_python(self, value: Any) -> bytes:
        """The envelope, of the right shape; nothing when the page sealed nothing."""
        found = super().to_python(value)
        if not found:
            return b""
        try:
            return envelopes.decode(found)
        except BrokenSeal:
            words = _("What your telephone sealed did not arrive whole. Press Send again.")
            raise forms.ValidationError(words, code="sealed") from None


class SenderId(forms.UUIDField):
    """The id that the page gave to this sending: sent twice, it is saved once."""

    widget = forms.HiddenInput
    default_error_messages = {
        "required": _("This page was not complete. Your words are still here: press Send again."),
        "invalid": _("This page was not complete. Your words are still here: press Send again."),
    }

    def to_python(self, value: Any) -> uuid.UUID | None:
        """A random id, or a reason."""
        found = super().to_python(value)
        if found is not None and found.version != RANDOM:
            raise forms.ValidationError(self.error_messages["invalid"], code="invalid")
        return found


def phone_number(typed: str) -> str:
    """The number in Latin digits, if it can be one in any country; else a reason."""
    latin = text.latin_digits(typed)
    digits = sum(c in "0123456789" for c in latin)
    if latin and (digits not in PHONE_DIGITS or not set(latin) <= set("0123456789+-(). /")):
        raise forms.ValidationError(_("A telephone number has 6 to 15 digits. Look at it again."), code="phone")
    return latin
