"""The form of a test call, beside each number that this reader may try."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from spean.directory.enums import Heard
from spean.directory.operations.calling import LONGEST_WORDS
from spean.directory.queries.parts import Number
from spean.kernel import clock
from spean.surfaces.desk.fields import Code, Day, PlainText, SentForm


class CallForm(SentForm):
    """What a test call found."""

    heard = Code(Heard, radio=True, label=_("What did you hear?"))
    on = Day(initial=clock.today, label=_("On which day did you call?"))
    words = PlainText(max_length=LONGEST_WORDS, lines=2, required=False, label=_("Who answered, in which language"))


@dataclass(frozen=True)
class Wrong:
    """A test call that could not be kept, with what was typed."""

    phone: UUID
    form: CallForm


def with_forms(numbers: Iterable[Number], wrong: Wrong | None = None) -> list[tuple[Number, Any]]:
    """Each number and its form; None where another person has to call."""
    return [(n, _form(n, wrong) if n.may_test else None) for n in numbers]


def _form(number: Number, wrong: Wrong | None) -> Any:
    return wrong.form if wrong and wrong.phone == number.id else CallForm.of(f"call-{number.id}", None)
