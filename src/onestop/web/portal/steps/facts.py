"""What a draft knows: its form, what was typed, and what was known beforehand."""

from collections.abc import Mapping
from typing import Any

from onestop.catalogue.queries import get_form_for
from onestop.catalogue.rules.forms import Form, Section, prefill
from onestop.web.base.names import named


def form_of(draft: Any) -> Form:
    """Return the form of a draft's procedure."""
    return get_form_for(draft.version.procedure.code)


def answers_of(draft: Any, form: Form) -> dict[str, Any]:
    """Return what is typed so far, over what is known beforehand."""
    return {**prefill(form, facts_of(draft.applicant)), **draft.answers}


def known_in(section: Section, draft: Any) -> list[str]:
    """Return the labels of the fields of a section that stand there filled in from what is known of the applicant."""
    facts = facts_of(draft.applicant)
    return [
        named(field.label)
        for field in section.fields
        if field.is_asked and field.prefill and facts.get(field.prefill) and field.key not in draft.answers
    ]


def facts_of(applicant: Any) -> Mapping[str, Any]:
    """Return what is known of an applicant, by the names that forms ask for."""
    kind = "account" if applicant.kind == "citizen" else "business"
    born = applicant.birth_date.isoformat() if applicant.birth_date else ""
    return {
        f"{kind}.full_name": applicant.name,
        f"{kind}.name": applicant.name,
        f"{kind}.birth_date": born,
        f"{kind}.pin": applicant.personal_id or "",
        f"{kind}.tax_code": applicant.tax_code or "",
        f"{kind}.residence": applicant.address,
        f"{kind}.address": applicant.address,
        f"{kind}.phone": applicant.phone,
        f"{kind}.email": applicant.email,
    }
