"""What a person needs for a procedure: to fill in, to hand in, to hand in if it applies, to show at a counter."""

from dataclasses import dataclass, replace

from onestop.catalogue.rules.content import Fee, ProcedureContent, RequiredDocument
from onestop.catalogue.rules.forms import Form
from onestop.catalogue.rules.kinds import DocumentKind
from onestop.web.base.names import named
from onestop.web.portal.steps.order import is_needed

Documents = tuple[RequiredDocument, ...]
FEES_SHOWN = 6


@dataclass(frozen=True, slots=True)
class Needs:
    """What a person needs, in the order in which it matters."""

    form: str
    pages: int
    always: Documents
    if_it_applies: Documents
    to_show: Documents
    fees: tuple[Fee, ...]


def needs_of(content: ProcedureContent, form: Form) -> Needs:
    """Return what a person needs for this procedure."""
    submit = [item for item in content.components if item.kind is DocumentKind.SUBMIT]
    return Needs(
        form=named(form.titles),
        pages=sum(any(field.is_asked for field in section.fields) for section in form.sections),
        always=tuple(item for item in submit if is_needed(item)),
        if_it_applies=tuple(item for item in submit if not is_needed(item)),
        to_show=tuple(item for item in content.components if item.kind is DocumentKind.PRESENT),
        fees=_distinct(content.fees)[:FEES_SHOWN],
    )


def _distinct(fees: tuple[Fee, ...]) -> tuple[Fee, ...]:
    """The same amount by every way of filing is said once, without the way."""
    amounts = {(fee.amount_vnd, bool(fee.set_by)) for fee in fees}
    return (replace(fees[0], channel=None),) if len(amounts) == 1 else fees
