"""`onestop alerts` and `onestop notices`: what is going wrong and who was told; what is unread, what waits."""

from datetime import UTC, datetime
from typing import Any

import click

from onestop.cli.answers import answer, json_option, progress, use_django
from onestop.config.running import Household, migrate


@click.command()
@click.option("--all", "with_ended", is_flag=True, help="Those that are over as well.")
@click.option("--judge", is_flag=True, help="Look at figures and at what keeps them now, as the worker does.")
@json_option
def alerts(with_ended: bool, judge: bool, as_json: bool) -> None:
    """Alerts: what is going wrong, in which unit, since when, and which posts were told."""
    with Household(progress) as house:
        house.open_database()
        use_django()
        migrate(progress)
        from onestop.alerts.operations.judging import judge_figures, judge_machinery
        from onestop.alerts.queries.alerts import list_all

        if judge:
            judge_figures(at=datetime.now(UTC))
            judge_machinery(at=datetime.now(UTC))
        found = [_document(alert) for alert in list_all(with_ended=with_ended)]
    lines = ["{since:%Y-%m-%d %H:%M}  {title}\n    {text}\n    told: {told}".format(**_line(item)) for item in found]
    answer({"alerts": found}, "\n".join(lines) or "Nothing is going wrong.", as_json=as_json)


@click.command()
@click.option("--deliver", is_flag=True, help="Make messages of what is new and send the letters due, as the worker.")
@json_option
def notices(deliver: bool, as_json: bool) -> None:
    """Messages to people: how many of each kind, how many unread; the letters that wait to be sent, and why."""
    with Household(progress) as house:
        house.open_database()
        use_django()
        migrate(progress)
        from onestop.notices.operations.letters import send_letters
        from onestop.notices.operations.messages import make_messages
        from onestop.notices.ports import mail
        from onestop.notices.queries.messages import count_by_kind, count_letters, list_waiting_letters

        if deliver:
            make_messages(at=datetime.now(UTC))
            send_letters(at=datetime.now(UTC))
        kinds = [{"kind": kind, "made": made, "unread": unread} for kind, made, unread in count_by_kind()]
        letters = count_letters()
        waiting = [
            {"message": letter.pk, "kind": letter.message.kind, "for": letter.message.recipient.username,
             "since": letter.message.at, "tries": letter.tries, "next_at": letter.next_at, "fault": letter.fault}
            for letter in list_waiting_letters()
        ]  # fmt: skip
        has_mail = mail().is_there
    lines = ["{kind:20} {made:>8} made {unread:>8} unread".format(**item) for item in kinds]
    lines.append(
        f"letters: {letters.letters} wait, {letters.sent} sent, {letters.given_up} given up"
        + ("" if has_mail else "; no mail server is configured (ONESTOP_MAIL)")
    )
    told = {"kinds": kinds, "mail": has_mail, "letters": letters, "waiting": waiting}
    answer(told, "\n".join(lines), as_json=as_json)


def _document(alert: Any) -> dict[str, Any]:
    from django.utils.translation import override

    from onestop.notices.rules.messages import alert_kind
    from onestop.web.base.wording.messages import word_message

    with override("en"):
        words = word_message(alert_kind(alert.kind), alert.params, {alert.unit.code: alert.unit.names})
    return {
        "kind": alert.kind,
        "unit": alert.unit.code,
        "subject": alert.subject,
        "since": alert.begun_at,
        "until": alert.ended_at,
        "posts": alert.posts,
        "facts": alert.facts,
        "title": words.title,
        "text": words.text,
    }


def _line(item: dict[str, Any]) -> dict[str, Any]:
    return {**item, "told": ", ".join(item["posts"]) + (f"; over {item['until']:%Y-%m-%d}" if item["until"] else "")}
