"""A version's content as JSON, and back. Only what differs from the default is written."""

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import MISSING, fields
from decimal import Decimal
from enum import Enum
from typing import Any

from onestop.catalogue.rules.content import Fee, ProcedureContent, RequiredDocument, ResultKind, TimeLimitCase
from onestop.catalogue.rules.kinds import DocumentKind, FeeKind, FilingChannel
from onestop.worktime.rules import TimeLimit

JSON = dict[str, Any]


def pack(content: ProcedureContent) -> JSON:
    """Return the JSON of a content; `unpack` gives the same content back."""
    packed: JSON = _plain(content)
    return packed


def digest(packed: Mapping[str, Any]) -> str:
    """Return the SHA-256 (hex) of packed content, the same for the same content."""
    text = json.dumps(packed, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def unpack(packed: Mapping[str, Any]) -> ProcedureContent:
    """Return the content that `pack` wrote."""
    values = dict(packed)
    values["components"] = tuple(_document(item) for item in packed.get("components", ()))
    values["time_limits"] = tuple(_limit_case(item) for item in packed.get("time_limits", ()))
    values["fees"] = unpack_fees(packed.get("fees", ()))
    values["results"] = tuple(ResultKind(**item) for item in packed.get("results", ()))
    values["channels"] = frozenset(FilingChannel(item) for item in packed.get("channels", ()))
    for key in ("legal_basis", "agencies"):
        values[key] = tuple(packed.get(key, ()))
    return ProcedureContent(**values)


def _document(item: Mapping[str, Any]) -> RequiredDocument:
    values = dict(item)
    values["kind"] = DocumentKind(item["kind"])
    values["channels"] = frozenset(FilingChannel(channel) for channel in item.get("channels", ()))
    values["reuse_from"] = tuple(item.get("reuse_from", ()))
    return RequiredDocument(**values)


def _limit_case(item: Mapping[str, Any]) -> TimeLimitCase:
    values = dict(item)
    values["quantity"] = None if item.get("quantity") is None else Decimal(item["quantity"])
    limit = item.get("limit")
    values["limit"] = None if limit is None else TimeLimit.parse(limit)
    return TimeLimitCase(**values)


def unpack_fees(packed: Iterable[Mapping[str, Any]]) -> tuple[Fee, ...]:
    """Return the fees of a packed content alone."""
    return tuple(_fee(item) for item in packed)


def _fee(item: Mapping[str, Any]) -> Fee:
    values = dict(item)
    values["kind"] = FeeKind(item["kind"])
    values["amount_vnd"] = item.get("amount_vnd")
    values["channel"] = FilingChannel(item["channel"]) if item.get("channel") else None
    for key in ("documents", "amounts_in_text"):
        values[key] = tuple(item.get(key, ()))
    return Fee(**values)


def _plain(value: Any) -> Any:
    if isinstance(value, ProcedureContent | RequiredDocument | TimeLimitCase | Fee | ResultKind):
        return {item.name: _plain(getattr(value, item.name)) for item in fields(value) if not _is_default(value, item)}
    match value:
        case Enum():
            return value.value
        case TimeLimit() | Decimal():
            return str(value)
        case frozenset():
            return sorted(_plain(item) for item in value)
        case tuple() | list():
            return [_plain(item) for item in value]
        case Mapping():
            return {key: _plain(item) for key, item in value.items()}
        case _:
            return value


def _is_default(value: Any, item: Any) -> bool:
    if item.default is not MISSING:
        return bool(getattr(value, item.name) == item.default)
    if item.default_factory is not MISSING:
        return bool(getattr(value, item.name) == item.default_factory())
    return False
