"""The form of an entry of the help directory, in both languages."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from spean.directory import hours, phones
from spean.directory.drafts import LONGEST_LINE, LONGEST_NAME, LONGEST_TEXT, MOST_AREAS, MOST_PLACES, Draft
from spean.directory.enums import Day, Fee, Hours, Language, Need, Paper
from spean.kernel.errors import Invalid
from spean.places import picker
from spean.places import queries as places
from spean.places.enums import Level
from spean.surfaces.desk.fields import Code, Codes, Number, PlainText, SentForm

CAMBODIA = "KH"
LONGEST_NUMBERS = 400
AREA = "area"  # the picker of one more area


class EntryForm(SentForm):
    """The words of an entry. The place is chosen beside it; what is wrong is judged by `directory.drafts`."""

    provider_km = PlainText(max_length=LONGEST_NAME, label=_("Name of the organisation or office in Khmer"))
    provider_en = PlainText(max_length=LONGEST_NAME, label=_("Name of the organisation or office in English"))
    name_km = PlainText(max_length=LONGEST_NAME, label=_("What they offer, in a few words, in Khmer"))
    name_en = PlainText(max_length=LONGEST_NAME, label=_("What they offer, in a few words, in English"))
    about_km = PlainText(max_length=LONGEST_TEXT, lines=4, required=False, label=_("More about it in Khmer"))
    about_en = PlainText(max_length=LONGEST_TEXT, lines=4, required=False, label=_("More about it in English"))
    how_km = PlainText(max_length=LONGEST_TEXT, lines=3, required=False, label=_("How to ask for help, in Khmer"))
    how_en = PlainText(max_length=LONGEST_TEXT, lines=3, required=False, label=_("How to ask for help, in English"))
    needs = Codes(Need, label=_("With what they help"))
    country = Code(label=_("Country in which they help"), initial=CAMBODIA)
    areas = Codes(label=_("Whom they help: people in"))
    address_km = PlainText(max_length=LONGEST_LINE, required=False, label=_("Address in Khmer"))
    address_en = PlainText(max_length=LONGEST_LINE, required=False, label=_("Address in English"))
    confidential = forms.BooleanField(required=False, label=_("The place is confidential: never show where it is"))
    numbers = PlainText(
        max_length=LONGEST_NUMBERS, lines=3, required=False, label=_("Telephone numbers of that country, each on a line")
    )
    hours = Code(Hours, radio=True, initial=Hours.UNKNOWN, label=_("When they answer"))
    days = Codes(Day, label=_("On these days"))
    opens = PlainText(max_length=5, required=False, label=_("From (like 08:30)"))
    closes = PlainText(max_length=5, required=False, label=_("Until (like 16:30)"))
    languages = Codes(Language, label=_("Languages"))
    women_only = forms.BooleanField(required=False, label=_("Only for women"))
    age_from = Number(most=120, required=False, label=_("From which age"))
    age_to = Number(most=120, required=False, label=_("Until which age"))
    papers = Codes(Paper, label=_("What one has to bring"))
    capacity = Number(most=MOST_PLACES, required=False, label=_("How many places they have in all"))
    fee = Code(Fee, initial=Fee.UNKNOWN, label=_("What it costs"))
    website = PlainText(max_length=200, required=False, label=_("Website"))
    source = PlainText(max_length=200, label=_("Where you have this from"))
    as_of = PlainText(max_length=60, required=False, label=_("How old that source is"))

    def __init__(self, *args: Any, kept: Iterable[str] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["country"].choices = sorted(country_names().items(), key=lambda pair: (pair[0] != CAMBODIA, str(pair[1])))
        self.fields["areas"].choices = _areas(kept)
        for name in ("confidential", "women_only"):
            self.fields[name].widget.attrs["class"] = "checkbox"

    @classmethod
    def begin(cls, draft: Draft) -> "EntryForm":
        """The form that begins with these words."""
        said = {name: list(v) if isinstance(v, tuple) else v for name, v in draft.body().items()}
        return cls(initial={**said, "numbers": "\n".join(draft.numbers)}, kept=draft.areas)

    def draft(self, place: str, *, demonstration: bool) -> Draft:
        """The words, once the form is valid. Who helps in another country helps in all of it, unless more is said."""
        data = {name: value for name, value in self.cleaned_data.items() if name != "sent_id"}
        data["numbers"] = tuple(phones.split(data["numbers"]))
        abroad = data["country"] != CAMBODIA
        data["areas"] = data["areas"] or ((data["country"],) if abroad else ())
        return Draft(**data, place=place, demonstration=demonstration)


def country_names() -> dict[str, str]:
    """Code -> name of the countries in which help can be listed."""
    return {place.code: place.name for place in places.countries() if place.code in hours.ZONES}


def with_area(posted: QueryDict) -> tuple[QueryDict, str]:
    """(what was sent, with the area of its picker among those that are ticked, "") or (what was sent, why it is none).

    The buttons inside the picker only look around in it.
    """
    if "show" in posted:
        return posted, ""
    try:
        one = picker.resolve(posted, AREA, Level.COMMUNE)
    except Invalid as refusal:
        return posted, str(refusal.message)
    if one is None:
        return posted, ""
    more = posted.copy()
    for name in [name for name in more if name.startswith(f"{AREA}-")]:
        del more[name]
    if one.code not in more.getlist("areas"):
        more.appendlist("areas", one.code)
    return more, ""


def _areas(kept: Iterable[str]) -> list[tuple[str, Any]]:
    """The whole country and its provinces; and what is chosen besides: districts, communes, other countries."""
    usual = [(CAMBODIA, _("the whole of Cambodia")), *((p.code, p.name) for p in places.children())]
    known = {code for code, _name in usual}
    others = [code for code in dict.fromkeys(kept) if code not in known][:MOST_AREAS]
    return [*usual, *((place.code, place.label) for place in places.with_codes(others))]
