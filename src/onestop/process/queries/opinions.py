"""Consultations and appraisals of a dossier."""

from onestop.accounts.rules import Principal
from onestop.dossiers.models import Dossier
from onestop.process.models import Appraisal, Consultation


def list_consultations(dossier: Dossier) -> list[Consultation]:
    """Return every question asked about a dossier, oldest first."""
    return list(Consultation.objects.filter(dossier=dossier).select_related("unit"))


def find_open_consultation(dossier: Dossier, by: Principal) -> Consultation | None:
    """Return the question that waits for the unit of `by`, if any."""
    return Consultation.objects.filter(dossier=dossier, unit_id__in=sorted(by.unit_ids), answered_at=None).first()


def find_appraisal(dossier: Dossier) -> Appraisal | None:
    """Return the latest appraisal, if any."""
    return Appraisal.objects.filter(dossier=dossier).order_by("-id").first()


def list_appraisals(dossier: Dossier) -> list[Appraisal]:
    """Return every appraisal, oldest first."""
    return list(Appraisal.objects.filter(dossier=dossier).order_by("id"))
