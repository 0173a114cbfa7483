"""The forms that allauth's pages use: our words, Khmer digits, every code used once."""

from typing import Any

from allauth.account import forms as account_forms
from allauth.account.adapter import get_adapter
from allauth.core import context, ratelimit
from allauth.mfa.adapter import get_adapter as get_second_factor_adapter
from allauth.mfa.base.forms import AuthenticateForm
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.forms import ActivateTOTPForm
from allauth.mfa.totp.internal import auth as totp
from allauth.mfa.utils import decrypt
from allauth.mfa.webauthn import forms as webauthn
from django import forms
from django.core.validators import MaxLengthValidator, ProhibitNullCharactersValidator
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _

from spean.accounts import signin
from spean.accounts.names import sign_in_name
from spean.kernel import ids

LONGEST_TYPED, LONGEST_PASSKEY = 1000, 60


class LoginForm(account_forms.LoginForm):
    """Sign-in. The keys are opened with the password while it is at hand; the second step comes after."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        name, password = self.fields["login"], self.fields["password"]
        name.label, name.max_length = _("Sign-in name"), None
        name.validators = []
        name.widget.attrs = {"class": "input", "autocomplete": "username", "autocapitalize": "none", "spellcheck": "false"}
        _dress(password)

    def clean_login(self) -> str:
        """The name in its one form; one that cannot exist is looked up like any other."""
        return sign_in_name(self.cleaned_data["login"][:LONGEST_TYPED]) or "-"

    def login(self, request: HttpRequest, redirect_url: str | None = None) -> HttpResponse:
        """Open the keys, then let allauth go on; a person without a session gets no use of them."""
        if self.user.is_active:
            signin.open_keys(request, self.user.pk, self.cleaned_data["password"])
        return super().login(request, redirect_url)


class ReauthenticateForm(account_forms.ReauthenticateForm):
    """The password once more, before the second step is changed."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _dress(self.fields["password"])


class CodeForm(AuthenticateForm):
    """The second step: the telephone's six digits or a spare code, in Khmer or Latin digits, each accepted once."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _dress_code(self.fields["code"])

    def clean_code(self) -> str:
        """Counted per person, which only somebody who knows the password can use up."""
        key = f"second-factor-{self.user.pk}"
        if not ratelimit.consume(context.request, action="second_factor", key=key):
            raise get_adapter().validation_error("too_many_login_attempts")
        self.cleaned_data["code"] = ids.only_digits(self.cleaned_data["code"])
        code = super().clean_code()
        if self.authenticator.type == Authenticator.Type.TOTP and not use_once(self.authenticator, code):
            raise get_second_factor_adapter().validation_error("incorrect_code")
        ratelimit.clear(context.request, action="second_factor", key=key)
        return code


class ActivateForm(ActivateTOTPForm):
    """The first code of a new telephone."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _dress_code(self.fields["code"])

    def clean_code(self) -> str:
        """In Khmer or Latin digits."""
        self.cleaned_data["code"] = ids.only_digits(self.cleaned_data["code"])
        return super().clean_code()


class AnswerField(forms.JSONField):
    """What a browser answered for a passkey: an object of objects, else it is refused before anything reads it."""

    def to_python(self, value: Any) -> Any:
        """The answer."""
        answer = super().to_python(value) if value else value
        if value and not (isinstance(answer, dict) and isinstance(answer.get("response"), dict)):
            raise get_second_factor_adapter().validation_error("incorrect_code")
        return answer


class _Answered:
    """Whatever of an answer cannot be read is a wrong answer."""

    def full_clean(self) -> None:
        """As Django does it, and without a way to fall over."""
        try:
            super().full_clean()  # type: ignore[misc]
        except (AttributeError, KeyError, TypeError, ValueError):
            self.cleaned_data: dict[str, Any] = {}
            self.add_error("credential", get_second_factor_adapter().validation_error("incorrect_code"))  # type: ignore[attr-defined]


class PasskeyForm(_Answered, webauthn.AddWebAuthnForm):
    """A new passkey and its name."""

    credential = AnswerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields.pop("passwordless", None)
        _dress_name(self.fields["name"])


class PasskeyNameForm(webauthn.EditWebAuthnForm):
    """Another name for it."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _dress_name(self.fields["name"])


class PasskeySignInForm(_Answered, webauthn.LoginWebAuthnForm):
    """In by a passkey, without a password."""

    credential = AnswerField(widget=forms.HiddenInput)


class PasskeyStepForm(_Answered, webauthn.AuthenticateWebAuthnForm):
    """A passkey after the password."""

    credential = AnswerField(widget=forms.HiddenInput)


@transaction.atomic
def use_once(authenticator: Authenticator, code: str) -> bool:
    """Whether this code's step was not used before, in any process. A step far ahead, from a clock put back, is forgotten."""
    row = Authenticator.objects.select_for_update().get(pk=authenticator.pk)
    secret, window = decrypt(row.data["secret"]), list(totp.yield_hotp_counters_from_time())
    step = next((c for c in window if totp.format_hotp_value(totp.hotp_value(secret, c)) == code), None)
    last = row.data.get("used_step", -1)
    if step is None or step <= last <= window[-1]:
        return False
    row.data["used_step"] = step
    row.save(update_fields=["data"])
    authenticator.data = row.data
    return True


def _dress(password: forms.Field) -> None:
    password.label, password.help_text = _("Password"), ""
    password.widget.attrs = {"class": "input", "autocomplete": "current-password"}


def _dress_code(code: forms.Field) -> None:
    code.label = _("Code")
    code.widget.attrs = {"class": "input", "autocomplete": "one-time-code", "inputmode": "numeric"}


def _dress_name(name: forms.Field) -> None:
    name.label, name.max_length = _("Name of the passkey"), LONGEST_PASSKEY
    name.help_text = _("So that you know it again, for example: my telephone.")
    name.validators = [MaxLengthValidator(LONGEST_PASSKEY), ProhibitNullCharactersValidator()]
    name.widget.attrs = {"class": "input", "autocomplete": "off"}
