"""Mending what was typed wrongly, word by word, with nothing but the words the catalogue itself uses."""

import string
from collections.abc import Iterator, Mapping

SHORTEST = 3


def correct(word: str, known: Mapping[str, int]) -> str:
    """Return the known word one slip away from `word`, or `word` itself.

    Of the slips of the finger the swapped letters are tried first, then a wrong, a missing and a needless letter; of
    several words the most frequent (`known` maps a word to how many procedures have it).
    """
    if word in known or len(word) < SHORTEST or not word.isalpha():
        return word
    for tried in (_swapped(word), _replaced(word), _inserted(word), _deleted(word)):
        found = [candidate for candidate in tried if candidate in known]
        if found:
            return max(found, key=lambda candidate: (known[candidate], candidate))
    return word


def _swapped(word: str) -> Iterator[str]:
    for place in range(len(word) - 1):
        yield word[:place] + word[place + 1] + word[place] + word[place + 2 :]


def _replaced(word: str) -> Iterator[str]:
    for place in range(len(word)):
        for letter in string.ascii_lowercase:
            yield word[:place] + letter + word[place + 1 :]


def _inserted(word: str) -> Iterator[str]:
    for place in range(len(word) + 1):
        for letter in string.ascii_lowercase:
            yield word[:place] + letter + word[place:]


def _deleted(word: str) -> Iterator[str]:
    for place in range(len(word)):
        yield word[:place] + word[place + 1 :]
