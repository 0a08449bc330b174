"""The inbox and the alerts on the board, looked at in three languages and two widths."""

import pytest

from onestop.alerts.operations.episodes import raise_alert
from onestop.alerts.rules.episodes import Finding
from onestop.alerts.rules.kinds import AlertKind
from onestop.demo.stage import moment
from onestop.demo.stories import marital_status_with_a_supplement
from onestop.notices.operations import make_messages, mark_read
from onestop.notices.queries.messages import list_messages
from tests.browser.conftest import Look
from tests.web.board.test_alerts import SINCE, made, slips
from tests.web.officers import Hall, hall  # noqa: F401  a fixture


@pytest.mark.parametrize(
    ("name", "address"),
    [("inbox", "/thong-bao/"), ("inbox-message", "/thong-bao/{newest}/"), ("inbox-choices", "/thong-bao/nhan-thu/")],
)
def test_pages(hall: Hall, look: Look, name: str, address: str) -> None:  # noqa: F811
    marital_status_with_a_supplement(hall.world.stage)
    make_messages(at=moment("2026-04-20 08:00"))
    hall.at("2026-04-20 08:00")
    client = hall.log_in("binh")
    account = int(client.session["_auth_user_id"])
    rows = list_messages(account).rows
    mark_read(message_id=rows[-1].pk, account_id=account, at=moment("2026-04-20 08:00"))
    look(address.format(newest=rows[0].pk), name, client=client)


def test_alerts_on_the_board(hall: Hall, look: Look) -> None:  # noqa: F811
    for finding in (slips("H49.26"), made("H49.26"), Finding(AlertKind.BELOW_FLOOR, "H49.26", "X", slips("").facts)):
        raise_alert(finding, at=SINCE)
    look("/bang-chi-so/dieu-hanh/", "board-alerts", client=hall.log_in("quang"))
