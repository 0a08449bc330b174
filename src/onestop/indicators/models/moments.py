"""The cube as it stood at past moments, and what is counted beside it: no page has to count the past anew."""

from datetime import datetime
from typing import Any

from django.db import models

LAST = 2**63 - 1
"""Above every dossier: a moment that has come so far is whole."""


class KeptMoment(models.Model):
    """A past moment as of which the cube is kept (mốc chốt số liệu): the end of a month, or of a day of late.

    In it are all entries up to the cube's `settled_id` that had taken effect by then, of the dossiers up to
    `done_until`. `generation` and `revision` tell a reader what is newer than what is known already.
    """

    at = models.DateTimeField(primary_key=True)
    layout = models.CharField(max_length=64)
    done_until = models.BigIntegerField()
    generation = models.BigIntegerField()
    revision = models.BigIntegerField()

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M:%S} {self.revision}"

    @property
    def is_whole(self) -> bool:
        """True if all dossiers are in it."""
        return self.done_until == LAST


class MomentCell(models.Model):
    """What dossiers of an agency and desk, as they were at a moment, add to every test in one month (ô của một mốc).

    As a cell of the cube; months before the first one a period may begin with are left out.
    """

    id = models.BigAutoField(primary_key=True)
    moment = models.ForeignKey(KeptMoment, on_delete=models.CASCADE, db_index=False)
    agency = models.CharField(max_length=40)
    desk = models.CharField(max_length=40)
    month = models.IntegerField()
    numbers = models.BinaryField()
    revision = models.BigIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["moment", "agency", "desk", "month"], name="one_cell_a_month_of_a_moment")
        ]

    def __str__(self) -> str:
        return f"{self.moment_id} {self.agency} {self.desk} {self.month}"


class KeptBeside(models.Model):
    """What shows only beside other dossiers, or in the catalogue, counted for a period as of its own moment.

    (Số đếm theo nhóm và theo thủ tục.) `grouped` and `petitions` have a row of numbers for each agency and desk,
    `procedures` the counts of each definition, `durations` how long settlement took; `layout` names the tests that were
    counted. The lock of the row is that of who counts.
    """

    period_from: "models.DateTimeField[datetime, datetime]" = models.DateTimeField(primary_key=True)
    layout = models.CharField(max_length=64)
    as_of = models.DateTimeField()
    grouped: "models.JSONField[list[list[Any]], list[list[Any]]]" = models.JSONField()
    petitions: "models.JSONField[list[list[Any]], list[list[Any]]]" = models.JSONField(default=list)
    procedures: "models.JSONField[dict[str, Any], dict[str, Any]]" = models.JSONField()
    durations: "models.JSONField[list[list[Any]], list[list[Any]]]" = models.JSONField(default=list)

    def __str__(self) -> str:
        return f"{self.period_from:%Y-%m-%d} {self.as_of:%Y-%m-%d %H:%M:%S}"
