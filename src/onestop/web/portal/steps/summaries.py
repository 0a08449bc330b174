"""What is wrong, as the list at the top of a page: each fault with the label of its field and a link to it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from onestop.catalogue.rules.forms import Form
from onestop.errors import Fault
from onestop.web.base.eforms import field_of
from onestop.web.base.names import named
from onestop.web.base.wording import word_fault


@dataclass(frozen=True, slots=True)
class FaultyField:
    """A field with its faults in words, as the tag `error_summary` reads a field of a form."""

    auto_id: str
    label: str
    errors: tuple[str, ...]


class Summary(list[FaultyField]):
    """A list of faulty fields that the tag `error_summary` takes for a form."""

    def non_field_errors(self) -> tuple[str, ...]:
        """Return nothing: every fault here has a field."""
        return ()


def faulty_fields(form: Form, faults: Iterable[Fault]) -> Summary:
    """Return the faults of an e-form, each with the label of its field."""
    return Summary(FaultyField(f"id_{f.field}", _label(form, f.field), (word_fault(f),)) for f in faults)


def faulty_files(names: Mapping[str, str], faults: Iterable[Fault]) -> Summary:
    """Return the faults of uploads by document code, each with the name of its document."""
    return Summary(FaultyField(f"id_{f.field}", names.get(f.field, ""), (word_fault(f),)) for f in faults)


def _label(form: Form, name: str) -> str:
    field = field_of(form, name)
    if field is None:
        return ""
    column = next((column for column in field.columns if name.endswith(f"-{column.key}")), None)
    return f"{named(field.label)}, {named(column.label)}" if column else named(field.label)
