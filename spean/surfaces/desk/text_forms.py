"""Forms of texts: a page and its steps, Khmer and English side by side, facts by their names."""

import json
from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from spean.library import enums, media, texts
from spean.library.labels import Broken, Labels
from spean.library.models import LONGEST_KEY, LONGEST_NAME
from spean.library.queries.texts import FactNames, subject_units
from spean.surfaces.desk.fields import Code, Number, PlainForm, PlainText, SentForm

LONGEST_LINES = 2000
BROKEN = _("Here a mark of a fact is broken: %(mark)s. Take the mark out and put the fact in again from the list.")
_LINES = {"lede": 3, "trouble": 5, "text": 6, "answer": 7}


class Several(forms.MultipleChoiceField):
    """Any of some codes."""

    def __init__(self, choices: Iterable[tuple[str, Any]], **kwargs: Any) -> None:
        super().__init__(choices=list(choices), required=False, widget=forms.CheckboxSelectMultiple, **kwargs)
        self.error_messages["invalid_choice"] = texts.CHOOSE


class Carried(forms.CharField):
    """Picture and readings of a part: they have a page of their own, and go along when a step is moved."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(required=False, widget=forms.HiddenInput, **kwargs)

    def clean(self, value: Any) -> media.Media:
        """As it was given out; what is none becomes nothing."""
        try:
            return media.normal(json.loads(value or "{}"))
        except (ValueError, RecursionError):
            raise forms.ValidationError(media.GONE, code="media") from None


class PartForm(PlainForm):
    """A page or a step: what has to be in two languages stands side by side. A draft may have gaps."""

    pairs: tuple[str, ...] = ()
    media = Carried()

    def __init__(self, *args: Any, labels: dict[str, Labels], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.labels = labels

    @classmethod
    def begun(cls, part: texts.Body, labels: dict[str, Labels]) -> dict[str, Any]:
        """A kept part as a form begins with it."""
        told = [f"{pair}_{code}" for pair in cls.pairs if pair in texts.TOLD for code in texts.LANGUAGES]
        shown = {name: labels[name[-2:]].shown(part[name]) for name in told}
        return {**part, **shown, "media": json.dumps(part.get("media") or {}, ensure_ascii=False)}

    def clean(self) -> dict[str, Any]:
        """The facts as they are kept; a broken mark comes back with its reason."""
        data = super().clean() or self.cleaned_data
        for pair in texts.TOLD.intersection(self.pairs):
            for name in (f"{pair}_{code}" for code in texts.LANGUAGES):
                try:
                    data[name] = self.labels[name[-2:]].read(data.get(name, ""))
                except Broken as broken:
                    self.add_error(name, BROKEN % {"mark": broken.mark})
        return data

    def side_by_side(self) -> list[tuple[forms.BoundField, forms.BoundField]]:
        """Khmer and English of each part."""
        return [(self[f"{pair}_km"], self[f"{pair}_en"]) for pair in self.pairs]

    def typed_now(self) -> dict[str, Any]:
        """What stands in its fields, also what nobody has judged."""
        return {name: self[name].value() for name in self.fields}

    def words(self) -> dict[str, Any]:
        """Its texts in both languages, and what goes along with them, once the form is valid."""
        told = {name: self.cleaned_data[name] for pair in self.pairs for name in (f"{pair}_km", f"{pair}_en")}
        return {**told, "media": self.cleaned_data["media"]}


def _two(pair: str) -> tuple[PlainText, PlainText]:
    """The Khmer and the English field of a part."""
    longest = 2 * texts.LONGEST_TOLD if pair in texts.TOLD else LONGEST_NAME  # a fact's name is longer than the key that is kept
    km, en = (
        PlainText(
            max_length=longest,
            lines=_LINES.get(pair, 1),
            required=False,
            label=format_lazy("{} · {}", texts.NAMES[pair], language),
        )
        for language in (_("Khmer"), _("English"))
    )
    km.widget.attrs["lang"], en.widget.attrs["lang"] = texts.LANGUAGES
    return km, en


class PageForm(PartForm, SentForm):
    """What every page has. `seen` is the number of the latest version when the form was opened; `slug` only a new one has."""

    position = Number(most=texts.MOST_POSITION, required=False, label=texts.NAMES["position"])
    seen = Number(required=False)
    slug = PlainText(max_length=LONGEST_KEY, required=False, label=_("Last part of its address"))

    def __init__(self, *args: Any, names: FactNames, **kwargs: Any) -> None:
        super().__init__(*args, labels=names.labels, **kwargs)
        self.fields["seen"].widget = self.fields["seen"].hidden_widget()

    def body(self) -> texts.Body:
        """Its own parts, once the form is valid."""
        return {"position": self.cleaned_data["position"] or 0, **self.words()}

    def choices(self) -> list[forms.BoundField]:
        """What is chosen and not written, above the texts."""
        return [self["position"]]

    def glance(self) -> list[forms.BoundField]:
        """The facts of the box that says the most important first."""
        return []


class QuestionForm(PageForm):
    """A question about the law and its answer."""

    pairs = texts.PAIRS[enums.PageKind.LAW]
    question_km, question_en = _two("question")
    answer_km, answer_en = _two("answer")


class WayForm(PageForm):
    """A way or a warning, without its steps."""

    pairs = texts.PAIRS[enums.PageKind.WAY]
    kind = Code(enums.Kind, empty=_("Choose"), required=False, label=texts.NAMES["kind"])
    destination = Code(enums.Destination, empty=_("Choose"), required=False, label=texts.NAMES["destination"])
    works = Several([(enums.Work.ANY.value, _("Any work")), *enums.Work.choices[1:]], label=texts.NAMES["works"])
    title_km, title_en = _two("title")
    lede_km, lede_en = _two("lede")
    trouble_km, trouble_en = _two("trouble")
    state_subject = Code(required=False, label=texts.NAMES["state_subject"])

    def __init__(self, *args: Any, names: FactNames, **kwargs: Any) -> None:
        super().__init__(*args, names=names, **kwargs)
        corridors = [(subject, name) for subject, name, unit in names.subjects if unit == enums.Unit.CORRIDOR]
        self.fields["state_subject"].choices = [("", _("None")), *corridors]
        for name, units in subject_units().items():
            chosen = set(self.data.getlist(f"glance_{name}") if self.is_bound else self.initial.get(f"glance_{name}") or ())
            fitting = [(s, told) for s, told, unit in names.subjects if unit in units or s in chosen]
            self.fields[f"glance_{name}"] = Several(fitting, label=texts.NAMES[f"glance_{name}"])
            self.fields[f"glance_{name}"].widget.attrs["class"] = "checkbox"
        self.fields["works"].widget.attrs["class"] = "checkbox"

    @classmethod
    def begun(cls, part: texts.Body, labels: dict[str, Labels]) -> dict[str, Any]:
        """The chosen facts too."""
        return {**super().begun(part, labels), **{f"glance_{name}": several for name, several in part["glance"].items()}}

    def body(self) -> texts.Body:
        """Its own parts; the steps come from their own forms."""
        data = self.cleaned_data
        chosen = {name: data[name] for name in ("kind", "destination", "works", "state_subject")}
        return {**super().body(), **chosen, "glance": {name: data[f"glance_{name}"] for name in texts.GLANCE}}

    def choices(self) -> list[forms.BoundField]:
        """Where to and for which work."""
        return [self[name] for name in ("kind", "destination", "position", "state_subject", "works")]

    def glance(self) -> list[forms.BoundField]:
        """Six lists of facts."""
        return [self[f"glance_{name}"] for name in texts.GLANCE]


class StepForm(PartForm):
    """One step: what to do, where, which papers to take along, which one has afterwards."""

    pairs = texts.STEP_PAIRS
    name = Code(enums.Picture, empty=_("None"), required=False, label=texts.NAMES["name"])
    title_km, title_en = _two("title")
    text_km, text_en = _two("text")
    authority_km, authority_en = _two("authority")
    documents_km = PlainText(max_length=LONGEST_LINES, lines=3, required=False, label=_("Papers to take along, in Khmer"))
    documents_en = PlainText(max_length=LONGEST_LINES, lines=3, required=False, label=_("Papers to take along, in English"))
    gives = Several(enums.Paper.choices, label=texts.NAMES["gives"])

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["gives"].widget.attrs["class"] = "checkbox"

    @classmethod
    def begun(cls, part: texts.Body, labels: dict[str, Labels]) -> dict[str, Any]:
        """The papers one on each line."""
        pairs = part["documents"]
        lines = {f"documents_{code}": "\n".join(p[at] for p in pairs) for at, code in enumerate(texts.LANGUAGES)}
        return {**super().begun(part, labels), **lines}

    def clean(self) -> dict[str, Any]:
        """As many papers in one language as in the other."""
        data = super().clean()
        km, en = (_lines(data.get(f"documents_{code}", "")) for code in texts.LANGUAGES)
        if len(km) != len(en):
            self.add_error("documents_en", texts.SAME_LINES)
        data["documents"] = [list(pair) for pair in zip(km, en, strict=False)]
        return data

    def body(self) -> texts.Body:
        """The step, once the form is valid."""
        data = self.cleaned_data
        return {"name": data["name"], **self.words(), "documents": data["documents"], "gives": data["gives"]}


def _lines(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip()]
