"""The form of a travel plan, for the public door and for a volunteer's desk. Nothing is forced but one day to check in."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from itertools import pairwise
from typing import Any, Self
from uuid import uuid4

import segno
from django import forms
from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from spean.collect import uploads
from spean.kernel import clock, text
from spean.kernel.errors import Refusal
from spean.kernel.ids import group
from spean.kernel.text import khmer_digits
from spean.library.enums import Destination
from spean.places.models import Place
from spean.surfaces.typed import SenderId, Words, phone_number
from spean.voices.operations.plan_owner import OwnPlan
from spean.voices.operations.plans import MOST_PAPERS, TOO_MANY, Draft, Left, Trusted
from spean.voices.plan_enums import Grace

LINE, LONG = 200, 2000
MOST_DAYS, FURTHEST = 200, timedelta(days=3 * 366)
EVERY = (
    ("", _("Only on the days below")), ("1", _("Every day")), ("3", _("Every 3 days")), ("7", _("Every week")),
    ("14", _("Every 2 weeks")), ("30", _("Every 30 days")),
)  # fmt: skip
WORDS = ("name", "phone", "way", "crossing", "employer", "broker", "broker_phone", "note")
PERSON = ("name", "phone", "email", "how", "language")
PEOPLE = ("one", "two")
DAYS = ("on_1", "on_2", "on_3", "on_4")
PAPERS = ("paper_1", "paper_2", "paper_3")
LANGUAGES = (("km", "ខ្មែរ"), ("en", "English"))


def _line(label: Any, **attrs: str) -> Words:
    return Words(most=LINE, label=label, widget=forms.TextInput(attrs={"class": "input", "autocomplete": "off", **attrs}))


def _area(label: Any, rows: int) -> Words:
    count = {"data-count": str(LONG), "data-count-text": _("{n} of {max} letters")}
    return Words(most=LONG, label=label, widget=forms.Textarea(attrs={"class": "textarea", "rows": rows, **count}))


class DayOfPlan(forms.DateField):
    """A day, chosen in the browser's own calendar or typed, in Khmer or Latin digits."""

    def __init__(self, label: Any) -> None:
        widget = forms.DateInput(format="%Y-%m-%d", attrs={"type": "date", "class": "input", "autocomplete": "off"})
        super().__init__(required=False, label=label, input_formats=["%Y-%m-%d", "%d/%m/%Y"], widget=widget)
        self.error_messages["invalid"] = _("Choose a day.")

    def to_python(self, value: Any) -> Any:
        """The day, if it is near enough to be meant."""
        found = super().to_python(text.latin_digits(value) if isinstance(value, str) else value)
        if found is not None and abs(found - clock.today()) > FURTHEST:
            raise forms.ValidationError(_("This day is too far away. Look at the year."), code="far")
        return found


def _paper(label: Any) -> forms.FileField:
    widget = forms.FileInput(attrs={"class": "file-input", "accept": "image/jpeg,image/png,image/webp"})
    return forms.FileField(required=False, allow_empty_file=True, label=label, widget=widget)


def _mail(label: Any) -> forms.EmailField:
    widget = forms.EmailInput(attrs={"class": "input", "autocomplete": "off"})
    return forms.EmailField(required=False, label=label, max_length=LINE, widget=widget)


def _language() -> forms.ChoiceField:
    widget = forms.Select(attrs={"class": "select"})
    return forms.ChoiceField(required=False, choices=LANGUAGES, label=_("Their language"), widget=widget)


def _radios(label: Any, choices: Any, initial: str) -> forms.ChoiceField:
    widget = forms.RadioSelect(attrs={"class": "radio"})
    return forms.ChoiceField(required=False, choices=choices, label=label, initial=initial, widget=widget)


def _tick(label: Any) -> forms.BooleanField:
    return forms.BooleanField(required=False, label=label, widget=forms.CheckboxInput(attrs={"class": "checkbox"}))


class PlanForm(forms.Form):
    """Where to, with whom, whom to ask, and on which days."""

    use_required_attribute = False
    brought: Sequence[uploads.CleanFile] = ()  # pictures that come along, harmless already
    sent_id = SenderId()
    destination = _radios(_("Where do you go?"), Destination.choices, Destination.ELSEWHERE)
    leaves_on = DayOfPlan(_("When do you leave?"))
    way = _area(_("Which way do you go, and with whom?"), 3)
    crossing = _line(_("Where do you cross the border?"))
    employer = _line(_("For whom will you work, and where?"))
    broker = _line(_("Who found the work for you: agency, broker?"))
    broker_phone = _line(_("Their telephone number"), inputmode="tel")
    name = _line(_("Your name, if you want us to know it"))
    phone = _line(_("Your telephone number, if you have one there"), inputmode="tel")
    note = _area(_("What else should somebody know who looks for you?"), 3)
    one_name = _line(_("Name"))
    one_phone = _line(_("Telephone number"), inputmode="tel")
    one_email = _mail(_("E-mail"))
    one_how = _line(_("How is it safe to reach them?"))
    one_language = _language()
    two_name = _line(_("Name"))
    two_phone = _line(_("Telephone number"), inputmode="tel")
    two_email = _mail(_("E-mail"))
    two_how = _line(_("How is it safe to reach them?"))
    two_language = _language()
    may_mail = _tick(_("If I miss a check-in, the computer may write an e-mail to these addresses by itself"))
    every = forms.ChoiceField(
        required=False, choices=EVERY, label=_("How often will you say that you are well?"),
        widget=forms.Select(attrs={"class": "select"}),
    )  # fmt: skip
    until = DayOfPlan(_("Until which day?"))
    on_1 = DayOfPlan(_("The first day, or a day of your own choice"))
    on_2 = DayOfPlan(_("Another day"))
    on_3 = DayOfPlan(_("Another day"))
    on_4 = DayOfPlan(_("Another day"))
    grace = _radios(_("How long may it be late?"), Grace.choices, Grace.DAY)
    paper_1 = _paper(_("A photo of your passport"))
    paper_2 = _paper(_("A photo of your contract"))
    paper_3 = _paper(_("A photo of another paper"))
    drop_papers = _tick(_("Take away the photos that are there"))

    @classmethod
    def sent(cls, request: HttpRequest, brought: Sequence[uploads.CleanFile] = ()) -> Self:
        """The form as it was sent, to be judged."""
        form = cls(request.POST, request.FILES)
        form.brought = brought
        return form

    @classmethod
    def again(cls, data: Mapping[str, Any]) -> Self:
        """The form with what was typed so far, without judging it."""
        kept = {name: data[name] for name in cls.base_fields if name in data and name not in PAPERS}
        known = SenderId(required=False)
        try:
            sent = known.clean(data.get("sent_id"))
        except forms.ValidationError:
            sent = None
        return cls(initial={**kept, "sent_id": sent or uuid4()})

    @classmethod
    def of(cls, plan: OwnPlan) -> Self:
        """The form with what stands in a plan, for changing it. Its days are told one by one, at most four of them."""
        found: dict[str, Any] = {"destination": plan.destination, "grace": plan.grace, "sent_id": uuid4()}
        if plan.written:
            found |= plan.written.words | {"leaves_on": plan.written.leaves_on, "may_mail": plan.written.may_mail}
            for at, person in zip(PEOPLE, plan.written.people, strict=False):
                found |= {f"{at}_{name}": getattr(person, name) for name in PERSON}
        found |= _as_typed(plan.days)
        return cls(initial=found)

    def clean_broker_phone(self) -> str:
        """A number, if any."""
        return phone_number(self.cleaned_data["broker_phone"])

    def clean_phone(self) -> str:
        """A number, if any."""
        return phone_number(self.cleaned_data["phone"])

    def clean_one_phone(self) -> str:
        """A number, if any."""
        return phone_number(self.cleaned_data["one_phone"])

    def clean_two_phone(self) -> str:
        """A number, if any."""
        return phone_number(self.cleaned_data["two_phone"])

    def clean(self) -> dict[str, Any]:
        """The pictures made harmless; one day at least that is still to come."""
        data = super().clean() or self.cleaned_data
        for name in PAPERS:
            self._make_harmless(name)
        if len(self.pictures()) > MOST_PAPERS:
            self.add_error(None, TOO_MANY % {"most": MOST_PAPERS})
        if not {"every", "until", *DAYS} & set(self.errors):
            reason = _about_days(data, self.days())
            if reason:
                self.add_error("every", reason)
        if data.get("may_mail") and not (data.get("one_email") or data.get("two_email")):
            self.add_error("may_mail", _("Write the e-mail address first, or take this mark away."))
        return data

    def _make_harmless(self, name: str) -> None:
        upload = self.cleaned_data.get(name)
        if not isinstance(upload, UploadedFile):
            return
        try:
            made = uploads.clean(upload)
        except Refusal as error:
            self.add_error(name, error.message)
            return
        if made.kind != "image":
            self.add_error(name, _("Only photos are kept here. Choose a photo of the paper."))
        self.cleaned_data[name] = made

    def pictures(self) -> list[Any]:
        """What comes along, and what was chosen here."""
        return [*self.brought, *(found for name in PAPERS if (found := self.cleaned_data.get(name)))]

    def days(self) -> list[date]:
        """The days to check in, in order; those that have passed already are left out."""
        data, today = self.cleaned_data, clock.today()
        found = {day for name in DAYS if (day := data.get(name))}
        gap, until = int(data.get("every") or 0), data.get("until")
        day = min(found, default=max(data.get("leaves_on") or today, today))  # a rhythm begins with a day of one's own choice
        while gap and until and day + timedelta(days=gap) <= until and len(found) <= MOST_DAYS:
            day += timedelta(days=gap)
            found.add(day)
        return sorted(d for d in found if d >= today)

    def draft(self, place: Place | None, language: str) -> Draft:
        """What is to be sealed and counted."""
        data = self.cleaned_data
        people = [Trusted(**{n: data.get(f"{at}_{n}") or "" for n in PERSON}) for at in PEOPLE]
        return Draft(
            destination=data["destination"] or Destination.ELSEWHERE,
            leaves_on=data["leaves_on"] or clock.today(),
            days=self.days(),
            words={name: data[name] for name in WORDS if data.get(name)},
            people=[p for p in people if p.name or p.phone or p.email],
            may_mail=bool(data["may_mail"]),
            place=place,
            grace=data["grace"] or Grace.DAY,
            language=language,
            files=self.pictures(),
        )


def _about_days(data: Mapping[str, Any], days: list[date]) -> Any:
    """What is wrong with the days; nothing when they are fine."""
    if data.get("every") and not data.get("until"):
        return _("Choose until which day.")
    if not days:
        return _("Choose one day at least on which you will say that you are well, today or later.")
    if len(days) > MOST_DAYS:
        return _("These are more than 200 days. Choose a longer pause, or an earlier end.")
    return ""


def _as_typed(days: tuple[date, ...]) -> dict[str, Any]:
    """Days as they are typed: an even rhythm as a rhythm, a few as they are."""
    gaps = {(b - a).days for a, b in pairwise(days)}
    if len(gaps) == 1 and str(gap := gaps.pop()) in dict(EVERY) and (days[0] - clock.today()).days <= gap:
        typed: dict[str, Any] = {"every": str(gap), "until": days[-1]}
        rest = [days[0]]
    else:
        typed, rest = {}, list(days[: len(DAYS)])
    return typed | dict(zip(DAYS, rest, strict=False))


def shown_once(request: HttpRequest, left: Left) -> dict[str, Any]:
    """What is shown of a plan only at the moment when it is saved."""
    link = request.build_absolute_uri(reverse("public:plan_check", kwargs={"link": left.link}))
    door = request.build_absolute_uri(reverse("public:plan_code"))
    own, khmer = (khmer_digits, True) if get_language() == "km" else (str, False)
    return {
        "code": left.code,
        "code_own": [own(part) for part in group(left.code).split()],
        "code_latin": group(left.code).split() if khmer else [],
        "link": link,
        "door": door,
        "square": SafeString(
            segno.make(link, error="m", micro=False).svg_inline(
                border=2, light="#fff", omitsize=True, svgclass=None, lineclass=None
            )
        ),
        "sun": group(left.sun),
        "rain": group(left.rain),
        "team": f"{left.team.name}, {left.team.organisation.name}",
        "kept": settings.PLAN_KEPT_DAYS,
    }
