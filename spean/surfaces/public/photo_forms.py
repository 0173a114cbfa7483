"""Photos or a PDF of a contract, and the text of each page as a reader corrects it."""

from typing import Any
from uuid import uuid4

from django import forms
from django.conf import settings
from django.core.files.uploadhandler import MemoryFileUploadHandler
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from spean.collect import pages
from spean.collect.pages import Sent
from spean.kernel.errors import Invalid
from spean.surfaces.public.checking_forms import LONGEST_CONTRACT, Pasted
from spean.surfaces.public.forms import SenderId

LARGEST_SENDING = 24 * 1024 * 1024  # everything of one sending: several photos of a telephone
MOST_FILES = 10
TAKES = "image/jpeg,image/png,image/webp,application/pdf"


class RoomyHandler(MemoryFileUploadHandler):
    """In memory, as everywhere, but for several photos at once."""

    def handle_raw_input(self, input_data: Any, META: Any, content_length: int, *more: Any, **named: Any) -> None:  # noqa: N803 - Django's name
        """Take what the page takes."""
        self.activated = content_length <= LARGEST_SENDING


class SeveralFiles(forms.ClearableFileInput):
    """A field that takes several files."""

    allow_multiple_selected = True
    template_name = "django/forms/widgets/file.html"


class Photos(forms.FileField):
    """All of what was chosen, each looked at."""

    widget = SeveralFiles

    def clean(self, data: Any, initial: Any = None) -> list[Sent]:
        """What can be read; one reason for each file that cannot, with its number."""
        chosen = [each for each in data or () if each]
        if not chosen:
            raise forms.ValidationError(pages.REASONS["none"], code="none")
        if len(chosen) > MOST_FILES:
            words = _("These are %(n)d files. Choose at most %(most)d at a time.")
            raise forms.ValidationError(words, code="many", params={"n": len(chosen), "most": MOST_FILES})
        found, faults = [], []
        for number, each in enumerate(chosen, 1):
            try:
                found.append(pages.look(each))
            except Invalid as refusal:
                faults.append(_reason(refusal, number if len(chosen) > 1 else 0))
        if faults:
            raise forms.ValidationError(faults)
        return found


def _reason(refusal: Invalid, number: int) -> forms.ValidationError:
    if not number:
        return forms.ValidationError(refusal.message)
    return forms.ValidationError(_("File %(n)d: %(reason)s"), params={"n": number, "reason": refusal.message})


class PhotosForm(forms.Form):
    """Photos of one contract, in the order of its pages."""

    use_required_attribute = False
    sent_id = SenderId()
    photos = Photos(
        required=False,
        allow_empty_file=True,
        label=_("Photos or a PDF of the contract"),
        widget=SeveralFiles(attrs={"class": "file-input w-full", "accept": TAKES}),
    )

    @classmethod
    def new(cls) -> "PhotosForm":
        """One that nobody has filled in."""
        return cls(initial={"sent_id": uuid4()})

    @classmethod
    def sent(cls, request: HttpRequest) -> "PhotosForm":
        """As it was sent."""
        return cls(request.POST, {"photos": request.FILES.getlist("photos")})


class PagesForm(forms.Form):
    """The text of each page, in a box beside its picture."""

    use_required_attribute = False

    def __init__(self, *args: Any, texts: list[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for number, text in enumerate(texts):
            rows = min(24, max(4, text.count("\n") + 2))
            self.fields[f"page{number}"] = Pasted(
                most=LONGEST_CONTRACT,
                initial=text,
                label=_("The text of page %(n)s") % {"n": number + 1},
                widget=forms.Textarea(attrs={"class": "textarea", "rows": rows, "autocomplete": "off", "spellcheck": "false"}),
            )

    def texts(self) -> list[str]:
        """As they were corrected."""
        return [str(self.cleaned_data[name]) for name in self.fields]


def limits() -> dict[str, int]:
    """What the page tells about how much it takes."""
    return {"most_pages": settings.PHOTO_PAGES, "most_megabytes": settings.PHOTO_MEGABYTES, "minutes": settings.PHOTO_MINUTES}
