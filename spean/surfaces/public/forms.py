"""What may be typed at the public door. Nothing is forced but words or a file; limits are told, nothing is cut off."""

import uuid
from collections.abc import Mapping, Sequence
from copy import copy
from typing import Any, Self

from django import forms
from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from spean.collect import uploads
from spean.kernel.errors import Refusal
from spean.surfaces.typed import RANDOM, Sealed, SenderId, Words, phone_number
from spean.voices import enums

LONGEST_TOLD = 5000
LONGEST_LINE = 200
UNKEPT = ("files", "voice", "envelope")  # what a form that comes back cannot hold
TAKES = "image/jpeg,image/png,image/webp,audio/*"


def area(rows: int, most: int) -> forms.Textarea:
    """A box for words, with a count beside it."""
    count = {"data-count": str(most), "data-count-text": _("{n} of {max} letters")}
    return forms.Textarea(attrs={"class": "textarea", "rows": rows, **count})


def _line(**attrs: str) -> forms.TextInput:
    return forms.TextInput(attrs={"class": "input", "autocomplete": "off", **attrs})


def _choice() -> forms.RadioSelect:
    return forms.RadioSelect(attrs={"class": "radio"})


class SendingForm(forms.Form):
    """Words or a file, with the sender's id."""

    use_required_attribute = False
    words = "told"
    brought: Sequence[uploads.CleanFile] = ()  # files that come along from elsewhere, harmless already
    sent_id = SenderId()
    files = forms.FileField(
        required=False,
        allow_empty_file=True,
        label=_("A photo or a recording"),
        widget=forms.FileInput(attrs={"class": "file-input", "accept": TAKES}),
    )
    voice = forms.FileField(
        required=False,
        allow_empty_file=True,
        label=_("Say it with your voice"),
        # without a script, a telephone opens its own recorder
        widget=forms.FileInput(attrs={"class": "file-input", "accept": "audio/*", "capture": "user", "data-voice": ""}),
    )
    envelope = Sealed(required=False)

    dropped = False

    @classmethod
    def sent(cls, request: HttpRequest, brought: Sequence[uploads.CleanFile] = ()) -> Self:
        """The form as it was sent, with what comes along. A broken sender's id is judged, and replaced when it comes back."""
        form = cls(request.POST, request.FILES)
        form.brought = brought
        length = request.META.get("CONTENT_LENGTH") or "0"
        # a body of this size was read without its files: that must not be taken for a form without a file
        form.dropped = not request.FILES and length.isdigit() and int(length) > settings.FILE_UPLOAD_MAX_MEMORY_SIZE
        form.full_clean()
        form.data = copy(request.POST)
        form.data["sent_id"] = str(known_id(request.POST))
        form.data.pop("envelope", None)  # the page seals anew: its words may have changed
        return form

    @classmethod
    def again(cls, data: Mapping[str, Any]) -> Self:
        """The form with what was typed so far, without judging it."""
        kept = {name: data[name] for name in cls.base_fields if name in data and name not in UNKEPT}
        return cls(initial={**kept, "sent_id": known_id(data)})

    def clean_files(self) -> uploads.CleanFile | None:
        """The file, made harmless."""
        return self._harmless("files")

    def clean_voice(self) -> uploads.CleanFile | None:
        """The recording, made harmless. A photo is one of the files."""
        made = self._harmless("voice")
        if made is not None and made.kind != "audio":
            raise forms.ValidationError(uploads.REASONS["silent"], code="file")
        return made

    def _harmless(self, name: str) -> uploads.CleanFile | None:
        upload = self.cleaned_data.get(name)
        if not isinstance(upload, UploadedFile):
            return None
        try:
            return uploads.clean(upload)
        except Refusal as error:
            raise forms.ValidationError(error.message, code="file") from error

    def clean(self) -> dict[str, Any]:
        """Words, sealed or not, or a file: one of them at least."""
        data = super().clean() or self.cleaned_data
        if self.dropped:
            self.add_error("files", uploads.REASONS["large"])
        given = {self.words, *UNKEPT}
        if not self.brought and not any(data.get(name) for name in given) and not given & set(self.errors):
            self.add_error(self.words, _("Write some words, or choose a photo or a recording."))
        return data

    def sent_files(self) -> list[uploads.CleanFile]:
        """The files, as a list."""
        return [*(found for name in ("voice", "files") if (found := self.cleaned_data.get(name))), *self.brought]


def known_id(data: Mapping[str, Any]) -> uuid.UUID:
    """The sender's id of a form that comes back, or a new one in the place of a broken one."""
    try:
        found = uuid.UUID(str(data.get("sent_id", "")))
    except ValueError:
        return uuid.uuid4()
    return found if found.version == RANDOM else uuid.uuid4()


class ReportForm(SendingForm):
    """What is wrong. Every choice may be left open."""

    told = Words(most=LONGEST_TOLD, widget=area(7, LONGEST_TOLD), label=_("What is wrong?"))
    danger = forms.ChoiceField(required=False, choices=enums.Danger, widget=_choice(), label=_("Is anyone in danger now?"))
    kind = forms.ChoiceField(required=False, choices=enums.Kind, widget=_choice(), label=_("What is it about?"))
    happened = forms.ChoiceField(required=False, choices=enums.When, widget=_choice(), label=_("When was it?"))
    answer_wish = forms.ChoiceField(
        required=False,
        choices=[(w.value, w.label) for w in enums.AnswerWish if w is not enums.AnswerWish.VOLUNTEER],
        widget=_choice(),
        initial=enums.AnswerWish.RECEIPT,
        label=_("How may we answer?"),
    )
    phone = Words(most=40, widget=_line(inputmode="tel"), label=_("Telephone number"))
    hours = Words(most=LONGEST_LINE, widget=_line(), label=_("When is it safe to call?"))
    how = Words(most=LONGEST_LINE, widget=_line(), label=_("What must we not say or do when we call?"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("danger", "kind", "happened", "answer_wish"):
            self.fields[name].error_messages["invalid_choice"] = _("Choose one of the answers, or none.")

    def clean_phone(self) -> str:
        """The number in Latin digits, if it can be one in any country."""
        return phone_number(self.cleaned_data["phone"])

    def clean(self) -> dict[str, Any]:
        """To be called, there must be a number."""
        data = super().clean()
        wants_call = data.get("answer_wish") == enums.AnswerWish.PHONE
        given = data.get("phone") or data.get("envelope")  # what is in an envelope, the page itself has looked at
        if wants_call and not given and "phone" not in self.errors:
            self.add_error("phone", _("Write the number that we may call, or choose another way to answer."))
        return data

    def contact(self) -> dict[str, str]:
        """How to reach the person; nothing unless they asked to be called."""
        if self.cleaned_data["envelope"] or self.cleaned_data["answer_wish"] != enums.AnswerWish.PHONE:
            return {}
        return {name: self.cleaned_data[name] for name in ("phone", "hours", "how") if self.cleaned_data[name]}


class CodeForm(forms.Form):
    """A receipt number, in Khmer or Latin digits, with anything between."""

    use_required_attribute = False
    code = Words(most=LONGEST_LINE, widget=_line(inputmode="numeric"), label=_("Receipt number"))


class ShortCodeForm(forms.Form):
    """The digits of a short code, as somebody has them in mind, on a hand, or on paper."""

    use_required_attribute = False
    digits = Words(most=LONGEST_LINE, widget=_line(inputmode="numeric"), label=_("The digits"))


class PacketForm(forms.Form):
    """The code of a packet, as it was told by telephone."""

    use_required_attribute = False
    code = Words(most=LONGEST_LINE, widget=_line(inputmode="numeric"), label=_("The code: 18 digits, as they were told to you"))


class AddForm(SendingForm):
    """More from the person, by receipt."""

    words = "text"
    text = Words(most=LONGEST_TOLD, widget=area(5, LONGEST_TOLD), label=_("What do you want to add?"))
