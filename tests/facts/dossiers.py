"""Rows for lives written straight into the journal, so that lists have something to show."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from onestop.applicants.models import Applicant
from onestop.catalogue.models import Procedure, ProcedureVersion, Sector
from onestop.dossiers.models import Dossier
from onestop.dossiers.rules.states import State
from onestop.facts.rules.reference import Deed
from tests.facts.journals import hours


def make_version(**content: Any) -> ProcedureVersion:
    """Return a version of one procedure in force since 2025, full-process."""
    sector = Sector.objects.create(code="ho-tich", names={"vi": "Hộ tịch"}, sort_key="ho tich")
    procedure = Procedure.objects.create(
        code="1.000656", sector=sector, names={"vi": "Đăng ký khai tử"}, sort_key="dang ky khai tu", kind="standard",
        state="public", applicability="yes", search_name="x", search_accented="x", search_words="x",
    )  # fmt: skip
    return ProcedureVersion.objects.create(
        procedure=procedure, number=1, effective_from=date(2025, 1, 1), online_level="full", content=content,
        content_hash="x", published_at=hours(0), published_by="system",
    )  # fmt: skip


def make_rows(lives: Iterable[list[Deed]], units: dict[str, int], version: ProcedureVersion) -> None:
    """Make the row of each life: received at its desk, settled by its agency."""
    applicant = Applicant.objects.create(
        kind="citizen", name="Lan", sort_key="lan", search_key="lan", registered_at=hours(0)
    )
    for lived in lives:
        said = lived[0].payload
        agency = units[said["agency"]]
        Dossier.objects.create(
            id=lived[0].stream, code=said["code"], procedure=version.procedure, version=version, applicant=applicant,
            applicant_name="Lan", channel=said["channel"] or 1, filer=said["filer"],
            receiving_unit_id=units[said["desk"]], competent_unit_id=agency, settling_unit_id=agency,
            holder_unit_id=agency, state=State.SUBMITTED, process="", step="receive", step_role="one_stop_officer",
            submitted_at=lived[0].at, changed_at=lived[-1].at, journal_sequence=len(lived), journal_hash=bytes(32),
        )  # fmt: skip
