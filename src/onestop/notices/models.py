"""Slips once made; messages, what each person chose to get by e-mail, and the letters that carry them."""

from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from onestop.accounts.models import Account
from onestop.dossiers.models import Dossier
from onestop.notices.rules.messages import Topic
from onestop.notices.rules.slips import SlipKind


class Slip(models.Model):
    """A slip as it was issued (phiếu): which entry it belongs to, and the sealed file."""

    dossier = models.ForeignKey(Dossier, models.PROTECT, related_name="slips")
    sequence = models.PositiveIntegerField()
    kind = models.CharField(max_length=24, choices=[(kind.value, kind.name) for kind in SlipKind])
    number = models.CharField(max_length=60)
    sha256 = models.CharField(max_length=64)
    issued_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["dossier", "sequence"], name="one_slip_an_entry")]

    def __str__(self) -> str:
        return f"{self.kind} {self.number}"


class Message(models.Model):
    """What one person is told of one entry of the journal (thông báo): a kind and parameters, never a sentence.

    `entry` is the entry's id; no foreign key, since the journal is written before and read after. Only the recipient
    ever reads it.
    """

    id = models.BigAutoField(primary_key=True)
    recipient = models.ForeignKey(Account, models.PROTECT, related_name="+", db_index=False)
    entry = models.BigIntegerField()
    kind = models.CharField(max_length=40)
    params: "models.JSONField[dict[str, Any], dict[str, Any]]" = models.JSONField(default=dict)
    at = models.DateTimeField()
    read_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["recipient", "entry"], name="one_message_a_recipient_and_entry"),
        ]
        indexes = [
            models.Index(fields=["recipient", "-id"], name="messages_of_a_person"),
            models.Index(fields=["recipient"], name="unread_messages", condition=Q(read_at=None)),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.pk}"


class Following(models.Model):
    """How far the journal has been read for messages (tiến độ đọc nhật ký): one row, locked by whoever reads on.

    `settled_id`, `seen_id` and `writers` as `journal.queries.following` explains.
    """

    id = models.SmallIntegerField(primary_key=True, default=1)
    settled_id = models.BigIntegerField(default=0)
    seen_id = models.BigIntegerField(default=0)
    writers = ArrayField(models.CharField(max_length=40), default=list)

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(id=1), name="one_follower")]

    def __str__(self) -> str:
        return f"{self.settled_id}"


class Choice(models.Model):
    """What a person wants by e-mail, and where (lựa chọn nhận thư). In the system everything is told, always.

    Nothing is sent to an address before its owner has confirmed it, and nothing of what happened before `since`.
    """

    account = models.OneToOneField(Account, models.PROTECT, primary_key=True, related_name="+")
    address = models.EmailField(blank=True)
    confirmed_at = models.DateTimeField(null=True)
    topics = ArrayField(models.CharField(max_length=12, choices=[(topic.value, topic.name) for topic in Topic]))
    since = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(confirmed_at=None) | ~Q(address=""), name="only_an_address_can_be_confirmed"
            )
        ]

    def __str__(self) -> str:
        return f"{self.account_id} {','.join(self.topics)}"


class Letter(models.Model):
    """The e-mail of a message (thư điện tử): at most one. It waits, was sent, or was given up for `fault`."""

    message = models.OneToOneField(Message, models.PROTECT, primary_key=True, related_name="letter")
    tries = models.PositiveIntegerField(default=0)
    next_at = models.DateTimeField(null=True)
    sent_at = models.DateTimeField(null=True)
    fault = models.CharField(max_length=40, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(next_at__isnull=False, sent_at=None, fault="")
                | Q(next_at=None, sent_at__isnull=False, fault="")
                | Q(next_at=None, sent_at=None) & ~Q(fault=""),
                name="a_letter_waits_or_was_sent_or_given_up",
            )
        ]
        indexes = [models.Index(fields=["next_at", "message"], name="letters_that_wait", condition=Q(sent_at=None))]

    def __str__(self) -> str:
        return f"{self.message_id}"
