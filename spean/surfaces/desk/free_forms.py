"""The forms of a service's free places: how many, as of which day; and which desk runs it."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from spean.kernel import clock
from spean.surfaces.desk.fields import Code, Day, Number, PlainForm, SentForm


class FreeForm(SentForm):
    """How many places are free, as of a day."""

    places = Number(label=_("How many places are free"))
    on = Day(initial=clock.today, label=_("As of which day"))


class DeskForm(PlainForm):
    """Which desk runs the service; none where nobody of here does."""

    desk = Code(required=False, label=_("Which desk runs it"))

    def __init__(self, *args: Any, desks: Sequence[tuple[UUID, str]] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["desk"].choices = [("", _("No desk that works here")), *((str(pk), name) for pk, name in desks)]
