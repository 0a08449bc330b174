"""What an electronic form (tờ khai, mẫu đơn điện tử) is made of."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from onestop.catalogue.rules.kinds import Names


class FieldType(StrEnum):
    """How a field is asked and checked (kiểu trường dữ liệu)."""

    TEXT = "text"
    TEXTAREA = "textarea"
    NUMBER = "number"
    MONEY = "money"
    DATE = "date"
    DATE_OR_YEAR = "date_or_year"
    MONTH = "month"
    SELECT = "select"
    RADIO = "radio"
    CHECKBOX = "checkbox"
    TEL = "tel"
    EMAIL = "email"
    URL = "url"
    ADDRESS = "address"
    TABLE = "table"
    AGENCY = "agency"
    SIGNATURE = "signature"


NOT_ASKED = frozenset({FieldType.AGENCY, FieldType.SIGNATURE})
"""Known from the filing itself: the agency it goes to, and who files it."""


class Format(StrEnum):
    """A number whose digits can be checked (định dạng số)."""

    PERSONAL_NUMBER = "personal_number"  # số định danh cá nhân
    IDENTITY_NUMBER = "identity_number"  # số giấy tờ tùy thân: a personal number if the paper is an identity card
    TAX_CODE = "tax_code"  # mã số thuế


@dataclass(frozen=True, slots=True)
class Option:
    """One choice: the value that is kept, and its name in the languages. `code` is the official one, if any."""

    value: str
    names: Names
    code: str = ""


@dataclass(frozen=True, slots=True)
class Condition:
    """Shown only if the field `key` has one of `values`. Written `key=value` or `key=value|value`."""

    key: str
    values: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Field:
    """One field (trường dữ liệu).

    `options` is empty for a list the form does not carry (communes); `list_name` names it. `agrees_with` names the
    fields a personal number has to agree with: `birth`, `sex`, `kind`, or `sex_is` for a fixed value. `confirmed_by`
    says how well the source of the field is known.
    """

    key: str
    label: Names
    type: FieldType
    required: bool = False
    options: tuple[Option, ...] = ()
    list_name: str = ""
    pattern: str = ""
    prefill: str = ""
    reuse: str = ""
    default: str = ""
    derived_from: str = ""
    show_if: Condition | None = None
    depends_on: str = ""
    columns: tuple["Field", ...] = ()
    rule: str = ""
    help: Names | None = None
    format: Format | None = None
    agrees_with: Mapping[str, str] = field(default_factory=dict)
    is_past: bool = False
    number: str = ""
    confirmed_by: str = "unverified"

    @property
    def is_asked(self) -> bool:
        """True if the applicant fills it in; agency, signature and derived fields fill themselves."""
        return self.type not in NOT_ASKED and not self.derived_from


@dataclass(frozen=True, slots=True)
class Section:
    """A section of a form, one page of it for a citizen (phần, mục của tờ khai)."""

    legend: Names
    fields: tuple[Field, ...]
    show_if: Condition | None = None
    rule: str = ""
    reuse: str = ""
    note: Names | None = None
    has_second_signatory: bool = False


@dataclass(frozen=True, slots=True)
class Form:
    """An electronic form in one version. `is_complete` is false if its source was not read whole."""

    code: str
    version: int
    titles: Names
    procedures: tuple[str, ...]
    legal_form: str
    is_complete: bool
    sections: tuple[Section, ...]
    sources: tuple[str, ...] = ()
    notes: str = ""

    @property
    def fields(self) -> tuple[Field, ...]:
        """All fields in their order."""
        return tuple(item for section in self.sections for item in section.fields)

    def field(self, key: str) -> Field | None:
        """Return the field with this key, or None."""
        return next((item for item in self.fields if item.key == key), None)
