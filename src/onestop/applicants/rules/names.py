"""Vietnamese names: in one normal form, found without accents, sorted as in a Vietnamese list."""

import re
import unicodedata

_LETTERS = {
    letter: key
    for base, family in {"a": "aăâ", "d": "dđ", "e": "eê", "o": "oôơ", "u": "uư"}.items()
    for letter, key in ((letter, f"{base}{place}") for place, letter in enumerate(family))
}
_TONES = {"\u0300": "1", "\u0309": "2", "\u0303": "3", "\u0301": "4", "\u0323": "5"}
"""Huyền, hỏi, ngã, sắc, nặng: their order in dictionaries, after the letter without tone."""
LONGEST_KEY = 250


def fold(text: str) -> str:
    """Return text in lower case, without accents, words set apart by one space: `Đỗ  Thị Lan` gives `do thi lan`."""
    plain = unicodedata.normalize("NFD", text.lower().replace("đ", "d"))
    letters = "".join(char for char in plain if not unicodedata.combining(char))
    return " ".join(re.sub(r"[^\w]+", " ", letters).split())


def search_key(name: str) -> str:
    """Return what a name is searched by."""
    return fold(name)[:200]


def sort_key(name: str, *, is_person: bool) -> str:
    """Return a key whose order as bytes is the order of a Vietnamese list.

    People are sorted by given name (the last word), then by family and middle names. Letters first (a ă â b ... d đ
    e ê ... o ô ơ ... u ư), then tones (none, huyền, hỏi, ngã, sắc, nặng).
    """
    words = re.sub(r"[^\w\s]+", " ", unicodedata.normalize("NFC", name).lower()).split()
    if is_person and words:
        words = [words[-1], *words[:-1]]
    keys = [_word_key(word) for word in words]
    return (" ".join(letters for letters, _ in keys) + "  " + " ".join(tones for _, tones in keys))[:LONGEST_KEY]


def _word_key(word: str) -> tuple[str, str]:
    """Return the letters of a word as sortable text, and its tone."""
    letters, tone = [], "0"
    for char in word:
        parts = unicodedata.normalize("NFD", char)
        tone = next((_TONES[part] for part in parts if part in _TONES), tone)
        bare = "".join(part for part in parts if part not in _TONES)
        letter = unicodedata.normalize("NFC", bare)
        letters.append(_LETTERS.get(letter) or _plain(letter))
    return "".join(letters), tone


def _plain(letter: str) -> str:
    return "".join(part for part in unicodedata.normalize("NFD", letter) if not unicodedata.combining(part))
