"""The last look: every answer told, what is lacking, and the filing made of a draft."""

from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from onestop.agencies.queries import find_unit
from onestop.catalogue.queries import get_content
from onestop.catalogue.rules.forms import Form, complete_answers
from onestop.dossiers.rules.filing import Channel, Filer, ReturnWay
from onestop.intake.operations.filing import Filing, find_filing_gaps
from onestop.intake.queries import draft_parts
from onestop.intake.rules.completeness import Gap, GapKind
from onestop.web.base.eforms import ToldSection, field_of, tell
from onestop.web.base.names import named
from onestop.web.base.wording import word_code
from onestop.web.portal.steps.facts import answers_of, form_of


@dataclass(frozen=True, slots=True)
class Lacking:
    """One thing that is lacking: what, how to put it right, and on which page."""

    name: str
    words: str
    url: str


@dataclass(frozen=True, slots=True)
class CheckPage:
    """Everything once more, before it is filed."""

    agency: str
    case: str
    sections: tuple[ToldSection, ...]
    lacking: list[Lacking]


def check_page(draft: Any) -> CheckPage:
    """Return every answer of a draft, and what it lacks."""
    form, content = form_of(draft), get_content(draft.version_id)
    unit = find_unit(code=draft.unit_code) if draft.unit_code else None
    chosen = content.limit_for(draft.limit_case) if draft.limit_case else None
    return CheckPage(
        agency=named(unit) if unit else "",
        case=named(chosen.wording) if chosen and chosen.wording else "",
        sections=tell(form, complete_answers(form, answers_of(draft, form))),
        lacking=_lacking(draft, form),
    )


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


def _lacking(draft: Any, form: Form) -> list[Lacking]:
    gaps = find_filing_gaps(filing_of(draft, Filer.SELF), version=draft.version, on=timezone.localdate())
    found = [_field(draft, form, gap) if gap.kind is GapKind.FIELD else _document(draft, gap) for gap in gaps]
    if draft.unit_code:
        return found
    url = reverse("portal:draft_place", args=[draft.token])
    return [Lacking(_("Where and how"), _("Choose the agency that decides."), url), *found]


def _field(draft: Any, form: Form, gap: Gap) -> Lacking:
    field = field_of(form, gap.subject)
    number = next((n for n, section in enumerate(form.sections, start=1) if field in section.fields), 1)
    url = reverse("portal:draft_section", args=[draft.token, number])
    name = named(field.label) if field else ""
    return Lacking(name, word_code(gap.code), f"{url}#id_{field.key}" if field else url)


def _document(draft: Any, gap: Gap) -> Lacking:
    document = get_content(draft.version_id).document(gap.subject)
    url = reverse("portal:draft_documents", args=[draft.token])
    name = named(document.names) if document else ""
    return Lacking(name, word_code("document.missing"), f"{url}#id_{gap.subject}")
