"""The forms about custodians and ways back."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from spean.accounts.enums import Way
from spean.surfaces.desk.fields import Code, PlainForm, PlainText
from spean.surfaces.desk.people_forms import LONGEST_TYPED, DigitsForm, new_password


class CustodianForm(PlainForm):
    """Whom to name."""

    username = PlainText(
        max_length=LONGEST_TYPED,
        label=_("Sign-in name"),
        help_text=_("Ask the person for it. It may be somebody of another organisation."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["username"].widget.attrs.update({"autocomplete": "off", "autocapitalize": "none", "spellcheck": "false"})


class ReleaseForm(DigitsForm):
    """The digits that the person read out, and a second look."""

    sure = forms.BooleanField(label=_("I know this person, and I met them or heard their voice just now"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["sure"].error_messages["required"] = _("Release nothing before you have met the person or heard their voice.")


class WayForm(PlainForm):
    """How the person comes back."""

    way = Code(radio=True, label=_("How they come back"))

    def __init__(self, *args: Any, can_help: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        ways = [Way.CUSTODIANS, Way.NEW_KEYS] if can_help else [Way.NEW_KEYS]
        self.fields["way"].choices = [(w.value, w.label) for w in ways]
        self.fields["way"].initial = ways[0]


class TakeUpForm(DigitsForm):
    """The sign-in name, and the code that was spoken."""

    username = PlainText(max_length=LONGEST_TYPED, label=_("Sign-in name"))
    field_order = ("username", "fingerprint")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["fingerprint"].label = _("The 20 digits that you were told")
        self.fields["username"].widget.attrs.update({"autocomplete": "username", "autocapitalize": "none"})


class NewPasswordForm(PlainForm):
    """The password to be made."""

    password = new_password()
