"""Taking single values out of a foreign record: each comes out usable, or its reason is noted."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, TypeVar

from onestop.catalogue.rules.words import nfc

Kind = TypeVar("Kind", bound=StrEnum)
CODE = re.compile(r"[0-9]\.[0-9]{6}")
_BROKEN = re.compile("[�\x00-\x08\x0b\x0c\x0e-\x1f]|á»|Ã¡|Ä‘")
LONGEST_NAME = 1600


@dataclass(slots=True)
class Notes:
    """What was noticed while reading one record: `reasons` make it unusable, `doubts` do not."""

    reasons: list[str] = field(default_factory=list)
    doubts: list[str] = field(default_factory=list)

    def unusable(self, reason: str) -> None:
        """Note a reason once."""
        if reason not in self.reasons:
            self.reasons.append(reason)

    def doubtful(self, doubt: str) -> None:
        """Note a doubt once."""
        if doubt not in self.doubts:
            self.doubts.append(doubt)


def procedure_code(value: Any, notes: Notes) -> str:
    """Return a code of the national shape `1.001193`. Reasons: `code_missing`, `code_not_text`,
    `code_with_spaces` (never trimmed: trimming makes it collide with another), `code_malformed`.
    """
    if value is None or value == "":
        notes.unusable("code_missing")
    elif not isinstance(value, str):
        notes.unusable("code_not_text")
    elif value != value.strip():
        notes.unusable("code_with_spaces")
    elif not CODE.fullmatch(value):
        notes.unusable("code_malformed")
    else:
        return value
    return str(value or "")


def text(value: Any, notes: Notes, what: str, *, required: bool = False, longest: int = LONGEST_NAME) -> str:
    """Return a text in NFC. Reasons, after the name of what it is: `_missing`, `_not_text`, `_broken_encoding`,
    `_too_long`.
    """
    if value is None or (isinstance(value, str) and not value.strip()):
        if required:
            notes.unusable(f"{what}_missing")
        return ""
    if not isinstance(value, str):
        notes.unusable(f"{what}_not_text")
        return ""
    if _BROKEN.search(value):
        notes.unusable(f"{what}_broken_encoding")
    if len(value) > longest:
        notes.unusable(f"{what}_too_long")
    return nfc(value)


def names(value: Any, notes: Notes, what: str) -> dict[str, str]:
    """Return a name by language; the Vietnamese one is required."""
    if not isinstance(value, Mapping):
        notes.unusable(f"{what}_missing" if value is None else f"{what}_not_named_by_language")
        return {"vi": ""}
    found = {language: text(value.get(language), notes, what) for language in ("vi", "en", "ur")}
    if not found["vi"] and f"{what}_not_text" not in notes.reasons:
        notes.unusable(f"{what}_missing")
    return {language: name for language, name in found.items() if name or language == "vi"}


def optional_names(value: Any) -> dict[str, str] | None:
    """Return a name by language if at least the Vietnamese one is there."""
    if not isinstance(value, Mapping) or not value.get("vi"):
        return None
    return {language: nfc(str(value[language])) for language in ("vi", "en", "ur") if value.get(language)}


def one_of(kinds: type[Kind], value: Any, notes: Notes, what: str) -> Kind | None:
    """Return the member with this value, None if there is no value. Reason: `<what>_unknown`."""
    if value in (None, ""):
        return None
    try:
        return kinds(value)
    except ValueError:
        notes.unusable(f"{what}_unknown")
        return None


def several_of(kinds: type[Kind], values: Iterable[Any], notes: Notes, what: str) -> tuple[Kind, ...]:
    """Return the members with these values, in the order of the list. Reason: `<what>_unknown`."""
    found = [one_of(kinds, value, notes, what) for value in values]
    return tuple(member for member in dict.fromkeys(found) if member is not None)


def items(value: Any, notes: Notes, what: str) -> list[Mapping[str, Any]]:
    """Return a list of records. Reason: `<what>_not_a_list`."""
    if value is None:
        return []
    if not isinstance(value, list) or not all(isinstance(item, Mapping) for item in value):
        notes.unusable(f"{what}_not_a_list")
        return []
    return value


def texts(value: Any) -> tuple[str, ...]:
    """Return the texts of a list, in NFC; what is no text is left out."""
    return tuple(nfc(item) for item in value or () if isinstance(item, str) and item.strip())
