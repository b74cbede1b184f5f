"""The forms of the sign-in library in our words, without grey words inside the boxes."""

from typing import TYPE_CHECKING, Any

from allauth.account import forms as account
from allauth.mfa.base import forms as mfa
from allauth.mfa.totp import forms as totp
from django import forms
from django.utils.translation import gettext_lazy as _

from entraide.kernel.accounts import services

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

_LABELS: dict[str, "StrOrPromise"] = {
    "login": _("E-mail address"),
    "email": _("E-mail address"),
    "password": _("Password"),
    "oldpassword": _("Your password now"),
    "password1": _("New password"),
    "password2": _("New password, once more"),
    "code": _("Code"),
}
_HINTS: dict[str, "StrOrPromise"] = {
    "password1": _("At least 12 characters; several words are easier to remember than signs. Common passwords are refused."),
    "code": _("The six figures that the app on your telephone shows now, or one of your recovery codes."),
}


class Plain:
    """Gives a form of the library our labels and hints."""

    fields: dict[str, forms.Field]

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # the library's own arguments
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            field.label, field.help_text = _LABELS[name], _HINTS.get(name, "")
            field.widget.attrs.pop("placeholder", None)


class LoginForm(Plain, account.LoginForm):  # type: ignore[misc]  # the library carries no types
    """Address and password."""


class ResetPasswordForm(Plain, account.ResetPasswordForm):  # type: ignore[misc]
    """To which address the link goes."""


class ResetPasswordKeyForm(Plain, account.ResetPasswordKeyForm):  # type: ignore[misc]
    """A password for whoever came by the link."""

    def save(self) -> None:
        """The library's work; then what the old one opened is ended."""
        super().save()
        services.end_with_password(self.user)


class ChangePasswordForm(Plain, account.ChangePasswordForm):  # type: ignore[misc]
    """Another password."""

    def save(self) -> None:
        """The library's work; then what the old one opened is ended."""
        super().save()
        services.end_with_password(self.user)


class ReauthenticateForm(Plain, account.ReauthenticateForm):  # type: ignore[misc]
    """The password once more."""


class AuthenticateForm(Plain, mfa.AuthenticateForm):  # type: ignore[misc]
    """The code at sign-in."""


class MfaReauthenticateForm(Plain, mfa.ReauthenticateForm):  # type: ignore[misc]
    """The code once more."""


class ActivateTOTPForm(Plain, totp.ActivateTOTPForm):  # type: ignore[misc]
    """The first code of a new app."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # the library's own arguments
        super().__init__(*args, **kwargs)
        self.fields["code"].help_text = _("The six figures that the app shows now.")
