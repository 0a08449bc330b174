"""Who may look beyond the public page."""

from onestop.accounts.rules import Role

OFFICERS = (
    Role.ONE_STOP_OFFICER,
    Role.SPECIALIST,
    Role.DIVISION_HEAD,
    Role.LEADER,
    Role.CLERK,
    Role.AUDITOR,
)
