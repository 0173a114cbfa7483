"""The forms of a report: which period and for whom, its texts in two languages, why it goes back."""

from datetime import date
from typing import Any

from django.utils.translation import gettext_lazy as _

from spean.programme.models.reports import LONGEST_CHAPTER, LONGEST_WHY
from spean.programme.report_enums import Chapter, ReportFor
from spean.surfaces.desk.fields import Code, PlainForm, PlainText, SentForm
from spean.surfaces.templatetags.spean import day

LANGUAGES = {"km": _("In Khmer"), "en": _("In English")}


class NewForm(SentForm):
    """A period of the project that is over, and who reads the report."""

    reader = Code(ReportFor, radio=True, label=_("Who reads it"))
    period = Code(label=_("Which period"))

    def __init__(self, *args: Any, periods: tuple[tuple[date, date], ...], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["period"].choices = [(_code(days), f"{day(days[0])} – {day(days[1])}") for days in periods]

    def clean_period(self) -> tuple[date, date]:
        """Its first and last day."""
        first, last = self.cleaned_data["period"].split("_")
        return date.fromisoformat(first), date.fromisoformat(last)


def _code(days: tuple[date, date]) -> str:
    return f"{days[0].isoformat()}_{days[1].isoformat()}"


class TextsForm(PlainForm):
    """Every chapter, in Khmer and in English."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for code in Chapter:
            for language, label in LANGUAGES.items():
                field = PlainText(max_length=LONGEST_CHAPTER, lines=5, required=False, label=label)
                field.widget.attrs |= {"class": "textarea", "lang": language}
                self.fields[f"{code}_{language}"] = field

    def chapters(self) -> list[tuple[str, list[Any]]]:
        """(a chapter's title, its two fields) to be shown together."""
        return [(str(code.label), [self[f"{code}_{language}"] for language in LANGUAGES]) for code in Chapter]

    def texts(self) -> dict[tuple[str, str], str]:
        """What is written down, once the form is valid."""
        return {(code, language): self.cleaned_data[f"{code}_{language}"] for code in Chapter.values for language in LANGUAGES}


class BackForm(PlainForm):
    """Why it goes back to whoever wrote it."""

    why = PlainText(max_length=LONGEST_WHY, lines=3, label=_("What has to be changed"))
