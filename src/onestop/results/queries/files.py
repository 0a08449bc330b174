"""Finding a result and its file."""

from dataclasses import dataclass
from datetime import datetime

from onestop.dossiers.models import Dossier
from onestop.results.models import Revocation
from onestop.signing.models import ResultPaper


@dataclass(frozen=True, slots=True)
class ResultFile:
    """A sealed result that can be downloaded: its number and title, its file, when it was sealed, when revoked.

    `waits_since` is set while it has no time stamp yet.
    """

    number: str
    title: str
    sha256: str
    sealed_at: datetime
    revoked_at: datetime | None = None
    waits_since: datetime | None = None


def find_result(dossier: Dossier) -> ResultFile | None:
    """Return the sealed result of a dossier the caller may read, or None if there is none yet."""
    row = ResultPaper.objects.filter(dossier=dossier, sealed_at__isnull=False).first()
    if row is None or row.sealed_at is None:
        return None
    revocation = Revocation.objects.filter(dossier=dossier).values_list("revoked_at", flat=True).first()
    return ResultFile(row.number, row.title, row.sealed_sha256, row.sealed_at, revocation, row.waits_since)


def find_sealed_file(dossier: Dossier) -> str:
    """Return the hash of the sealed file, or an empty text if there is none."""
    return find_sealed(dossier)[0]


def find_sealed(dossier: Dossier) -> tuple[str, datetime | None]:
    """Return the hash of the sealed file (empty if there is none), and since when it waits for its time stamp."""
    rows = ResultPaper.objects.filter(dossier=dossier)
    return rows.values_list("sealed_sha256", "waits_since").first() or ("", None)
