"""Open alerts at the top of the board: those of the reader's units, in words, with since when."""

from onestop.alerts.operations.episodes import end_alert, raise_alert
from onestop.alerts.queries.alerts import list_all
from onestop.alerts.rules.episodes import Finding
from onestop.alerts.rules.kinds import AlertKind
from onestop.demo.stage import moment
from tests.web.officers import Hall, hall, statements  # noqa: F401  a fixture

ADDRESS = "/bang-chi-so/dieu-hanh/"
SINCE = moment("2026-03-06 06:45")
SIGN = {"code": "ENDED_IN_BULK", "on": "2026-03-06"}
INDICATOR = {"code": "ON_TIME_BY_LAW", "on": "2026-03-06"}


def slips(unit: str) -> Finding:
    facts = {"indicator": INDICATOR, "now_percent": "82.5", "target_percent": "90.0", "forecast_percent": "84.0"}
    return Finding(AlertKind.TARGET_SLIPS, unit, "ON_TIME_BY_LAW", facts)


def made(unit: str) -> Finding:
    facts = {"indicator": SIGN, "numerator": 9, "denominator": 10, "base_percent": "2.0"}
    return Finding(AlertKind.LOOKS_MADE, unit, "ENDED_IN_BULK", facts)


def shown(hall: Hall, who: str) -> str:  # noqa: F811
    html = hall.log_in(who).get(ADDRESS).content.decode()
    return html.partition('class="alerts"')[2].partition("</section>")[0]


def test_what_goes_wrong_in_my_units_since_when(hall: Hall) -> None:  # noqa: F811
    raise_alert(slips("H49.26"), at=SINCE)
    html = shown(hall, "quang")
    assert "at this pace the target will be missed" in html
    assert "84.0 %" in html
    assert "Friday 06/03/2026" in html
    assert "/bang-chi-so/chi-so/ON_TIME_BY_LAW/?don-vi=H49.26" in html
    assert shown(hall, "long.coto") == "", "another commune's"


def test_signs_of_gaming_are_not_shown_to_everybody(hall: Hall) -> None:  # noqa: F811
    raise_alert(made("H49.26"), at=SINCE)
    assert "unusual sign" in shown(hall, "quang")
    assert shown(hall, "minh") == ""


def test_what_is_over_is_gone(hall: Hall) -> None:  # noqa: F811
    raise_alert(slips("H49.26"), at=SINCE)
    (alert,) = list_all()
    end_alert(alert, at=moment("2026-03-09 06:45"))
    assert shown(hall, "quang") == ""


def test_many_alerts_cost_no_more_statements_than_one(hall: Hall) -> None:  # noqa: F811
    quang = hall.log_in("quang")
    raise_alert(slips("H49.26"), at=SINCE)
    one = statements(quang, ADDRESS)
    raise_alert(made("H49.26"), at=SINCE)
    raise_alert(Finding(AlertKind.BELOW_FLOOR, "H49.26", "ON_TIME_BY_LAW", slips("").facts), at=SINCE)
    assert statements(quang, ADDRESS) == one
