"""A mail server over SMTP, by Django's own mail backend."""

from collections.abc import Mapping
from smtplib import SMTPException, SMTPRecipientsRefused, SMTPResponseException
from typing import Any

from django.core.mail import EmailMessage, get_connection

from onestop.errors import Refused, Unavailable
from onestop.notices.ports import Addressed

BACKEND = "django.core.mail.backends.smtp.EmailBackend"
PATIENCE = 5
"""Seconds until a server that does not answer counts as down."""
LASTING = 500
"""SMTP answers from here on are final (RFC 5321, 4.2.1)."""


class SmtpMail:
    """Sends through one server. `place` holds host, port, username, password, use_tls, use_ssl as far as known."""

    is_there = True

    def __init__(self, place: Mapping[str, Any], sender: str) -> None:
        self._place, self._sender = dict(place), sender

    @classmethod
    def at(cls, settings: Mapping[str, Any], sender: str) -> "SmtpMail":
        """Return the server of an address such as `smtp+tls://name:secret@mail.example.vn:587`, as settings read it."""
        names = {
            "host": "EMAIL_HOST", "port": "EMAIL_PORT", "username": "EMAIL_HOST_USER",
            "password": "EMAIL_HOST_PASSWORD", "use_tls": "EMAIL_USE_TLS", "use_ssl": "EMAIL_USE_SSL",
        }  # fmt: skip
        return cls({name: settings[key] for name, key in names.items() if settings.get(key)}, sender)

    def send(self, letter: Addressed) -> None:
        """Hand one letter over. A refused connection, a time-out, a passing refusal: `Unavailable`."""
        try:
            with get_connection(BACKEND, timeout=PATIENCE, **self._place) as connection:
                self._compose(letter, connection).send()
        except SMTPRecipientsRefused as refused:
            codes = [code for code, _ in refused.recipients.values()]
            raise _fault(max(codes)) from refused
        except SMTPResponseException as answered:
            raise _fault(answered.smtp_code) from answered
        except (SMTPException, OSError) as lost:
            raise Unavailable("mail.down") from lost

    def _compose(self, letter: Addressed, connection: Any) -> EmailMessage:
        domain = self._sender.rpartition("@")[2].rstrip(">")
        headers = {
            "Message-ID": f"<{letter.mark}@{domain}>",
            "Auto-Submitted": "auto-generated",
            "Content-Language": letter.written.language,
        }
        words = letter.written
        return EmailMessage(
            words.subject, words.text, self._sender, [letter.address], headers=headers, connection=connection
        )


def _fault(code: int) -> Refused | Unavailable:
    return Refused("mail.refused") if code >= LASTING else Unavailable("mail.down")
