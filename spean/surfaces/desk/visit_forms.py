"""The forms of visits: with which a volunteer is asked for one, and in which the volunteer tells what came of it."""

from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from spean.cases.operations.visits import LONGEST_ALIAS, LONGEST_TOLD, Wanted
from spean.cases.queries.visits import ToAsk
from spean.cases.visit_enums import VisitKind, VisitResult, WhyThis
from spean.kernel import clock
from spean.surfaces.desk.fields import Code, Day, PlainText, SentForm
from spean.surfaces.desk.templatetags.desk import months_after
from spean.surfaces.typed import Sealed


class AskVisitForm(SentForm):
    """Who is asked for what, and by which name they know the person."""

    volunteer = Code(empty=_("Choose"), label=_("Which volunteer; the nearest first"))
    why = Code(WhyThis, empty=_("Not needed"), required=False, label=_("If the volunteer's place is elsewhere: why this one"))
    kind = Code(VisitKind, radio=True, label=_("What for"))
    follow_up = Code(required=False, label=_("If it is a follow-up: which one"))
    by_day = Day(label=_("Until which day"), help_text=_("Today, tomorrow or the day after."))
    alias = PlainText(
        max_length=LONGEST_ALIAS,
        label=_("A name for this visit, which tells nobody else who it is"),
        help_text=_("Agree on it with the volunteer by voice. Not the person's own name, and no number."),
    )
    safe = forms.BooleanField(
        required=False, label=_("I read above how it is safe to reach the person, and a visit by this volunteer is safe")
    )

    def __init__(self, *args: Any, to_ask: ToAsk, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["volunteer"].choices = [("", _("Choose")), *((str(pk), name) for pk, name in to_ask.volunteers)]
        self.fields["follow_up"].choices = [("", "—"), *((str(pk), months_after(month)) for pk, month in to_ask.follow_ups)]
        self.fields["by_day"].initial = clock.today()
        if not to_ask.follow_ups:
            self.fields["kind"].choices = [choice for choice in VisitKind.choices if choice[0] != VisitKind.FOLLOW_UP]
            self.fields["follow_up"].widget = forms.HiddenInput()

    def clean(self) -> dict[str, Any]:
        """All of it as one thing, once each field is well."""
        typed = super().clean() or self.cleaned_data
        if not self.errors:
            known = {name: typed[name] for name in ("kind", "by_day", "alias", "safe", "why")}
            follow_up = UUID(typed["follow_up"]) if typed["follow_up"] else None
            typed["wanted"] = Wanted(volunteer=UUID(typed["volunteer"]), follow_up=follow_up, **known)
        return typed


class TellVisitForm(SentForm):
    """What came of a visit."""

    result = Code(VisitResult, radio=True, label=_("What came of it"))
    words = PlainText(
        max_length=LONGEST_TOLD,
        lines=5,
        required=False,
        label=_("What you saw and heard, in your own words"),
        help_text=_("Write no name and no address. When it is sent, you cannot read it again."),
    )
    envelope = Sealed(required=False)
