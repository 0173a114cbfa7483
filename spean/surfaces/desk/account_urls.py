"""Addresses of signing in, under /km/account/ and /en/account/: of allauth's views, only those that we use."""

from allauth.account import views as account
from allauth.mfa.base import views as mfa
from allauth.mfa.recovery_codes import views as codes
from allauth.mfa.totp import views as totp
from django.urls import path
from django.views.decorators.http import require_GET

from spean.surfaces.desk.account_views import SignOut, closed, password_first, to_recovery, totp_picture

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
    path("spare-codes/", password_first(require_GET(codes.view_recovery_codes)), name="mfa_view_recovery_codes"),
    path("spare-codes/new/", password_first(codes.generate_recovery_codes), name="mfa_generate_recovery_codes"),
    path("spare-codes/file/", password_first(require_GET(codes.download_recovery_codes)), name="mfa_download_recovery_codes"),
]
