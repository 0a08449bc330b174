"""Does the data fit the paper? Every gap at once; then days, moments and money are put into words."""

import unicodedata
from collections.abc import Callable, Mapping
from datetime import date, datetime
from functools import lru_cache
from typing import Any, get_args, get_origin, get_type_hints, is_typeddict

from onestop.documents.rules.wording import (
    Day,
    Moment,
    Money,
    in_dong,
    long_day,
    long_moment,
    short_day,
    short_moment,
    spelled_day,
    spelled_money,
)
from onestop.errors import Fault

_EMPTY: tuple[Any, ...] = (None, "", [])


def fill(shape: type, data: Mapping[str, Any]) -> tuple[dict[str, Any], tuple[Fault, ...]]:
    """Return the worded data of a shape, and every fault: `paper.missing`, `paper.malformed`, `paper.unknown`.

    A fault's field is a path such as `documents.2.name`. What may be missing is there as `None` (or an empty list).
    """
    faults: list[Fault] = []
    worded = _fill_dict(shape, data, "", faults)
    return worded, tuple(faults)


@lru_cache(maxsize=128)
def _fields(shape: Any) -> tuple[tuple[str, Any, bool], ...]:
    required: frozenset[str] = shape.__required_keys__
    return tuple((name, kind, name in required) for name, kind in get_type_hints(shape).items())


def _fill_dict(shape: Any, data: object, path: str, faults: list[Fault]) -> dict[str, Any]:
    if not isinstance(data, Mapping):
        faults.append(Fault(path.rstrip("."), "paper.malformed"))
        return {}
    fields = _fields(shape)
    known = {name for name, _, _ in fields}
    faults.extend(Fault(f"{path}{name}", "paper.unknown") for name in data if name not in known)
    return {name: _fill_field(kind, data.get(name), f"{path}{name}", needed, faults) for name, kind, needed in fields}


def _fill_field(kind: Any, value: Any, path: str, needed: bool, faults: list[Fault]) -> Any:
    if value in _EMPTY or (isinstance(value, str) and not value.strip()):
        if needed:
            faults.append(Fault(path, "paper.missing"))
        return [] if get_origin(kind) is list else None
    if is_typeddict(kind):
        return _fill_dict(kind, value, f"{path}.", faults)
    if get_origin(kind) is list:
        return _fill_list(get_args(kind)[0], value, path, faults)
    try:
        return _WORDING[kind](value)
    except (TypeError, ValueError):
        faults.append(Fault(path, "paper.malformed"))
        return None


def _fill_list(kind: Any, value: Any, path: str, faults: list[Fault]) -> list[Any]:
    if not isinstance(value, (list, tuple)):
        faults.append(Fault(path, "paper.malformed"))
        return []
    return [_fill_field(kind, item, f"{path}.{number}", True, faults) for number, item in enumerate(value)]


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise TypeError(value)
    lines = unicodedata.normalize("NFC", value).strip().splitlines()
    return "\n".join("".join(letter for letter in line if unicodedata.category(letter) != "Cc") for line in lines)


def _number(value: Any) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or value < 0:
        raise TypeError(value)
    return value


def _day(value: Any) -> dict[str, str]:
    on = date.fromisoformat(value)
    return {"iso": on.isoformat(), "long": long_day(on), "short": short_day(on), "words": spelled_day(on)}


def _moment(value: Any) -> dict[str, str]:
    at = datetime.fromisoformat(value)
    return {"long": long_moment(at), "short": short_moment(at)}


def _money(value: Any) -> dict[str, str]:
    amount = _number(value)
    return {"figures": in_dong(amount), "words": spelled_money(amount)}


_WORDING: dict[Any, Callable[[Any], Any]] = {str: _text, int: _number, Day: _day, Moment: _moment, Money: _money}
