"""Picture and readings of one step: chosen or recorded, made harmless at once, and never lost when something else is wrong."""

from typing import Any, Self

from django import forms
from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from spean.accounts.access import Actor
from spean.collect import uploads
from spean.kernel.errors import Invalid
from spean.library import media, texts
from spean.library.models import LONGEST_NAME
from spean.library.operations.media import NOW, keep
from spean.surfaces.desk.fields import Number, PlainText, SentForm

EDGE = 800  # pixels: as wide as a telephone shows it
#: field -> what it may be
WANTED = {"picture": "image", "reading_km": "audio", "reading_en": "audio"}
OTHER_KIND = {"image": _("This is no picture. Choose a JPEG, PNG or WebP."), "audio": _("This is no recording. Choose a sound.")}

TOGETHER = _("These files are together larger than 12 MB. Save one after the other.")


def _voice(label: Any) -> forms.FileField:
    widget = forms.FileInput(attrs={"accept": "audio/*", "data-voice": ""})
    return forms.FileField(required=False, label=label, widget=widget, allow_empty_file=True)


class MediaForm(SentForm):
    """What a step has to look at and to listen to. `kept_…` are files that were taken a moment ago."""

    picture = forms.FileField(
        required=False,
        label=_("A picture (JPEG, PNG, WebP)"),
        widget=forms.FileInput(attrs={"accept": "image/jpeg,image/png,image/webp"}),
        allow_empty_file=True,
    )
    alt_km = PlainText(max_length=LONGEST_NAME, required=False, label=_("What the picture shows · Khmer"))
    alt_en = PlainText(max_length=LONGEST_NAME, required=False, label=_("What the picture shows · English"))
    no_picture = forms.BooleanField(required=False, label=_("Take the picture away"))
    reading_km = _voice(_("A recording, or your telephone's recorder"))
    reading_en = _voice(_("A recording, or your telephone's recorder"))
    right_km = forms.BooleanField(required=False, label=_("I have listened to it: it still says what is written"))
    right_en = forms.BooleanField(required=False, label=_("I have listened to it: it still says what is written"))
    no_reading_km = forms.BooleanField(required=False, label=_("Take this reading away"))
    no_reading_en = forms.BooleanField(required=False, label=_("Take this reading away"))
    kept_picture = forms.CharField(required=False, widget=forms.HiddenInput)
    kept_reading_km = forms.CharField(required=False, widget=forms.HiddenInput)
    kept_reading_en = forms.CharField(required=False, widget=forms.HiddenInput)
    seen = Number(required=False)
    dropped = False

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.actor = actor
        self.fields["seen"].widget = self.fields["seen"].hidden_widget()
        self.fields["alt_km"].widget.attrs["lang"], self.fields["alt_en"].widget.attrs["lang"] = texts.LANGUAGES

    @classmethod
    def sent(cls, request: HttpRequest, actor: Actor) -> Self:
        """The form as it was sent. A body of more than can be held was read without its files, which is not to have none."""
        form = cls(request.POST, request.FILES, actor=actor)
        length = request.META.get("CONTENT_LENGTH") or "0"
        form.dropped = not request.FILES and length.isdigit() and int(length) > settings.FILE_UPLOAD_MAX_MEMORY_SIZE
        return form

    def clean(self) -> dict[str, Any]:
        """Each file made harmless and kept; what cannot be taken is said beside its field."""
        data = super().clean() or self.cleaned_data
        taken: dict[str, str] = {}
        if self.dropped:
            self.add_error("picture", TOGETHER)
        for name, kind in WANTED.items():
            if data.get(name):
                try:
                    taken[f"kept_{name}"] = self._taken(data[name], kind)
                except Invalid as error:
                    self.add_error(name, error.message)
        data |= taken
        if taken:  # shown again with reasons, the form still has them
            self.data = self.data.copy()
            self.data.update(taken)
        return data

    def _taken(self, upload: Any, kind: str) -> str:
        made = uploads.clean(upload, edge=EDGE)
        if made.kind != kind:
            raise Invalid({"": OTHER_KIND[kind]})
        return keep(self.actor, made.data, made.mime)

    def media(self, before: media.Media) -> media.Media:
        """What the part has from now on, once the form is valid."""
        data = self.cleaned_data
        made: media.Media = {}
        if not data["no_picture"] and (picture := data["kept_picture"] or before.get("picture")):
            made |= {"picture": picture, "alt_km": data["alt_km"], "alt_en": data["alt_en"]}
        for code in media.LANGUAGES:
            name, fresh = before.get(f"reading_{code}", ""), data[f"kept_reading_{code}"]
            if (name or fresh) and not data[f"no_reading_{code}"]:
                right = bool(fresh) or data[f"right_{code}"]
                made |= {f"reading_{code}": fresh or name, f"heard_{code}": NOW if right else before.get(f"heard_{code}", "")}
        return made
