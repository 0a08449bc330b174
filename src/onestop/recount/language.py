"""Turns the text of a test into a function of facts, by precedence climbing. Nothing is executed.

or  <  and  <  not  <  one of = != < <= > >=, `is known`, `is unknown`, `in period`
"""

import re
from collections.abc import Callable, Mapping
from typing import Any

Facts = Mapping[str, Any]
Test = Callable[[Facts], bool]
Value = Callable[[Facts], Any]

_PIECE = re.compile(r"\s+|'[^']*'|[A-Za-z_]\w*|\d+|<=|>=|!=|[=<>()]")


class BadTest(ValueError):
    """The text is no test of this language."""


def compile_test(text: str) -> Test:
    """Return the function that says whether a test holds. A comparison with something unknown does not hold."""
    pieces = _split(text)
    test, rest = _any(pieces)
    if rest:
        raise BadTest(f"{' '.join(rest)!r} is left over in {text!r}")
    return test


def _split(text: str) -> list[str]:
    pieces, place = [], 0
    while place < len(text):
        found = _PIECE.match(text, place)
        if found is None:
            raise BadTest(f"cannot read {text[place:]!r}")
        place = found.end()
        if found[0].strip():
            pieces.append(found[0])
    return pieces


def _any(pieces: list[str]) -> tuple[Test, list[str]]:
    left, rest = _every(pieces)
    while rest[:1] == ["or"]:
        right, rest = _every(rest[1:])
        left = _either(left, right)
    return left, rest


def _every(pieces: list[str]) -> tuple[Test, list[str]]:
    left, rest = _single(pieces)
    while rest[:1] == ["and"]:
        right, rest = _single(rest[1:])
        left = _both(left, right)
    return left, rest


def _single(pieces: list[str]) -> tuple[Test, list[str]]:
    if pieces[:1] == ["not"]:
        inner, rest = _single(pieces[1:])
        return (lambda facts: not inner(facts)), rest
    if pieces[:1] == ["("]:
        inner, rest = _any(pieces[1:])
        if rest[:1] != [")"]:
            raise BadTest("a bracket is not closed")
        return inner, rest[1:]
    return _comparison(pieces)


def _comparison(pieces: list[str]) -> tuple[Test, list[str]]:
    if not pieces:
        raise BadTest("the test ends too early")
    left, rest = _value(pieces[0]), pieces[1:]
    match rest[:2]:
        case ["is", "known"]:
            return (lambda facts: left(facts) is not None), rest[2:]
        case ["is", "unknown"]:
            return (lambda facts: left(facts) is None), rest[2:]
        case ["in", "period"]:
            return _within(left), rest[2:]
        case [("=" | "!=" | "<" | "<=" | ">" | ">=") as sign, right]:
            return _compared(sign, left, _value(right)), rest[2:]
    return (lambda facts: left(facts) is True), rest


def _value(piece: str) -> Value:
    if piece.startswith("'"):
        return lambda facts: piece[1:-1]
    if piece.isdigit():
        return lambda facts: int(piece)
    if piece in ("true", "false"):
        return lambda facts: piece == "true"
    if not piece[0].isalpha():
        raise BadTest(f"{piece!r} where a value belongs")
    return lambda facts: facts[piece]


def _compared(sign: str, left: Value, right: Value) -> Test:
    def holds(facts: Facts) -> bool:
        a, b = left(facts), right(facts)
        if a is None or b is None:
            return False
        if sign in ("=", "!="):
            return bool((a == b) is (sign == "="))
        if sign in ("<", ">="):
            return bool((a < b) is (sign == "<"))
        return bool((a > b) is (sign == ">"))

    return holds


def _within(value: Value) -> Test:
    def holds(facts: Facts) -> bool:
        found = value(facts)
        return found is not None and facts["period_from"] <= found <= facts["as_of"]

    return holds


def _either(left: Test, right: Test) -> Test:
    return lambda facts: left(facts) or right(facts)


def _both(left: Test, right: Test) -> Test:
    return lambda facts: left(facts) and right(facts)
