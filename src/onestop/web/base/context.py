"""What every template may ask of the page it is in: `page.language`, `page.face`, `page.navigation`, and so on."""

from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.translation import get_language, get_language_bidi

from onestop.accounts.rules import Principal, Role
from onestop.notices.queries.messages import BELL_CAP, count_unread
from onestop.web.base.navigation import Face, Words, find_face, list_faces
from onestop.web.base.wording.roles import role_word

LANGUAGES = {"vi": "Tiếng Việt", "en": "English", "ur": "اردو"}
DEFAULT_FACE = "portal"
INBOX = "inbox:messages"


@dataclass(frozen=True, slots=True)
class Link:
    """A link of the navigation, ready to be shown."""

    url: str
    label: Words
    is_current: bool


class Page:
    """The page being made. Costs nothing until asked."""

    languages = LANGUAGES

    def __init__(self, request: HttpRequest | None) -> None:
        self.request = request

    @cached_property
    def language(self) -> str:
        """Two letters: vi, en or ur."""
        return (get_language() or settings.LANGUAGE_CODE)[:2]

    @cached_property
    def direction(self) -> str:
        """Direction of writing: ltr or rtl."""
        return "rtl" if get_language_bidi() else "ltr"

    @cached_property
    def principal(self) -> Principal | None:
        """Who asks, or None."""
        return getattr(self.request, "principal", None)

    @cached_property
    def name(self) -> str:
        """Name of who is logged in, also if there is nothing yet that the account may do; empty for a stranger."""
        if self.principal:
            return self.principal.name
        user = getattr(self.request, "user", None)
        return user.get_full_name() if user is not None and user.is_authenticated else ""

    @property
    def given_name(self) -> str:
        """The last word of the name, by which people are called here: for narrow screens."""
        return (self.name.split() or [""])[-1]

    @cached_property
    def post(self) -> str:
        """In which role the person acts, in words; empty for a stranger and an applicant."""
        roles = self.principal.roles - {Role.APPLICANT} if self.principal else ()
        return ", ".join(str(role_word(role)) for role in sorted(roles))

    @cached_property
    def inbox(self) -> str:
        """Address of the messages of whoever is logged in; empty for a stranger."""
        return _address(INBOX) if self.name else ""

    @cached_property
    def unread(self) -> str:
        """How many messages wait to be read, for the bell: `3`, `9+`; empty if none does. One small statement."""
        count = count_unread(int(self.request.user.pk)) if self.request and self.inbox and self.request.user.pk else 0
        return f"{BELL_CAP - 1}+" if count >= BELL_CAP else str(count or "")

    @cached_property
    def face(self) -> Face | None:
        """The face that the route belongs to; of pages of no face, and of one not for the reader, the reader's own."""
        match = getattr(self.request, "resolver_match", None)
        face = find_face(match.namespace if match else "")
        if face and face.is_for(self.principal):
            return face
        own = [own for own in list_faces(self.principal) if own.needs] if self.post else []
        return own[0] if own else find_face(DEFAULT_FACE)

    @cached_property
    def home(self) -> str:
        """Address of the first page of the face."""
        return _address(self.face.home) if self.face else "/"

    @cached_property
    def navigation(self) -> list[Link]:
        """The links of the face that are of use to whoever asks."""
        here = self.request.path if self.request else ""
        items = [item for item in self.face.items if item.is_for(self.principal)] if self.face else []
        links = [(_address(item.route), item.label) for item in items]
        return [Link(url, label, url == here) for url, label in links if url]

    @cached_property
    def faces(self) -> list[Link]:
        """The faces that the person may use: for the foot of each page, and the account page."""
        return [Link(_address(face.home), face.label, face is self.face) for face in list_faces(self.principal)]


def page(request: HttpRequest) -> dict[str, Any]:
    """Put `page` into every template's context."""
    return {"page": Page(request)}


def _address(route: str) -> str:
    """The address of a route; empty if no such face is installed."""
    try:
        return reverse(route)
    except NoReverseMatch:
        return ""
