"""The one table of the journal."""

from typing import Any

from django.db import models
from django.db.models.functions import Length

models.BinaryField.register_lookup(Length)


class JournalEntry(models.Model):
    """One deed (mục nhật ký xử lý). Written once; the database refuses UPDATE, DELETE and TRUNCATE.

    `stream` is the dossier's id, or below zero that of a register; it is no foreign key, since the journal is older
    than the dossiers and outlives them. `id` orders all entries; the public log of a later time numbers its leaves
    by it.
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
        indexes = [models.Index(fields=["kind", "at"], name="entries_by_kind")]

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
