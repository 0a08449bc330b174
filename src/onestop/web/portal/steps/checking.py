"""The last look: every answer told, what is lacking, and the filing made of a draft."""

from typing import Any

from django.utils import timezone

from onestop.catalogue.rules.forms import complete_answers
from onestop.dossiers.rules.filing import Channel, Filer, ReturnWay
from onestop.errors import Fault
from onestop.intake.operations.filing import Filing, find_filing_gaps
from onestop.intake.queries import draft_parts
from onestop.web.base.eforms import ToldSection, tell
from onestop.web.portal.steps.order import answers_of, form_of


def filing_of(draft: Any, filer: Filer) -> Filing:
    """Return what would be filed from this draft."""
    form = form_of(draft)
    return Filing(
        procedure_code=draft.version.procedure.code,
        applicant_id=draft.applicant_id,
        agency_code=draft.unit_code,
        channel=Channel.ONLINE,
        filer=filer,
        answers=complete_answers(form, answers_of(draft, form)),
        parts=draft_parts(draft),
        limit_case=draft.limit_case,
        return_way=ReturnWay(draft.return_way),
    )


def summary_of(draft: Any) -> tuple[ToldSection, ...]:
    """Return every answer, section by section."""
    form = form_of(draft)
    return tell(form, complete_answers(form, answers_of(draft, form)))


def gaps_of(draft: Any) -> tuple[Fault, ...]:
    """Return what is lacking, as faults of fields and documents."""
    gaps = find_filing_gaps(filing_of(draft, Filer.SELF), version=draft.version, on=timezone.localdate())
    missing = tuple(Fault(gap.subject, gap.code or gap.kind) for gap in gaps)
    return missing if draft.unit_code else (Fault("agency", "field.required"), *missing)
