"""No mail server: people are told in the system alone."""

from onestop.errors import Unavailable
from onestop.notices.ports import Addressed


class NoMail:
    """Stands where no mail server is configured."""

    is_there = False

    def send(self, letter: Addressed) -> None:
        """Refuse: nobody carries letters here."""
        raise Unavailable("mail.none")
