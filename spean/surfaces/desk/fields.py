"""Form fields of the desk: text without tricks, numbers in Khmer or Latin digits, days, codes, and the sender's id."""

from collections.abc import Callable, Mapping
from typing import Any
from uuid import uuid4

from django import forms
from django.utils.translation import gettext_lazy as _

from spean.kernel import text

_CLASSES: dict[type[forms.Widget], str] = {
    forms.CheckboxInput: "checkbox",
    forms.RadioSelect: "radio",
    forms.Textarea: "textarea",
    forms.Select: "select",
    forms.FileInput: "file-input",
    forms.TextInput: "input",
}


class PlainText(forms.CharField):
    """Text as people type it, cleaned; marks that turn the reading direction are refused. Nothing is cut off."""

    def __init__(self, *, max_length: int, lines: int = 1, **kwargs: Any) -> None:
        if lines > 1:
            kwargs.setdefault("widget", forms.Textarea(attrs={"rows": lines}))
        super().__init__(max_length=max_length, **kwargs)
        self.error_messages["required"] = kwargs.get("error_messages", {}).get("required", _("Please fill this in."))

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        """A count beside the field in the place of `maxlength`, which would silently cut what is pasted."""
        if isinstance(widget, forms.HiddenInput):
            return {}
        return {"data-count": str(self.max_length), "data-count-text": _("{n} of {max} letters")}

    def to_python(self, value: Any) -> str:
        """The cleaned text."""
        value = text.clean(super().to_python(value))
        if text.reverses_direction(value) or text.has_lone_surrogate(value):
            raise forms.ValidationError(_("There are hidden signs in this text. Please type it again."), code="signs")
        return value


class Number(forms.IntegerField):
    """A whole number from 0, in Khmer or Latin digits."""

    widget = forms.TextInput

    def __init__(self, *, most: int = 100_000, **kwargs: Any) -> None:
        super().__init__(min_value=0, max_value=most, **kwargs)
        self.error_messages["invalid"] = _("Write a whole number, for example 12.")

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        """The telephone shows its number keys."""
        return {"inputmode": "numeric", "autocomplete": "off"}

    def to_python(self, value: Any) -> int | None:
        """The number."""
        return super().to_python(text.latin_digits(value) if isinstance(value, str) else value)


class Day(forms.DateField):
    """A day, chosen in the browser's own calendar."""

    def __init__(self, **kwargs: Any) -> None:
        widget = forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
        super().__init__(input_formats=["%Y-%m-%d", "%d/%m/%Y"], widget=widget, **kwargs)
        self.error_messages["invalid"] = _("Choose a day.")

    def to_python(self, value: Any) -> Any:
        """The day."""
        return super().to_python(text.latin_digits(value) if isinstance(value, str) else value)


class Code(forms.ChoiceField):
    """One code of a codebook; a select, or large radio buttons."""

    def __init__(self, codebook: Any = None, *, radio: bool = False, empty: Any = "", **kwargs: Any) -> None:
        choices = list(codebook.choices) if codebook is not None else []
        if empty:
            choices = [("", empty), *choices]
        kwargs.setdefault("widget", forms.RadioSelect() if radio else forms.Select())
        super().__init__(choices=choices, **kwargs)
        self.error_messages["required"] = self.error_messages["invalid_choice"] = _("Choose one of the answers.")


class Codes(forms.MultipleChoiceField):
    """Several codes of a codebook, as boxes to tick."""

    def __init__(self, codebook: Any = None, **kwargs: Any) -> None:
        widget = forms.CheckboxSelectMultiple(attrs={"class": "checkbox"})
        super().__init__(choices=list(codebook.choices) if codebook else [], widget=widget, required=False, **kwargs)
        self.error_messages["invalid_choice"] = _("Choose one of the answers.")

    def clean(self, value: Any) -> tuple[str, ...]:
        """The codes, in the order of the codebook."""
        chosen = set(super().clean(value))
        return tuple(code for code, _label in self.choices if code in chosen)


class PlainForm(forms.Form):
    """A form whose widgets wear the look of the desk."""

    use_required_attribute = False

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.dress()

    def dress(self) -> None:
        """Give each widget the look; again, once more fields are there."""
        for field in self.fields.values():
            for kind, name in _CLASSES.items():
                if isinstance(field.widget, kind) and not field.widget.is_hidden:
                    field.widget.attrs.setdefault("class", name)
                    break

    @classmethod
    def typed(cls, data: Mapping[str, Any]) -> dict[str, Any]:
        """What was typed so far, for a form that is shown again without being judged."""
        return dict(data.items())

    @classmethod
    def of(cls, verb: str, data: Any, **kwargs: Any) -> "PlainForm":
        """The form of one action, whose ids do not meet those of its neighbours on the page."""
        return cls(data, auto_id=f"{verb}-%s", **kwargs)


def plain(kind: type[PlainForm]) -> Callable[[str, Any, Any, Any], PlainForm]:
    """How an act makes a form that needs nothing but what was sent."""
    return lambda verb, _actor, _head, data: kind.of(verb, data)


class SentForm(PlainForm):
    """A form that makes something: sent twice, it makes it once."""

    sent_id = forms.UUIDField(widget=forms.HiddenInput, initial=uuid4)
