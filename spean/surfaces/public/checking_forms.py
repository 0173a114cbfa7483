"""What may be pasted or answered at the public checks. Nothing of it is kept."""

from typing import Any

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from spean.checks import offer
from spean.kernel import text
from spean.surfaces.public.forms import Words

LONGEST_CONTRACT = 20_000  # letters: about eight pages


class Pasted(Words):
    """A text from another place: signs that turn its direction are taken out, for nobody typed them."""

    def to_python(self, value: Any) -> str:
        """The cleaned text; a reason when a letter is broken or it is too long."""
        found = text.clean(text.BIDI.sub("", forms.CharField.to_python(self, value) or ""))
        if text.has_lone_surrogate(found):
            raise forms.ValidationError(_("A letter in this text is broken. Paste it again."), code="broken")
        if len(found) > self.most:
            words = _("This is %(n)d letters long. We can read %(most)d at a time. Paste a part, check it, then the next part.")
            raise forms.ValidationError(words, code="long", params={"n": len(found), "most": self.most})
        return found


class ContractForm(forms.Form):
    """The text of one contract."""

    use_required_attribute = False
    text = Pasted(
        most=LONGEST_CONTRACT,
        widget=forms.Textarea(attrs={"class": "textarea", "rows": 12, "autocomplete": "off", "spellcheck": "false"}),
        label=_("The text of the contract"),
    )

    def clean_text(self) -> str:
        """There must be some."""
        if not self.cleaned_data["text"]:
            raise forms.ValidationError(_("Paste or type the text of the contract first."), code="empty")
        return str(self.cleaned_data["text"])


ANSWERS = {offer.Answer.YES: _("Yes"), offer.Answer.NO: _("No"), offer.Answer.UNKNOWN: _("I do not know")}


class OfferForm(forms.Form):
    """The questions about an offer. Each may be left open."""

    use_required_attribute = False

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        language = get_language() or "km"
        for question in offer.questions():
            self.fields[question.code] = forms.ChoiceField(
                required=False,
                choices=list(ANSWERS.items()),
                widget=forms.RadioSelect(attrs={"class": "radio"}),
                label=question.question.of(language),
                error_messages={"invalid_choice": _("Choose one of the answers, or none.")},
            )
