"""Passkeys, by allauth's views in our turn: they prove the person and open no key. Each change stands in the trail."""

from typing import Any

from allauth.mfa.adapter import get_adapter
from allauth.mfa.webauthn.internal import auth, flows
from allauth.mfa.webauthn.views import AddWebAuthnView, EditWebAuthnView, LoginWebAuthnView, RemoveWebAuthnView
from django.contrib import messages
from django.db import transaction
from django.forms import Form
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.urls import reverse, reverse_lazy
from django.utils.translation import gettext_lazy as _

from spean.accounts.operations import note_passkey
from spean.surfaces.desk.acting import acting, say

_UNKNOWN = _("This passkey is not known here, or was answered too late. Sign in with your password, or try again.")


class AddPasskey(AddWebAuthnView):
    """A passkey that stays on its device and asks there who its user is: fit to sign in with, not only as a second step."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The options, made for this one page."""
        context = super(AddWebAuthnView, self).get_context_data(**kwargs)
        context["options"] = auth.begin_registration(self.request.user, True)  # noqa: FBT003 - allauth's own
        return context

    def form_valid(self, form: Form) -> HttpResponse:
        """Kept, named, written in the trail; the first second step brings spare codes."""
        with transaction.atomic():
            made, codes = flows.add_authenticator(self.request, **{k: form.cleaned_data[k] for k in ("name", "credential")})
            note_passkey(acting(self.request), made.pk, "added")
        say(self.request, _("The passkey is kept."), _("Next time you can sign in with it. Your password still opens your keys."))
        return HttpResponseRedirect(reverse("mfa_view_recovery_codes" if codes else "mfa_list_webauthn"))


class NamePasskey(EditWebAuthnView):
    """Another name."""

    def form_valid(self, form: Form) -> HttpResponse:
        """Saved, and written in the trail."""
        with transaction.atomic():
            note_passkey(acting(self.request), self.get_object().pk, "named")
            return super().form_valid(form)


class RemovePasskey(RemoveWebAuthnView):
    """The passkey works no more, unless it is the last second step and an organisation asks for one."""

    success_url = reverse_lazy("mfa_list_webauthn")

    def form_valid(self, form: Form) -> HttpResponse:
        """Gone, and written in the trail."""
        passkey = self.get_object()
        if not get_adapter().can_delete_authenticator(passkey):
            messages.error(self.request, str(get_adapter().error_messages["cannot_delete_authenticator"]))
            return HttpResponseRedirect(self.get_success_url())
        with transaction.atomic():
            note_passkey(acting(self.request), passkey.pk, "removed")
            answer = super().form_valid(form)
        say(self.request, _("The passkey is removed."), _("Delete it on your device too."))
        return answer


class PasskeySignIn(LoginWebAuthnView):
    """In, with locked keys. What to sign is asked for at the click, so that no session begins before."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """A challenge for whoever holds a passkey of this host."""
        return JsonResponse(auth.begin_authentication(user=None))

    def form_invalid(self, form: Form) -> HttpResponse:
        """Back to the sign-in page, with the reason."""
        messages.error(self.request, str(_UNKNOWN))
        return HttpResponseRedirect(reverse("account_login"))
