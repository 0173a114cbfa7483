"""The forms of events: codes for the entry, one tap at a gate, and many from a phone."""

import json
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from spean.programme.activity_enums import Attendee
from spean.programme.operations.events import MOST_CODES, MOST_TAPS, Tap
from spean.surfaces.desk.fields import Code, Number, PlainForm, PlainText, SentForm

LONGEST_BATCH = 64 * 1024
LONGEST_CODE = 40


class CodesForm(SentForm):
    """How many codes for which people."""

    kind = Code(Attendee, empty=_("Choose"), label=_("For whom"))
    number = Number(most=MOST_CODES, label=_("How many codes"), help_text=_("24 stand on one sheet."))


class TapForm(SentForm):
    """One tap, on a page without a script."""

    kind = Code(Attendee, required=False)
    code = PlainText(max_length=LONGEST_CODE, required=False, label=_("The number under the square"))

    def clean(self) -> dict[str, Any]:
        """A code or a kind."""
        typed = super().clean() or self.cleaned_data
        if not self.errors and not typed["code"] and not typed["kind"]:
            self.add_error("code", _("Write the number, or press who comes without one."))
        return typed


class TapsForm(PlainForm):
    """A batch from a phone: [{"id", "kind", "code", "undoes"}]."""

    taps = forms.CharField(max_length=LONGEST_BATCH, strip=False)

    def clean_taps(self) -> list[Tap]:
        """The taps; nothing of a batch that is none."""
        try:
            given = json.loads(self.cleaned_data["taps"])
            if not isinstance(given, list) or not 0 < len(given) <= MOST_TAPS:
                raise ValueError  # noqa: TRY301 - told as all else that is no batch
            return [_tap(one) for one in given]
        except (ValueError, TypeError, KeyError, AttributeError, RecursionError) as error:
            raise forms.ValidationError(_("These are no taps of a gate."), code="taps") from error


def _tap(one: dict[str, Any]) -> Tap:
    kind, code = one["kind"], one["code"]
    if not isinstance(kind, str) or not isinstance(code, str) or len(code) > LONGEST_CODE:
        raise ValueError
    return Tap(UUID(one["id"]), kind, code, UUID(one["undoes"]) if one["undoes"] else None)
