"""A text as it is being written: the page's form and the forms of its steps, moved about without losing a letter."""

from collections.abc import Mapping
from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from spean.kernel.text import whole_number
from spean.library import texts
from spean.library.enums import PageKind
from spean.library.queries.texts import FactNames
from spean.surfaces.desk.text_forms import PageForm, PartForm, QuestionForm, StepForm, WayForm

FORMS: dict[str, type[PageForm]] = {PageKind.WAY: WayForm, PageKind.LAW: QuestionForm}
EMPTY: texts.Body = texts.normal(PageKind.WAY, {"steps": [{}]})["steps"][0]


class Writing:
    """All forms of one text. Either what was sent, to be judged; or what stood in it, to be shown again."""

    def __init__(self, kind: str, names: FactNames, head: PageForm, steps: list[StepForm]) -> None:
        self.kind, self.names, self.head, self.steps = kind, names, head, steps

    @classmethod
    def begun(cls, kind: str, names: FactNames, body: texts.Body, **more: Any) -> "Writing":
        """From a kept version."""
        made = FORMS[kind]
        head = {**made.begun(body, names.labels), **more}
        return cls.typed(kind, names, head, [StepForm.begun(step, names.labels) for step in body.get("steps", ())])

    @classmethod
    def sent(cls, kind: str, names: FactNames, data: QueryDict) -> "Writing":
        """From a form that was sent. More steps than can be kept are read, so that nothing of them is lost."""
        count = min(whole_number(data.get("steps", "")), 2 * texts.MOST_STEPS) if kind == PageKind.WAY else 0
        steps = [StepForm(data, prefix=f"step-{n}", labels=names.labels) for n in range(count)]
        return cls(kind, names, FORMS[kind](data, names=names), steps)

    @classmethod
    def typed(cls, kind: str, names: FactNames, head: Mapping[str, Any], steps: list[dict[str, Any]]) -> "Writing":
        """From what stands in the fields; nothing of it is judged."""
        made = [StepForm(initial=step, prefix=f"step-{n}", labels=names.labels) for n, step in enumerate(steps)]
        return cls(kind, names, FORMS[kind](initial=dict(head), names=names), made)

    @property
    def parts(self) -> list[PartForm]:
        """The page and its steps."""
        return [self.head, *self.steps]

    def is_valid(self) -> bool:
        """Whether a draft can be made of it; every form is asked."""
        return all([form.is_valid() for form in self.parts])  # noqa: C419 - each has to write its reasons

    def body(self) -> texts.Body:
        """The whole text, once it is valid."""
        return {**self.head.body(), **({"steps": [step.body() for step in self.steps]} if self.kind == PageKind.WAY else {})}

    def blame(self, wrong: Mapping[str, Any]) -> None:
        """Write reasons of an operation beside the fields that they are about."""
        for name, reason in wrong.items():
            form: PartForm = self.head
            field = name
            if name.startswith("step-"):
                _step, number, field = name.split("-", 2)
                form = self.steps[int(number)]
            form.add_error(field if field in form.fields else None, reason)

    @property
    def has_reasons(self) -> bool:
        """Whether something has to be looked at again."""
        return any(form.is_bound and form.errors for form in self.parts)

    def places(self) -> list[tuple[str, Any]]:
        """Where a fact can be put in."""
        own = [pair for pair in self.head.pairs if pair in texts.TOLD]
        steps = [(f"step-{n}", _("Step %(number)d") % {"number": n + 1}) for n in range(len(self.steps))]
        return [*((pair, texts.NAMES[pair]) for pair in own), *steps]

    def moved(self, command: str, data: Mapping[str, str]) -> "Writing":
        """The same with a step more, less or elsewhere, or with a fact put in; what is typed stays as it is typed."""
        head, steps = self.head.typed_now(), [step.typed_now() for step in self.steps]
        verb, _dash, at = command.partition("-")
        number = whole_number(at)
        if verb == "fact":
            self._put_in(head, steps, data.get("fact", ""), data.get("into", ""))
        elif verb == "add" and len(steps) < texts.MOST_STEPS:
            steps.insert(number if at else len(steps), StepForm.begun(EMPTY, self.names.labels))
        elif verb in _MOVES and number < len(steps):
            _MOVES[verb](steps, number)
        return self.typed(self.kind, self.names, head, steps)

    def _put_in(self, head: dict[str, Any], steps: list[dict[str, Any]], fact: str, into: str) -> None:
        """At the end of a text, in both languages."""
        places = dict(self.places())
        labels = self.names.labels
        if fact not in labels["km"].of or into not in places:
            return
        part, pair = (steps[int(into.removeprefix("step-"))], "text") if into.startswith("step-") else (head, into)
        for code in texts.LANGUAGES:
            name = f"{pair}_{code}"
            part[name] = f"{part[name] or ''} [[{labels[code].of[fact]}]]".lstrip(" ")


def _up(steps: list[Any], at: int) -> None:
    steps.insert(max(0, at - 1), steps.pop(at))


def _down(steps: list[Any], at: int) -> None:
    steps.insert(at + 1, steps.pop(at))


_MOVES = {"up": _up, "down": _down, "remove": lambda steps, at: steps.pop(at)}
