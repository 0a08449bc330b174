"""Who looks after the reports that come in."""

from onestop.accounts.rules import Role

STAFF = (Role.AUDITOR, Role.LEADER)
