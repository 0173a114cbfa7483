"""The forms of a case's files and conferences."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from spean.accounts.access import Actor
from spean.accounts.enums import Role
from spean.cases import enums, kept_enums
from spean.cases.operations.conferring import Held, Words
from spean.kernel import clock
from spean.surfaces.desk.fields import Code, Codes, Day, PlainText, SentForm
from spean.surfaces.desk.forms import cleaned_file
from spean.surfaces.desk.ledger_forms import LONGEST_WORDS


class FileForm(SentForm):
    """A photo or a recording, and what it shows."""

    file = forms.FileField(
        label=_("A photo or a recording"),
        widget=forms.FileInput(attrs={"accept": "image/*,audio/*"}),
        error_messages={"required": _("Choose a photo or a recording.")},
    )
    about = Code(kept_enums.FileAbout, empty=_("Choose"), label=_("What it shows"))
    words = PlainText(max_length=LONGEST_WORDS, lines=2, required=False, label=_("Whose it is, and where it comes from"))
    readers = Code(enums.NoteFor, initial=enums.NoteFor.TEAM, radio=True, label=_("Who may open it"))
    field_order = ("file", "about", "words", "readers")

    def clean(self) -> dict[str, Any]:
        """The file is cleaned here, once the rest is well."""
        typed = super().clean() or self.cleaned_data
        return typed if self.errors else {**typed, "made": cleaned_file(self, "file")}


def file_form(verb: str, actor: Actor, _head: Any, data: Any) -> FileForm:
    """Who is no supervisor keeps what the team opens."""
    form = FileForm.of(verb, data)
    if not actor.has(Role.SUPERVISOR):
        form.fields["readers"].choices = [c for c in enums.NoteFor.choices if c[0] == enums.NoteFor.TEAM]
        form.fields["readers"].widget = forms.HiddenInput()
    return form


class ConferenceForm(SentForm):
    """Who sat together, and what was decided."""

    on = Day(label=_("On which day"))
    present = Codes(kept_enums.Present, label=_("Who was there"))
    took_part = Code(kept_enums.TookPart, radio=True, label=_("How the person took part"))
    by_name = forms.BooleanField(required=False, label=_("The others heard who it is about"))
    who = PlainText(max_length=LONGEST_WORDS, lines=2, required=False, label=_("Their names"))
    said = PlainText(max_length=LONGEST_WORDS, lines=3, required=False, label=_("What the person wishes, and what was said"))
    decided = PlainText(max_length=LONGEST_WORDS, lines=3, label=_("What was decided, by whom, until when"))
    field_order = ("on", "present", "took_part", "by_name", "who", "said", "decided")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["on"].initial = clock.today()

    def clean(self) -> dict[str, Any]:
        """What is counted and what is sealed, each as one thing."""
        typed = super().clean() or self.cleaned_data
        if not self.errors:
            typed["held"] = Held(typed["on"], frozenset(typed["present"]), typed["took_part"], typed["by_name"])
            typed["sealed"] = Words(typed["who"], typed["said"], typed["decided"])
        return typed
