"""What we ask of the sign-in library."""

from time import time
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.app_settings import REAUTHENTICATION_TIMEOUT
from allauth.account.internal.flows.login import get_authentication_records
from allauth.mfa.utils import is_mfa_enabled
from django.contrib.auth.base_user import AbstractBaseUser
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from entraide.kernel.accounts.tasks import send_account_notice, send_password_link


class Adapter(DefaultAccountAdapter):  # type: ignore[misc]  # the library carries no types
    """Nobody signs up: an administrator gives a post. Mails leave by a job, so that no answer takes longer for a known address."""

    error_messages = DefaultAccountAdapter.error_messages | {
        "email_password_mismatch": _("This address and this password do not go together. Try again, or say that you forgot the password."),
        "incorrect_password": _("This is not your password."),
        "enter_current_password": _("This is not your password."),
        "too_many_login_attempts": _("Too many attempts. Wait a few minutes, then try again."),
    }

    def is_reauthentication_required(self, *, app: str) -> bool:
        """Somebody new, who has just typed the password and has no second factor yet, is not asked for the password again at once."""
        user, required = self.request.user, bool(super().is_reauthentication_required(app=app))
        if not required or is_mfa_enabled(user):
            return required
        typed = [each["at"] for each in get_authentication_records(self.request, user) if each.get("method") == "password"]
        return not typed or time() - typed[-1] > REAUTHENTICATION_TIMEOUT

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Closed."""
        return False

    def send_password_reset_mail(self, user: AbstractBaseUser, email: str, context: dict[str, Any]) -> None:
        """Queues the link; the job makes it, so that it stands in no queue."""
        send_password_link.defer(account=str(user.pk))

    def send_notification_mail(
        self, template_prefix: str, user: AbstractBaseUser, context: dict[str, Any] | None = None, email: str | None = None
    ) -> None:
        """Queues a mail that says what changed in the account, without address of the machine or name of the browser."""
        send_account_notice.defer(account=str(user.pk), change=template_prefix.rsplit("/", 1)[-1])
