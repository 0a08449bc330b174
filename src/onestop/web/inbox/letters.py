"""The letter of a message: the same words as in the inbox, and the way there. Nothing else of anybody."""

from collections.abc import Mapping
from typing import Any

from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from onestop.notices.ports import Written
from onestop.web.base.wording.messages import word_message


class Letters:
    """Writes letters that lead to `address`, where the faces are."""

    def __init__(self, address: str) -> None:
        self._address = address.rstrip("/")

    def write(self, message_id: int, kind: str, params: Mapping[str, Any], language: str) -> Written:
        """Return the letter of a message in its reader's language."""
        with translation.override(language):
            worded = word_message(kind, params)
            lines = [
                worded.text,
                _("Read on: %(address)s") % {"address": self._at("inbox:message", message_id)},
                "--",
                _("One-stop Quảng Ninh. You chose to get this by e-mail; choose anew: %(address)s")
                % {"address": self._at("inbox:choices")},
            ]
            return Written(worded.title, "\n\n".join(lines) + "\n", language)

    def _at(self, route: str, *args: int) -> str:
        return self._address + reverse(route, args=args)
