"""The table of the journal, and those of the public log over it."""

from typing import Any

from django.db import models
from django.db.models.fields.json import KT
from django.db.models.functions import Cast, Length

models.BinaryField.register_lookup(Length)


class JournalEntry(models.Model):
    """One deed (mục nhật ký xử lý). Written once; the database refuses UPDATE, DELETE and TRUNCATE.

    `stream` is the dossier's id, or below zero that of a register; it is no foreign key, since the journal is older
    than the dossiers and outlives them. An entry of a register that is about a dossier names its stream as `dossier`.
    `id` tells entries apart; the public log numbers its leaves by itself, since ids are committed out of order.
    """

    id = models.BigAutoField(primary_key=True)
    stream = models.BigIntegerField()
    sequence = models.PositiveIntegerField()
    kind = models.CharField(max_length=32)
    actor = models.CharField(max_length=40)
    post = models.CharField(max_length=40, blank=True)
    unit = models.CharField(max_length=24, blank=True)
    on_behalf_of = models.CharField(max_length=40, blank=True)
    at = models.DateTimeField()
    recorded_at = models.DateTimeField()
    ground = models.CharField(max_length=200, blank=True)
    payload: "models.JSONField[dict[str, Any], dict[str, Any]]" = models.JSONField(default=dict)
    previous = models.BinaryField(max_length=32)
    hash = models.BinaryField(max_length=32)
    signature = models.BinaryField(max_length=600)
    certificate_id = models.BigIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["stream", "sequence"], name="one_entry_a_number"),
            models.CheckConstraint(condition=models.Q(sequence__gte=1), name="entries_count_from_one"),
            models.CheckConstraint(
                condition=models.Q(previous__length=32) & models.Q(hash__length=32), name="hashes_are_sha256"
            ),
        ]
        indexes = [
            models.Index(fields=["kind", "at"], name="entries_by_kind"),
            models.Index(
                Cast(KT("payload__dossier"), models.BigIntegerField()),
                name="entries_about_a_dossier",
                condition=models.Q(stream__lt=0, payload__has_key="dossier"),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.stream}/{self.sequence} {self.kind}"


class Register(models.Model):
    """A stream of the journal that is no dossier's (sổ ghi ngoài hồ sơ): snapshots of figures, plans.

    Its stream is the row's id made negative, so it can never be a dossier's. The head lies here, as that of a
    dossier lies on the dossier's row: its lock orders the chain, and the audit knows where the chain ought to end.
    """

    name = models.CharField(max_length=40, unique=True)
    sequence = models.PositiveIntegerField(default=0)
    hash = models.BinaryField(max_length=32, default=bytes(32))

    class Meta:
        constraints = [models.CheckConstraint(condition=models.Q(hash__length=32), name="a_register_ends_in_a_hash")]

    def __str__(self) -> str:
        return self.name

    @property
    def stream(self) -> int:
        """The number of its stream, always below zero."""
        return -self.pk


class LogQueue(models.Model):
    """An entry that waits for its place in the public log (hàng chờ của nhật ký công khai).

    The database itself adds every entry here, in the transaction that writes it: what is committed waits, what is
    rolled back does not. No foreign key here and below: a log tells of entries that somebody has removed.
    """

    entry = models.BigIntegerField(primary_key=True)


class LogLeaf(models.Model):
    """The place of an entry in the public log (lá của nhật ký công khai), counted from 0 without a gap.

    `commitment` is what the log shows, a hash over `salt` and the entry's own hash. Written once, as all tables below.
    """

    index = models.BigIntegerField(primary_key=True)
    entry = models.BigIntegerField(unique=True)
    salt = models.BinaryField(max_length=32)
    commitment = models.BinaryField(max_length=32)


class LogCheckpoint(models.Model):
    """A head of the public log as it was signed (điểm kiểm của nhật ký công khai): how many leaves, which root."""

    size = models.BigIntegerField(primary_key=True)
    root = models.BinaryField(max_length=32)
    note = models.TextField()
    at = models.DateTimeField()


class LogAttestation(models.Model):
    """What others say of a checkpoint (xác nhận về một điểm kiểm): a seal, a time stamp, a witness's cosignature."""

    KINDS = [("seal", "seal"), ("stamp", "stamp"), ("cosignature", "cosignature")]

    id = models.BigAutoField(primary_key=True)
    size = models.BigIntegerField()
    kind = models.CharField(max_length=12, choices=KINDS)
    name = models.CharField(max_length=200, blank=True)
    data = models.BinaryField()
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["size", "kind", "name"], name="attested_once_by_each")]
