"""From the bytes of a file to its records, and which kind of file it is. A broken file gives nothing."""

import csv
import gzip
import io
import json
import zlib
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from onestop.catalogue.rules.reading_core import FIELDS
from onestop.catalogue.rules.reading_list import COLUMNS
from onestop.errors import Invalid

LARGEST = 64 * 1024 * 1024
csv.field_size_limit(1_000_000)


class FileKind(StrEnum):
    """What a file of reference data holds."""

    CORE = "core"  # curated procedures, JSON
    LIST = "list"  # one procedure a line, CSV
    FORMS = "forms"  # electronic forms, JSON


@dataclass(frozen=True, slots=True)
class Records:
    """The records of a file, each with its number: the line of a CSV (the heading is 1), the place in JSON (from 1).

    `broken` are rows whose columns do not fit the heading, by number and what stands first in them.
    """

    kind: FileKind
    rows: tuple[tuple[int, Any], ...]
    broken: tuple[tuple[int, str], ...] = ()
    whole: Any = None


def read_file(data: bytes) -> Records:
    """Return the records of a file, plain or gzipped.

    Raises `Invalid` (nothing of the file is usable then): `file.empty`, `file.too_large`, `file.not_utf8`,
    `file.broken_gzip`, `file.broken_json`, `file.broken_csv`, `file.unknown_shape`.
    """
    text = _decode(_unzip(data))
    if not text.strip():
        raise Invalid("file.empty")
    return _read_json(text) if text.lstrip()[0] in "[{" else _read_csv(text)


def _unzip(data: bytes) -> bytes:
    if data[:2] == b"\x1f\x8b":
        try:
            with gzip.GzipFile(fileobj=io.BytesIO(data)) as packed:
                data = packed.read(LARGEST + 1)
        except (OSError, EOFError, zlib.error) as error:
            raise Invalid("file.broken_gzip") from error
    if len(data) > LARGEST:
        raise Invalid("file.too_large", limit=LARGEST)
    return data


def _decode(data: bytes) -> str:
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise Invalid("file.not_utf8", at_byte=error.start) from error
    if "\x00" in text:
        raise Invalid("file.not_utf8", at_byte=text.index("\x00"))
    return text


def _read_json(text: str) -> Records:
    try:
        found = json.loads(text)
    except (json.JSONDecodeError, RecursionError) as error:
        raise Invalid("file.broken_json", line=getattr(error, "lineno", 0)) from error
    if isinstance(found, dict) and isinstance(found.get("forms"), list):
        return Records(FileKind.FORMS, tuple(enumerate(found["forms"], 1)), whole=found)
    if isinstance(found, list) and any(isinstance(item, dict) and len(FIELDS & item.keys()) > 2 for item in found):
        return Records(FileKind.CORE, tuple(enumerate(found, 1)))
    raise Invalid("file.unknown_shape")


def _read_csv(text: str) -> Records:
    rows: list[tuple[int, Any]] = []
    broken: list[tuple[int, str]] = []
    try:
        lines = csv.reader(io.StringIO(text, newline=""), strict=True)
        heading = next(lines)
        if not set(heading) >= COLUMNS or len(set(heading)) < len(heading):
            raise Invalid("file.unknown_shape", missing=sorted(COLUMNS - set(heading)))
        before = lines.line_num
        for line in lines:
            if len(line) == len(heading):
                rows.append((before + 1, dict(zip(heading, line, strict=True))))
            elif line:
                broken.append((before + 1, line[0]))
            before = lines.line_num
    except csv.Error as error:
        raise Invalid("file.broken_csv", line=lines.line_num) from error
    return Records(FileKind.LIST, tuple(rows), tuple(broken))
