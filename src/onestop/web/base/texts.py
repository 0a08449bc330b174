"""What people type, as it comes over the border: one Unicode form, nothing that no keyboard makes."""

import unicodedata

KEPT = frozenset("\n\t")


def clean(text: str, longest: int) -> str:
    """Return `text` in NFC, trimmed, without control characters, at most `longest` letters.

    Vietnamese comes in two Unicode forms that look alike; a NUL is refused by the database.
    """
    plain = unicodedata.normalize("NFC", text.replace("\r\n", "\n"))
    return "".join(letter for letter in plain if letter in KEPT or unicodedata.category(letter) != "Cc").strip()[
        :longest
    ]
