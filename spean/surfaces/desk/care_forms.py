"""The forms of the plan of a case: the person's wish, a goal, what becomes of it, a supervisor's word."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from spean.cases import enums
from spean.cases.operations.planning import GoalDraft
from spean.directory.enums import Need
from spean.surfaces.desk.fields import Code, Codes, Day, PlainForm, PlainText, SentForm

LONGEST_WISH, LONGEST_GOAL, LONGEST_REASON = 4000, 600, 2000


class WishForm(PlainForm):
    """What the person wishes."""

    text = PlainText(max_length=LONGEST_WISH, lines=4, label=_("What the person wishes, in their own words"))


class GoalForm(SentForm):
    """A goal; with `goal`, another one in the place of that one."""

    goal = forms.UUIDField(required=False, widget=forms.HiddenInput)
    domain = Code(enums.NeedDomain, empty=_("Choose"), label=_("What it is about"))
    words = PlainText(max_length=LONGEST_GOAL, lines=2, label=_("The goal, so that both see when it is reached"))
    target_on = Day(label=_("Until which day"))
    payer = Code(enums.Payer, initial=enums.Payer.NOT_KNOWN, label=_("Who pays"))
    tasks = Codes(label=_("Which tasks lead to it"))

    def __init__(self, *args: Any, tasks: Sequence[tuple[UUID, str]] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["tasks"].choices = [(str(pk), label) for pk, label in tasks]
        if not tasks:
            self.fields["tasks"].widget = forms.MultipleHiddenInput()

    def clean(self) -> dict[str, Any]:
        """All of it as one thing, once each field is well."""
        typed = super().clean() or self.cleaned_data
        if not self.errors:
            tasks = frozenset(UUID(pk) for pk in typed["tasks"])
            typed["draft"] = GoalDraft(typed["domain"], typed["words"], typed["target_on"], typed["payer"], tasks, typed["goal"])
        return typed


class GoalPickForm(PlainForm):
    """Which goal is meant."""

    goal = forms.UUIDField(widget=forms.HiddenInput)


class ServiceForm(PlainForm):
    """Which service helps with a goal, and with which need; no service takes it away."""

    service = forms.UUIDField(required=False, widget=forms.HiddenInput)
    need = Code(Need, required=False, widget=forms.HiddenInput())


class NeedForm(PlainForm):
    """With what the person needs help."""

    need = Code(Need, label=_("With what the person needs help"))


class ApproveForm(PlainForm):
    """Which plan was read: an older one is not approved."""

    revision = forms.IntegerField(min_value=0, widget=forms.HiddenInput)


class ReturnForm(ApproveForm):
    """Why it is returned."""

    text = PlainText(max_length=LONGEST_REASON, lines=3, label=_("Why it is returned"))
