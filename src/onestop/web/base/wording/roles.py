"""Roles in words."""

from django.utils.translation import gettext_lazy as _

from onestop.accounts.rules import Role

ROLES = {
    Role.APPLICANT: _("Applicant"),
    Role.ONE_STOP_OFFICER: _("One-stop officer"),
    Role.SPECIALIST: _("Specialist"),
    Role.DIVISION_HEAD: _("Head of division"),
    Role.LEADER: _("Leader of the agency"),
    Role.CLERK: _("Clerk"),
    Role.AUDITOR: _("Procedure control officer"),
    Role.ADMINISTRATOR: _("Administrator"),
}


def role_word(role: str) -> str:
    """Return a role in the reader's language."""
    return str(ROLES[Role(role)])
