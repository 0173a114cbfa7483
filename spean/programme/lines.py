"""The lists that an activity has, by their names: what a line of each is, and which activities have it."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from spean.programme.activity_enums import LARGE, ActivityKind
from spean.programme.models import activities as tables


@dataclass(frozen=True)
class List:
    """One list. `fields` are what a line of it says, in the order of the form."""

    model: type[tables.Line]
    fields: tuple[str, ...]
    label: Any
    hint: Any
    order: tuple[str, ...] = ("id",)
    kinds: frozenset[str] = frozenset(ActivityKind)


#: fields of a line that name somebody else's row, by its id
TIES = ("member", "donor")
#: name -> list; the related name of each is the name itself
LISTS: dict[str, List] = {
    "items": List(
        tables.Item,
        ("on", "starts", "minutes", "what_km", "what_en", "who_km", "who_en", "where_km", "where_en"),
        _("Programme"),
        _("By the minute: what happens, who leads it by role or organisation, and where."),
        ("on", "starts", "id"),
        LARGE,
    ),
    "leaders": List(tables.Leader, ("role", "member"), _("Who leads it"), _("By role; one of us also by name.")),
    "materials": List(
        tables.Handed, ("material", "number", "words"), _("Materials"), _("What is handed out or used, and how much of it.")
    ),
    "questions": List(
        tables.Question,
        ("topic", "words", "answered"),
        _("Questions asked"),
        _("Write no name, and nothing by which somebody could be known."),
    ),
    "quizzes": List(
        tables.Quiz,
        ("topic", "words", "before", "right_before", "after", "right_after"),
        _("Before and after"),
        _("The same question before and after: how many answered, how many rightly. Count hands; ask for no names."),
    ),
    "costs": List(
        tables.Cost, ("kind", "words", "currency", "planned", "spent"), _("Costs"), _("What was planned, and what was spent.")
    ),
    "shares": List(
        tables.Share,
        ("donor", "per_cent"),
        _("Who bears the costs"),
        _("Where several donors share them: in per cents that make 100 together."),
    ),
    "partners": List(
        tables.Partner, ("name", "task", "state"), _("Partners and their tasks"), _("Organisations, not persons."), kinds=LARGE
    ),
    "invitations": List(
        tables.Invitation,
        ("whom", "kind", "number", "reply", "coming"),
        _("Invitations"),
        _("Organisations and roles. Write no name, number or address here."),
        kinds=LARGE,
    ),
    "risks": List(
        tables.Risk,
        ("risk", "action", "who"),
        _("Risks and safeguarding"),
        _("What could go wrong or hurt somebody, what we do about it, and who does it, by role."),
        kinds=LARGE,
    ),
    "shifts": List(
        tables.Shift,
        ("on", "starts", "ends", "task", "number", "member"),
        _("Volunteers' shifts"),
        _("Who is where, from when to when."),
        ("on", "starts", "id"),
        LARGE,
    ),
    "todos": List(
        tables.Todo,
        ("what", "who", "due_on", "state"),
        _("Checklist"),
        _("What has to be done, until which day."),
        ("due_on", "id"),
        LARGE,
    ),
}


def lists_of(kind: str) -> tuple[str, ...]:
    """The names of the lists that an activity of this kind has."""
    return tuple(name for name, one in LISTS.items() if kind in one.kinds)
