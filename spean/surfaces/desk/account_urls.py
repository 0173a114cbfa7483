"""Addresses of signing in, under /km/account/ and /en/account/: of allauth's views, only those that we use."""

from allauth.account import views as account
from allauth.mfa.base import views as mfa
from allauth.mfa.recovery_codes import views as codes
from allauth.mfa.totp import views as totp
from allauth.mfa.webauthn import views as webauthn
from django.urls import path
from django.views.decorators.http import require_GET, require_safe

from spean.surfaces.desk.account_views import SignOut, closed, password_first, to_recovery, totp_picture
from spean.surfaces.desk.passkeys import AddPasskey, NamePasskey, PasskeySignIn, RemovePasskey

urlpatterns = [
    path("sign-in/", account.login, name="account_login"),
    path("sign-out/", SignOut.as_view(), name="account_logout"),
    path("inactive/", account.account_inactive, name="account_inactive"),
    path("password/", account.reauthenticate, name="account_reauthenticate"),
    path("sign-up/", closed, name="account_signup"),
    path("forgotten/", to_recovery, name="account_reset_password"),
    path("second-step/", mfa.index, name="mfa_index"),
    path("second-step/code/", mfa.authenticate, name="mfa_authenticate"),
    path("second-step/on/", password_first(totp.activate_totp), name="mfa_activate_totp"),
    path("second-step/picture.svg", totp_picture, name="totp_picture"),
    path("second-step/off/", password_first(totp.deactivate_totp), name="mfa_deactivate_totp"),
    path("passkey/", PasskeySignIn.as_view(), name="mfa_login_webauthn"),
    path("passkeys/", require_safe(webauthn.list_webauthn), name="mfa_list_webauthn"),
    path("passkeys/new/", password_first(AddPasskey.as_view()), name="mfa_add_webauthn"),
    path("passkeys/<int:pk>/name/", password_first(NamePasskey.as_view()), name="mfa_edit_webauthn"),
    path("passkeys/<int:pk>/remove/", password_first(RemovePasskey.as_view()), name="mfa_remove_webauthn"),
    path("spare-codes/", password_first(require_GET(codes.view_recovery_codes)), name="mfa_view_recovery_codes"),
    path("spare-codes/new/", password_first(codes.generate_recovery_codes), name="mfa_generate_recovery_codes"),
    path("spare-codes/file/", password_first(require_GET(codes.download_recovery_codes)), name="mfa_download_recovery_codes"),
]
