"""What the tables and the open data of figures hold."""

from collections.abc import Iterable, Iterator

from onestop.facts.rules.figures import SMALL_CELL, Figure, as_document
from onestop.indicators.queries.figures import Row
from onestop.web.base.moments import language

FIGURE_HEAD = (
    "indicator", "version", "name", "unit", "unit_name", "period_from", "as_of", "population", "numerator",
    "denominator", "share", "low", "high", "flags", "test_population", "test_denominator", "test_numerator", "legal",
)  # fmt: skip
DOSSIER_HEAD = ("code", "procedure", "agency", "state", "submitted_at", "accepted_at", "due_at", "finished_at")


def public_document(figure: Figure) -> dict[str, object]:
    """Return a figure with its definition as open data; small counts are left out and said to be small."""
    found = as_document(figure)
    if not figure.is_small:
        return found
    hidden = dict.fromkeys(("population", "numerator", "denominator", "share", "interval", "funnel", "flags"))
    return {**found, **hidden, "small": True}


def figure_rows(whole: Iterable[Figure], rows: Iterable[Row], name: str, *, is_public: bool) -> Iterator[list[object]]:
    """Yield one line a figure: first those of the whole, then unit by unit. In public, small counts are left empty."""
    for figure in whole:
        yield _figure(figure, name, is_public=is_public)
    for row in rows:
        for figure in row.figures:
            yield _figure(figure, row.name(language()), is_public=is_public)


def _figure(figure: Figure, unit_name: str, *, is_public: bool) -> list[object]:
    definition, counts, share = figure.definition, figure.counts, figure.share
    is_kept_back = is_public and figure.is_small
    bounds = [figure.interval.low, figure.interval.high] if figure.interval else [None, None]
    shares = ["" if item is None else f"{float(item):.6f}" for item in (share, *bounds)]
    numbers = [counts.population, figure.numerator, figure.denominator, *shares]
    doubts = "; ".join(f"{code}={count}" for code, count in counts.flags.items() if count)
    return [
        definition.code,
        definition.version,
        definition.worded(language()).name,
        figure.unit,
        unit_name,
        figure.period_from.isoformat(),
        figure.as_of.isoformat(),
        *(["", "", f"<{SMALL_CELL}", *[""] * 3] if is_kept_back else numbers if figure.is_known else [""] * 6),
        definition.no_data or ("" if is_kept_back else doubts),
        *(definition.texts.get(name, "") for name in ("population", "denominator", "numerator")),
        "; ".join(definition.legal),
    ]
