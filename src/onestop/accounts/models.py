"""The tables of people who can log in, and of their sessions."""

from typing import Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models.functions import Lower, Now


class AccountStore(BaseUserManager["Account"]):
    """Finds accounts by their user name, whatever its case."""

    def get_by_natural_key(self, username: str | None) -> "Account":
        """Return the account of that user name. Raises `Account.DoesNotExist`."""
        return self.get(username=(username or "").lower())


class Account(AbstractBaseUser):
    """A person who can log in (tài khoản).

    Holds no right by itself: rights come from postings and from being, or representing, an applicant.
    User names are kept in lower case, so that there is one way to write each.
    """

    username = models.CharField(max_length=64, unique=True)
    full_name = models.CharField(max_length=120)
    language = models.CharField(max_length=2, default="vi")
    is_active = models.BooleanField(default=True)
    opened_at = models.DateTimeField()
    opened_by = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    password_changed_at = models.DateTimeField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)

    objects: ClassVar[AccountStore] = AccountStore()

    USERNAME_FIELD = "username"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["full_name"]

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(username=Lower("username")), name="usernames_are_lower_case"),
        ]

    def __str__(self) -> str:
        return self.username

    def get_full_name(self) -> str:
        """Return the name shown to people."""
        return self.full_name

    def get_short_name(self) -> str:
        """Return the given name: the last word, as Vietnamese names are called."""
        return self.full_name.split()[-1] if self.full_name else self.username


class Session(models.Model):
    """One logged-in browser (phiên làm việc).

    The key is kept as its SHA-256: whoever reads the table cannot take over a session.
    """

    key_hash = models.CharField(max_length=64, primary_key=True)
    account = models.ForeignKey(Account, on_delete=models.CASCADE, null=True, related_name="sessions")
    data: "models.JSONField[dict[str, Any], dict[str, Any]]" = models.JSONField(default=dict)
    started_at = models.DateTimeField(db_default=Now())
    expires_at = models.DateTimeField(db_index=True)

    def __str__(self) -> str:
        return self.key_hash[:8]


class WrongGuesses(models.Model):
    """How often somebody was wrong about a secret lately (số lần đoán sai), so that guessing takes for ever.

    `subject` is a keyed hash of who guessed, or of what was guessed at: no address and no code is kept.
    """

    purpose = models.CharField(max_length=24)
    subject = models.CharField(max_length=64)
    since = models.DateTimeField()
    wrong = models.PositiveIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["purpose", "subject"], name="one_count_a_subject")]
        indexes = [models.Index(fields=["since"], name="old_guesses")]

    def __str__(self) -> str:
        return f"{self.purpose} {self.subject[:8]}: {self.wrong}"
