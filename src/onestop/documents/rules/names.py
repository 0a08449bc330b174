"""Names of files as people give them: normalised, and without tricks."""

import unicodedata

from onestop.documents.rules.kinds import Kind
from onestop.errors import Fault

LONGEST_NAME = 200
_TURNERS = frozenset("\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\ufeff")
_RESERVED = frozenset('<>:"|?*')


def normal_name(name: str) -> str:
    """Return the name in NFC with single spaces; what is unsafe stays, so that `name_faults` can tell of it."""
    return " ".join(unicodedata.normalize("NFC", name).split(" ")).strip()


def name_faults(name: str) -> tuple[Fault, ...]:
    """Return what is wrong with a normalised name: empty, too long, a path, control or direction characters."""
    checks: tuple[tuple[str, bool, dict[str, int]], ...] = (
        ("upload.name_empty", not name.strip(". "), {}),
        ("upload.name_long", len(name) > LONGEST_NAME, {"longest": LONGEST_NAME}),
        ("upload.name_unsafe", _is_path(name) or any(map(_is_trick, name)), {}),
    )
    return tuple(Fault("file", code, params) for code, wrong, params in checks if wrong)


def with_ending(name: str, kind: Kind) -> str:
    """Return the name with the ending of `kind` if it has none of its own."""
    return name if "." in name.strip(".") else f"{name}.{kind}"


def _is_path(name: str) -> bool:
    return "/" in name or "\\" in name or name.startswith(".")


def _is_trick(letter: str) -> bool:
    return letter in _TURNERS or letter in _RESERVED or unicodedata.category(letter) in {"Cc", "Cs", "Zl", "Zp"}
