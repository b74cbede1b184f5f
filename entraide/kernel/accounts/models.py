"""Accounts (people who sign in) and posts (a function at a body, for a term)."""

from typing import Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import F, Q
from django.utils.crypto import salted_hmac

from entraide.kernel.access.principals import circle
from entraide.kernel.accounts.choices import Function
from entraide.kernel.base import clock
from entraide.kernel.base.ids import uuid7
from entraide.kernel.base.models import Record
from entraide.kernel.bodies.models import Body


class AccountManager(BaseUserManager["Account"]):
    """Makes accounts; used by the administrator's page and by the command line."""

    def create_user(self, email: str, name: str, password: str | None = None, language: str = "en") -> "Account":
        """An account that can sign in once it has a password."""
        account = self.model(email=self.normalize_email(email).lower(), name=name, language=language)
        account.set_password(password)
        account.save(using=self._db)
        return account


class Account(AbstractBaseUser):
    """A person who signs in. Says nothing of what she may do: posts do."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    email = models.EmailField(unique=True)
    name = models.CharField(max_length=120)
    language = models.CharField(max_length=5, default="en")
    zone = models.CharField(max_length=64, blank=True, default="", help_text="IANA name; empty: by the country of the post")
    is_active = models.BooleanField(default=True)
    created_at = models.DateTimeField(default=clock.now, editable=False)
    sessions_ended = models.PositiveIntegerField(default=0, help_text="how often every session was ended; a session knows the number")

    objects: ClassVar[AccountManager] = AccountManager()
    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = ["name"]

    def get_session_auth_hash(self) -> str:
        """What a session must know to go on: it changes with the password, and whenever all sessions are ended."""
        return salted_hmac("accounts.session", f"{self.sessions_ended}:{self.password}", algorithm="sha256").hexdigest()

    def end_sessions(self) -> None:
        """Ends every session of this account, wherever it is."""
        self.sessions_ended += 1
        self.save(update_fields=["sessions_ended"])


class Post(Record):
    """A function at a body, held by one person for a term."""

    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="posts")
    function = models.CharField(max_length=20, choices=Function.choices)
    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="posts")
    circle = models.UUIDField(editable=False, help_text="all posts of this function at this body, as an audience names them")
    holder_name = models.CharField(max_length=120, help_text="shown to colleagues at the same body")
    since = models.DateField(default=clock.today)
    until = models.DateField(null=True, help_text="the first day on which it is no longer held")

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(until__isnull=True) | Q(until__gte=F("since")), name="post_ends_after_it_begins"),
            models.UniqueConstraint(fields=["body", "function", "account"], condition=Q(until__isnull=True), name="a_post_once"),
        ]
        indexes = [models.Index(fields=["account"])]

    def save(self, **kwargs: Any) -> None:  # Django's own arguments
        """Fills in the circle, which follows from body and function."""
        self.circle = circle(self.body_id, self.function)
        super().save(**kwargs)

    @property
    def label(self) -> str:
        """Function and name, for colleagues."""
        return f"{self.holder_name} ({self.get_function_display()})"
