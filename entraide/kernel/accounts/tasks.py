"""The jobs that mail a link to set a password, and what changed in an account; both carry the account, never an address or a link."""

from urllib.parse import urljoin
from uuid import UUID

from django.conf import settings
from django.core.mail import send_mail
from django.urls import reverse
from django.utils import translation
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from procrastinate.contrib.django import app

from entraide.kernel.accounts.models import Account

CHANGES: dict[str, Promise] = {
    "password_changed": gettext_lazy("The password of your account was changed."),
    "password_reset": gettext_lazy("The password of your account was set anew."),
    "totp_activated": gettext_lazy("A telephone was added to your account as second factor."),
    "totp_deactivated": gettext_lazy("The second factor was removed from your account."),
    "recovery_codes_generated": gettext_lazy("New recovery codes were made for your account; the old ones no longer work."),
}


@app.task(name="accounts.password_link", queue="notices", retry=5)
def send_password_link(account: str) -> None:
    """A link with which the holder of the address sets a password; it works once."""
    person = Account.objects.filter(pk=UUID(account), is_active=True).first()
    if person is None:
        return
    with translation.override(person.language):
        body = _(
            "With this link you set the password of your Entraide account. It works once, and for three days:\n\n%(link)s\n\n"
            "If you did not expect this mail, do nothing: without the link nobody can set your password."
        ) % {"link": password_link(person)}
        send_mail(_("Set your password for Entraide"), body, None, [person.email])


@app.task(name="accounts.notice", queue="notices", retry=5)
def send_account_notice(account: str, change: str) -> None:
    """That something changed in an account, and what to do when it was somebody else."""
    person = Account.objects.filter(pk=UUID(account), is_active=True).first()
    if person is None:
        return
    with translation.override(person.language):
        body = _("%(change)s\n\nIf this was not you, tell the administrator of your body at once.") % {"change": CHANGES[change]}
        send_mail(_("Your Entraide account has changed"), body, None, [person.email])


def password_link(person: Account) -> str:
    """The address at which this person sets her password."""
    from allauth.account.forms import default_token_generator  # needs the apps to be loaded
    from allauth.account.utils import user_pk_to_url_str

    key = default_token_generator.make_token(person)
    return urljoin(
        settings.ENTRAIDE_ADDRESS,
        reverse("account_reset_password_from_key", kwargs={"uidb36": user_pk_to_url_str(person), "key": key}),
    )
