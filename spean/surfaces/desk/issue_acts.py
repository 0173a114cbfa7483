"""What an act on an issue is: its form, its operation, what is said after."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.forms import Form

from spean.accounts.access import Actor
from spean.surfaces.desk.fields import PlainForm
from spean.voices.queries import IssuePage


@dataclass(frozen=True)
class Act:
    """One thing that somebody does with an issue: its form, the operation, what is said after.

    It is offered when one of `verbs` is allowed; `checked` is asked before the form is read.
    """

    verbs: tuple[str, ...]
    form: Callable[[str, IssuePage, Any], Form]
    run: Callable[[Actor, UUID, dict[str, Any], Any], Any]
    saved: Any
    checked: str | None = None


def plain(form: type[PlainForm]) -> Callable[[str, IssuePage, Any], Form]:
    """A form that needs nothing of the issue."""
    return lambda verb, _found, data: form.of(verb, data)
