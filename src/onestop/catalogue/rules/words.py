"""How names are compared and sorted, whatever the locale of the database.

Vietnamese is written with marks that searchers leave out, Urdu with letters that keyboards confuse. Folding takes both
away; the sort key puts names in the order of a Vietnamese dictionary, which byte order does not.
"""

import re
import unicodedata
from functools import lru_cache

_ARABIC = str.maketrans(
    {"ي": "ی", "ى": "ی", "ك": "ک", "ہ": "ه", "ھ": "ه", "ۃ": "ه", "ة": "ه", "ؤ": "و", "ـ": None, "‌": " "}
)
_DIGITS = str.maketrans("٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹", "01234567890123456789")
_NOT_WORD = re.compile(r"[^\w.]+|(?<!\d)\.|\.(?!\d)|_")
_EMPTY_START = re.compile(r"^(?:thu tuc(?: hanh chinh)?(?: ve)? )+")

_FINAL_I = re.compile(r"\b([bcdghklmnpqrstv]h?|qu)i\b")

_ALPHABET = "aăâbcdđeêfghijklmnoôơpqrstuưvwxyz"
_LETTERS = {letter: chr(0x41 + place) for place, letter in enumerate(_ALPHABET)}
_TONES = {"̀": "2", "̉": "3", "̃": "4", "́": "5", "̣": "6"}
_SHAPES = {"̆", "̂", "̛"}


def nfc(text: str) -> str:
    """Return `text` composed (NFC), with runs of blanks as one and none at the ends."""
    return " ".join(unicodedata.normalize("NFC", text).split())


@lru_cache(maxsize=8192)
def fold(text: str) -> str:
    """Return `text` as it is searched: small letters without marks, đ as d, one Urdu letter for those that look alike.

    Everything that is neither letter nor digit becomes a blank; the point inside a number stays (`1.001193`).
    """
    apart = unicodedata.normalize("NFD", text.casefold().replace("đ", "d").translate(_DIGITS))
    bare = "".join(letter for letter in apart if unicodedata.category(letter) != "Mn")
    return " ".join(_NOT_WORD.sub(" ", unicodedata.normalize("NFC", bare).translate(_ARABIC)).split())


def searched(text: str) -> str:
    """Return `text` folded, and with one spelling where two are right: `đăng kí` as `đăng ký`, `quí` as `quý`."""
    return _FINAL_I.sub(r"\1y", fold(text))


def accented(text: str) -> str:
    """Return `text` in small letters with its marks, punctuation as blanks: for those who do type the marks."""
    return " ".join(_NOT_WORD.sub(" ", unicodedata.normalize("NFC", text).casefold()).split())


def core_of(folded_name: str) -> str:
    """Return a folded name without the words every second name begins with (`thu tuc`)."""
    return _EMPTY_START.sub("", folded_name) or folded_name


def has_marks(text: str) -> bool:
    """True if somebody typed Vietnamese marks, so that they may be taken seriously."""
    return accented(text) != fold(text)


def sort_key(text: str) -> str:
    """Return a key whose byte order is Vietnamese dictionary order, word by word: letters first, then tones.

    Order of letters: a ă â b c d đ e ê ..., of tones: none, huyền, hỏi, ngã, sắc, nặng (TCVN 5712 practice). Digits
    come before letters, other scripts after.
    """
    return " ".join(_word_key(word) for word in accented(text).split())


@lru_cache(maxsize=16384)
def _word_key(word: str) -> str:
    letters: list[str] = []
    tone = "1"
    for letter in unicodedata.normalize("NFD", word):
        if letter in _TONES:
            tone = _TONES[letter]
        elif letter in _SHAPES and letters:
            letters[-1] = unicodedata.normalize("NFC", letters[-1] + letter)
        else:
            letters.append(letter)
    return "".join(_LETTERS.get(letter, letter) for letter in letters) + "!" + tone
