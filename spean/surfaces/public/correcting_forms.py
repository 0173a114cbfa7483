"""What somebody may write who asks for a correction of the register. No name, no telephone number."""

from collections.abc import Mapping
from typing import Any, Self

from django import forms
from django.utils.translation import gettext_lazy as _

from spean.directory.operations.correcting import LONGEST_PROOF, LONGEST_WRONG
from spean.surfaces.public.forms import SenderId, Words, area, known_id


class CorrectionForm(forms.Form):
    """What is wrong, and where one can see it."""

    use_required_attribute = False
    sent_id = SenderId()
    wrong = Words(most=LONGEST_WRONG, widget=area(5, LONGEST_WRONG), label=_("What is wrong, and what is right?"))
    proof = Words(most=LONGEST_PROOF, widget=area(3, LONGEST_PROOF), label=_("Where can one see that?"))

    @classmethod
    def sent(cls, data: Mapping[str, Any]) -> Self:
        """The form as it was sent; a broken sender's id is judged, and replaced in the form that comes back."""
        form = cls(data)
        form.full_clean()
        form.data = {**{name: data.get(name, "") for name in cls.base_fields}, "sent_id": str(known_id(data))}
        return form

    def clean_wrong(self) -> str:
        """There must be some words."""
        if not self.cleaned_data["wrong"]:
            raise forms.ValidationError(_("Write what is wrong."), code="empty")
        return str(self.cleaned_data["wrong"])
