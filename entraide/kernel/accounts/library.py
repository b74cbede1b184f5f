"""The pages of the sign-in library that are open here, named one by one; what is not listed is not found."""

from allauth.account import views as account
from allauth.account.internal.flows.login import record_authentication
from allauth.mfa.base import views as mfa
from allauth.mfa.recovery_codes import views as codes
from allauth.mfa.totp.views import ActivateTOTPView, DeactivateTOTPView
from django.contrib.auth import update_session_auth_hash
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import path, re_path

from entraide.kernel.accounts.doors import account_of, mark_second_factor, public, signed_in


class ActivateTOTP(ActivateTOTPView):  # type: ignore[misc]  # the library carries no types
    """Whoever has just typed the first code has shown the second factor in this session."""

    def form_valid(self, form: object) -> HttpResponse:
        """The library's work, then the mark; the recovery codes follow without another question."""
        response: HttpResponse = super().form_valid(form)
        mark_second_factor(self.request)
        record_authentication(self.request, self.request.user, method="mfa", type="totp", reauthenticated=True)
        return response


class DeactivateTOTP(DeactivateTOTPView):  # type: ignore[misc]  # the library carries no types
    """Whoever removes the second factor ends all other sessions: one of them may be why she removes it."""

    def form_valid(self, form: object) -> HttpResponse:
        """The library's work; this session alone goes on."""
        response: HttpResponse = super().form_valid(form)
        account = account_of(self.request)
        account.end_sessions()
        update_session_auth_hash(self.request, account)
        return response


@signed_in
def own_account(request: HttpRequest) -> HttpResponse:
    """The way to password and second factor stands beside one's posts."""
    return redirect("accounts:posts")


@public("closed: the library needs the name to exist")
def closed(request: HttpRequest, key: str = "") -> HttpResponse:
    """Addresses are given by administrators, passwords by link, and no mail carries a code to sign in with."""
    raise Http404


urlpatterns = [
    path("", own_account, name="account_home"),
    path("login/", account.login, name="account_login"),
    path("logout/", account.logout, name="account_logout"),
    path("inactive/", account.account_inactive, name="account_inactive"),
    path("signup/", account.signup, name="account_signup"),
    path("reauthenticate/", account.reauthenticate, name="account_reauthenticate"),
    path("password/change/", account.password_change, name="account_change_password"),
    path("password/reset/", account.password_reset, name="account_reset_password"),
    path("password/reset/done/", account.password_reset_done, name="account_reset_password_done"),
    path("password/reset/key/done/", account.password_reset_from_key_done, name="account_reset_password_from_key_done"),
    re_path(
        r"^password/reset/key/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$",
        account.password_reset_from_key,
        name="account_reset_password_from_key",
    ),
    path("2fa/", mfa.index, name="mfa_index"),
    path("2fa/authenticate/", mfa.authenticate, name="mfa_authenticate"),
    path("2fa/reauthenticate/", mfa.reauthenticate, name="mfa_reauthenticate"),
    path("2fa/totp/activate/", ActivateTOTP.as_view(), name="mfa_activate_totp"),
    path("2fa/totp/deactivate/", DeactivateTOTP.as_view(), name="mfa_deactivate_totp"),
    path("2fa/recovery-codes/", codes.view_recovery_codes, name="mfa_view_recovery_codes"),
    path("2fa/recovery-codes/generate/", codes.generate_recovery_codes, name="mfa_generate_recovery_codes"),
    path("2fa/recovery-codes/download/", codes.download_recovery_codes, name="mfa_download_recovery_codes"),
    path("email/", closed, name="account_email"),
    path("password/set/", closed, name="account_set_password"),
    path("confirm-email/", closed, name="account_email_verification_sent"),
    path("confirm-email/<str:key>/", closed, name="account_confirm_email"),
    path("login/code/confirm/", closed, name="account_confirm_login_code"),
]
