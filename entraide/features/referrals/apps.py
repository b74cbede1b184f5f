"""Django's entry to the app."""

from django.apps import AppConfig


class ReferralsConfig(AppConfig):
    """Referrals."""

    name = "entraide.features.referrals"
    label = "referrals"

    def ready(self) -> None:
        """Tells the room below what follows when an agreement ends, also after a restore, and what its page shows of referrals."""
        from entraide.features.referrals import consequences, panel, restoring  # noqa: F401
