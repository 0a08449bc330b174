"""The kept cube: what figures can see of each dossier, and the sums of it. Made from the journal, at any time anew."""

from django.contrib.postgres.fields import ArrayField
from django.db import models


class KeptDossier(models.Model):
    """What figures can see of one dossier (dấu vết hồ sơ trong khối số liệu), as last looked at.

    `signature` as `rules/signature.py` writes it; none if the dossier does not exist yet at that moment. `turns_at` is
    the next moment at which the passing of time alone may change it.
    """

    stream = models.BigIntegerField(primary_key=True)
    agency = models.CharField(max_length=40)
    desk = models.CharField(max_length=40)
    signature = ArrayField(models.BigIntegerField(), null=True)
    turns_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["turns_at"], name="dossiers_by_turn", condition=models.Q(turns_at__isnull=False))
        ]

    def __str__(self) -> str:
        return f"{self.stream} {self.agency}"


class CubeCell(models.Model):
    """What the dossiers of an agency and desk add to every test in one month (ô của khối số liệu).

    `numbers` are whole numbers of 64 bits, in the order of the tests of the layout. `revision` is that of the refresh
    that last changed it: a reader who knows the cube asks only for what is newer.
    """

    id = models.BigAutoField(primary_key=True)
    agency = models.CharField(max_length=40)
    desk = models.CharField(max_length=40)
    month = models.IntegerField()
    numbers = models.BinaryField()
    revision = models.BigIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["agency", "desk", "month"], name="one_cell_a_month")]
        indexes = [models.Index(fields=["revision"], name="cells_by_revision")]

    def __str__(self) -> str:
        return f"{self.agency} {self.desk} {self.month}"


class CubeState(models.Model):
    """How far the cube has come (tiến độ khối số liệu): one row, locked by whoever moves it on.

    All entries up to `settled_id` are in it for good. Above it an entry with a smaller number may yet be committed:
    `seen_id` was the last number when `writers`, the transactions that were then writing, were looked at.
    """

    id = models.SmallIntegerField(primary_key=True, default=1)
    layout = models.CharField(max_length=64)
    generation = models.BigIntegerField(default=0)
    revision = models.BigIntegerField(default=0)
    as_of = models.DateTimeField()
    settled_id = models.BigIntegerField(default=0)
    seen_id = models.BigIntegerField(default=0)
    writers = ArrayField(models.CharField(max_length=40), default=list)

    class Meta:
        constraints = [models.CheckConstraint(condition=models.Q(id=1), name="one_cube")]

    def __str__(self) -> str:
        return f"{self.as_of:%Y-%m-%d %H:%M:%S} {self.revision}"
