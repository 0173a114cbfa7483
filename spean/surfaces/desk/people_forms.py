"""The forms about people and their own accounts."""

from typing import Any
from uuid import UUID

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from spean.accounts.enums import Digest
from spean.accounts.names import LONGEST, LONGEST_SIGN_IN
from spean.accounts.passwords import StrongEnough
from spean.kernel import ids
from spean.surfaces.desk.fields import Code, Day, PlainForm, PlainText, SentForm

LONGEST_TYPED = 1000
LONGEST_TEAM = 160


class Password(forms.CharField):
    """A password, exactly as typed. `now` is "current-password" or "new-password", for the browser's own store."""

    def __init__(self, now: str, **kwargs: Any) -> None:
        kwargs["widget"] = forms.PasswordInput(attrs={"class": "input", "autocomplete": now})
        super().__init__(strip=False, max_length=LONGEST_TYPED, **kwargs)
        self.error_messages["required"] = _("Write the password.")

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        """Nothing is cut off what is pasted."""
        return {}


def new_password() -> Password:
    """A field for a password to be made, with the rule beside it."""
    return Password("new-password", label=_("New password"), help_text=StrongEnough().get_help_text())


class UnlockForm(PlainForm):
    """The password, to open the keys again; what was typed before rides along."""

    password = Password("current-password", label=_("Password"))
    next = forms.CharField(required=False, widget=forms.HiddenInput)
    held = forms.CharField(required=False, strip=False, widget=forms.HiddenInput)


class JoinForm(PlainForm):
    """Who accepts an invitation."""

    name = PlainText(max_length=LONGEST, label=_("Your name, as your colleagues know you"))
    username = PlainText(
        max_length=LONGEST_SIGN_IN,
        label=_("Sign-in name"),
        help_text=_("Choose a short name for signing in. Letters, digits, dots and dashes."),
    )
    password = new_password()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        plain = {"autocapitalize": "none", "spellcheck": "false", "autocomplete": "username"}
        self.fields["username"].widget.attrs.update(plain)
        self.fields["name"].widget.attrs["autocomplete"] = "name"


class RecoverForm(PlainForm):
    """The printed sheet in place of the password."""

    username = PlainText(max_length=LONGEST_TYPED, label=_("Sign-in name"))
    code = PlainText(
        max_length=LONGEST_TYPED,
        label=_("Recovery code"),
        help_text=_("It is on the sheet that you printed: groups of four letters and digits."),
    )
    password = new_password()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["username"].widget.attrs.update({"autocomplete": "username", "autocapitalize": "none"})
        self.fields["code"].widget.attrs.update({"autocomplete": "off", "autocapitalize": "characters"})


class OwnForm(PlainForm):
    """Name and language."""

    name = PlainText(max_length=LONGEST, label=_("Your name, as your colleagues know you"))
    language = Code(label=_("Language of what we send you"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["language"].choices = settings.LANGUAGES


class PasswordForm(PlainForm):
    """Another password."""

    old = Password("current-password", label=_("Present password"))
    password = new_password()


class InviteForm(SentForm):
    """Whom to invite. A volunteer's village is chosen beside it."""

    role = Code(radio=True, label=_("Role"))

    def __init__(self, *args: Any, roles: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["role"].choices = roles


class TeamForm(SentForm):
    """A new team. The place whose reports it reads is chosen beside it."""

    organisation = Code(label=_("Organisation"))
    name_km = PlainText(max_length=LONGEST_TEAM, label=_("Name in Khmer"))
    name_en = PlainText(max_length=LONGEST_TEAM, label=_("Name in English"))
    receives_reports = forms.BooleanField(required=False, label=_("This team reads what people report"))

    def __init__(self, *args: Any, organisations: list[tuple[UUID, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["organisation"].choices = [(str(pk), name) for pk, name in organisations]


class DigitsForm(PlainForm):
    """The digits that the other person read out."""

    fingerprint = forms.CharField(max_length=LONGEST_TYPED, label=_("The 20 digits that you heard"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["fingerprint"].widget.attrs.update({"inputmode": "numeric", "autocomplete": "off"})

    def clean_fingerprint(self) -> str:
        """Only the digits, in Latin script."""
        typed = ids.only_digits(self.cleaned_data["fingerprint"])
        if len(typed) != 20:  # noqa: PLR2004 - as `keys.fingerprint` says
            raise forms.ValidationError(_("There are 20 digits, in four groups of five. Ask for them again."))
        return typed


class VouchForm(DigitsForm):
    """A supervisor of another team, and the digits that she read out."""

    person = Code(label=_("For whom"))
    field_order = ("person", "fingerprint")

    def __init__(self, *args: Any, people: list[tuple[UUID, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["person"].choices = [("", _("Choose")), *((str(pk), name) for pk, name in people)]


class TakerForm(PlainForm):
    """Who takes the work over."""

    to = Code(label=_("Who takes it over"))

    def __init__(self, *args: Any, takers: list[tuple[UUID, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["to"].choices = [("", _("Choose")), *((str(pk), name) for pk, name in takers)]


class TrailForm(PlainForm):
    """What to look for in the trail."""

    verb = Code(required=False, label=_("What was done"))
    person = Code(required=False, label=_("Who did it"))
    subject = forms.UUIDField(required=False, label=_("The number (id) of the thing"))
    day = Day(required=False, label=_("On the day"))

    def __init__(self, *args: Any, verbs: list[tuple[str, str]], people: list[tuple[UUID, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        everybody = [("public", _("Somebody from the public")), ("system", _("The system"))]
        self.fields["verb"].choices = [("", _("Everything")), *verbs]
        self.fields["person"].choices = [("", _("Everybody")), *everybody, *((str(pk), name) for pk, name in people)]
        self.fields["subject"].widget.attrs.update({"class": "input", "autocomplete": "off", "data-filter": ""})
        self.fields["subject"].error_messages["invalid"] = _("This is not a number (id) from the trail. Copy it whole.")


class DigestForm(PlainForm):
    """Where and how often an e-mail without content is sent."""

    email = PlainText(max_length=254, required=False, label=_("E-mail address"))
    digest = Code(Digest, radio=True, label=_("How often"))
