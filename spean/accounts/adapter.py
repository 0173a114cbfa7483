"""What allauth asks of us: no sign-up, no e-mail, our words; secrets of the second factor sealed outside the database."""

import base64
import time
from typing import Any, ClassVar

from allauth.account import app_settings
from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.authentication import get_authentication_records
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext_lazy as _

from spean.accounts import signin
from spean.accounts.models import User
from spean.accounts.queries import actor_for, must_have_second_factor
from spean.privacy.derivation import hkdf
from spean.privacy.keystore import keystore
from spean.privacy.sealing import open_bytes, seal_bytes

_AAD = b"second-factor-v1"
_TOO_MANY = _("Too many attempts. Wait a few minutes and try again.")


class AccountAdapter(DefaultAccountAdapter):
    """Sign-in by name and password, for people who were invited."""

    error_messages: ClassVar[dict[str, Any]] = {
        **DefaultAccountAdapter.error_messages,
        "username_password_mismatch": _("This name and this password do not belong together."),
        "incorrect_password": _("This is not your password."),
        "too_many_login_attempts": _TOO_MANY,
        "rate_limited": _TOO_MANY,
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """People come by invitation only."""
        return False

    def is_ajax(self, request: HttpRequest) -> bool:
        """Pages only: a form is never echoed as JSON."""
        return False

    def is_safe_url(self, url: str) -> bool:
        """Only a path on this host."""
        return url_has_allowed_host_and_scheme(url, allowed_hosts=None) and url.startswith("/")

    def add_message(self, *args: Any, **kwargs: Any) -> None:
        """Our pages say what happened."""

    def send_mail(self, *args: Any, **kwargs: Any) -> None:
        """Nothing about an account goes by e-mail."""

    def send_notification_mail(self, *args: Any, **kwargs: Any) -> None:
        """Nor a notice of it."""

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        """Today."""
        return reverse("desk:today")

    def post_login(self, request: HttpRequest, user: User, **kwargs: Any) -> HttpResponse:  # type: ignore[override]
        """Signed in, second factor and all: the teams' keys are tended if they wait for this person."""
        signin.note_here(request)
        ring = signin.opened(request)
        if ring is not None:
            signin.tend(actor_for(user, ring))
        return super().post_login(request, user, **kwargs)

    def get_reauthentication_methods(self, user: User) -> list[dict[str, Any]]:  # type: ignore[override]
        """By the password only."""
        if not user.is_authenticated:
            return []
        return [{"id": "reauthenticate", "description": _("Password"), "url": reverse("account_reauthenticate")}]

    def is_reauthentication_required(self, *, app: str, **kwargs: Any) -> bool:
        """Not of somebody who typed the password in the last few minutes to sign in."""
        request = self.request
        records = get_authentication_records(request, request.user) if request.user.is_authenticated else []
        typed = [r["at"] for r in records if r.get("method") == "password"]
        return not typed or time.time() - typed[-1] > app_settings.REAUTHENTICATION_TIMEOUT


class SecondFactorAdapter(DefaultMFAAdapter):
    """TOTP, passkeys and spare codes. Their secrets are sealed under a key of the keystore: a stolen database gives no codes."""

    error_messages: ClassVar[dict[str, Any]] = {
        **DefaultMFAAdapter.error_messages,
        "incorrect_code": _("This code is not right, or was used before. Wait for the next one."),
        "cannot_delete_authenticator": _("Your organisation asks for the second step at sign-in. It stays on."),
    }

    def encrypt(self, text: str) -> str:
        """For the database."""
        return base64.b64encode(seal_bytes(_key(), text.encode(), _AAD)).decode()

    def decrypt(self, encrypted_text: str) -> str:
        """From the database."""
        return open_bytes(_key(), base64.b64decode(encrypted_text), _AAD).decode()

    def get_totp_label(self, user: User) -> str:  # type: ignore[override]
        """The sign-in name."""
        return user.username

    def build_totp_svg(self, url: str) -> str:
        """Our own page draws it: see `totp_picture`."""
        return ""

    def can_delete_authenticator(self, authenticator: Authenticator) -> bool:
        """Not the last one where an organisation of this person asks for it; passkey and telephone are equal."""
        steps = Authenticator.objects.filter(user=authenticator.user).exclude(type=Authenticator.Type.RECOVERY_CODES)
        return steps.exclude(pk=authenticator.pk).exists() or not must_have_second_factor(authenticator.user)

    def generate_authenticator_name(self, user: User, type: Authenticator.Type) -> str:  # type: ignore[override]  # noqa: A002
        """What a passkey is called when its owner says nothing."""
        return str(_("My passkey"))

    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        """What a device shows beside a passkey."""
        return {**super().get_public_key_credential_rp_entity(), "name": "Spean"}

    def _get_site_name(self) -> str:
        return "Spean"

    def _get_user_identifier(self, user: User) -> str:  # type: ignore[override]
        return user.username


def _key() -> bytes:
    return hkdf(keystore().pepper(), b"second-factor-v1")
