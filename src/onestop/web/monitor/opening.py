"""Open data of the monitor: one row a member, small numbers left out. CSV, JSON, Parquet say the same."""

import csv
import io
import json
from collections.abc import Callable

import pyarrow as pa
import pyarrow.parquet as pq
from django.http import HttpResponse

from onestop.monitor.queries.nation import Nation
from onestop.monitor.rules.suppressing import find_hidden

COLUMNS = (
    "indicator",
    "day",
    "code",
    "name",
    "class",
    "rank",
    "population",
    "denominator",
    "numerator",
    "small",
    "simulated",
)


def rows_of(nation: Nation) -> list[dict[str, object]]:
    """Return one row a member. Numbers behind which so few stand that somebody could be recognised are None."""
    hidden = find_hidden({place.member.code: place.ranked.counts for place in nation.places})
    found = []
    for place in nation.places:
        is_small, counts = place.member.code in hidden, place.ranked.counts
        numbers = (None, None, None, None) if is_small else (
            place.ranked.rank, counts.population, counts.denominator, counts.numerator
        )  # fmt: skip
        told = (nation.code, nation.day.isoformat(), place.member.code, place.member.name, nation.kind.value, *numbers)
        found.append(dict(zip(COLUMNS, (*told, is_small, nation.is_simulated), strict=True)))
    return found


def as_csv(nation: Nation) -> HttpResponse:
    """Return the rows as CSV, readable by spreadsheets."""
    text = io.StringIO()
    writer = csv.DictWriter(text, COLUMNS)
    writer.writeheader()
    writer.writerows(rows_of(nation))
    return _file("\ufeff" + text.getvalue(), "text/csv; charset=utf-8", nation, "csv")


def as_json(nation: Nation) -> HttpResponse:
    """Return the rows as JSON."""
    return _file(json.dumps(rows_of(nation), ensure_ascii=False, indent=1), "application/json", nation, "json")


def as_parquet(nation: Nation) -> HttpResponse:
    """Return the rows as Parquet."""
    sink = io.BytesIO()
    numbers = {name: pa.int64() for name in ("rank", "population", "denominator", "numerator")}
    truths = {name: pa.bool_() for name in ("small", "simulated")}
    schema = pa.schema([(name, numbers.get(name) or truths.get(name) or pa.string()) for name in COLUMNS])
    pq.write_table(pa.Table.from_pylist(rows_of(nation), schema=schema), sink)
    return _file(sink.getvalue(), "application/vnd.apache.parquet", nation, "parquet")


def _file(data: str | bytes, kind: str, nation: Nation, ending: str) -> HttpResponse:
    response = HttpResponse(data, content_type=kind)
    name = f"{nation.code.lower()}-{nation.kind.value}-{nation.day}.{ending}"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["Access-Control-Allow-Origin"] = "*"
    return response


FORMS: dict[str, Callable[[Nation], HttpResponse]] = {"csv": as_csv, "json": as_json, "parquet": as_parquet}
